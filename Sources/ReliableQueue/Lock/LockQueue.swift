public import Redis

/// The pattern of the write-up: move one task to the processing list, lock it with a time-to-live, run it, remove it,
/// delete the lock. A monitor scans the processing list and pushes back what has no lock.
///
/// It may do so with several tasks in a pipeline (``QueueConfiguration/lockDepth``): a claim is then of as many, each with a lock
/// of its own, and they run one after the other.
///
/// It is here to be studied, so its weak points stay as they are: the move and the lock are two steps, and a monitor
/// that looks in between runs the task twice; an ack is by task, so a worker that lost its lock acks for the new one; a
/// failed task comes back at once; nothing counts how often a task killed its worker. What it does not do is lose a
/// task: the monitor pushes before it removes, so its own death doubles a task instead. A server that is over its memory
/// limit refuses its moves and locks, even where only a claim would make room.
///
/// Where a task asked for its result, one script removes the task and its lock and keeps the result, if the task was still
/// there: of two workers that ran it the first one's result stays. A dead letter is pushed before that, as ever, so a worker's
/// death in between brings the task back, and its result with it.
public final class LockQueue: TaskQueue {
    let keys: QueueKeys
    let configuration: QueueConfiguration
    let link: QueueLink
    private let kinds = KindNames()
    private let workerID = String(UInt64.random(in: .min ... .max), radix: 36)
    private let locksBySetex: Bool
    // Said for every task.
    private let moving: CommandStem
    private let removing: CommandStem
    private let locking: CommandStem
    private let unlocking = CommandStem("DEL", variable: 1)

    /// The connection, for its traffic and for what it knows of the server.
    public var connection: RedisConnection { link.connection }
    /// The work of a worker that vanished comes back.
    public var recovers: Bool { true }

    /// - Parameter locksBySetex: lock with the literal SETEX, which does not look whether there is a lock, and counts
    ///   whole seconds.
    init(
        _ configuration: QueueConfiguration, locksBySetex: Bool, keepTrying: @escaping () -> Bool
    ) throws(QueueError) {
        keys = configuration.keys
        self.configuration = configuration
        self.locksBySetex = locksBySetex
        moving = CommandStem("LMOVE", [keys.pending, keys.processing, "LEFT", "RIGHT"])
        removing = CommandStem("LREM", [keys.processing, "1"], variable: 1)
        locking = locksBySetex ? CommandStem("SETEX", variable: 3) : CommandStem("SET", variable: 5)
        link = try QueueLink(configuration, scripts: [QueueScripts.lockEnd], keepTrying: keepTrying) { _ in }
    }

    /// Removes the finished tasks and their locks and moves the next ones, in one round trip; locks those in a second.
    ///
    /// When the server is full and nobody waits for it any more, the removals are answered all the same.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        let began = monotonicNanoseconds()
        do throws(QueueError) {
            let moved = try move(acking: finished, upTo: next.map(depth) ?? 0, into: &exchange)
            if let next { exchange.claim = try lock(moved, next, began) }
        } catch {
            guard error == .full, exchange.ack != nil else { throw error }
        }
        finished?.settleAll()
        return exchange
    }

    /// How many tasks to move for a request.
    private func depth(_ request: ClaimRequest) -> Int { min(request.limit, configuration.lockDepth) }

    private func move(
        acking finished: Claim?, upTo limit: Int, into exchange: inout Exchange
    ) throws(QueueError) -> MovedTasks {
        // Of a claim of which nothing remains it is asked anew what became of its tasks.
        let removals = finished.map { claim in
            let tasks = claim.unsettled
            return ClaimPortion(claim: claim, tasks: tasks.isEmpty ? Array(0..<claim.count) : tasks)
        }
        return try link.resilient { isRepeated throws(RedisError) in
            // Once they are answered only the moves are said again.
            let removals = exchange.ack == nil ? removals : nil
            if let removals { appendRemovals(removals) }
            connection.append { writer in
                for _ in 0..<limit { writer.command(moving) }
            }
            if let removals { exchange.note(try receiveRemovals(removals, isRepeated: isRepeated), of: removals.tasks) }
            return try MovedTasks(connection.receiveAll(limit))
        }
    }

    /// Blocks on the move itself. A task whose reply is lost lies in the processing list without a lock, where a
    /// monitor finds it.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        let began = ContinuousClock.now
        let moved: MovedTasks = try link.resilient { isRepeated throws(RedisError) in
            if isRepeated { return MovedTasks() }
            let seconds = link.blockingSeconds(limit)
            connection.append("BLMOVE", [keys.pending, keys.processing, "LEFT", "RIGHT", seconds])
            return try MovedTasks(connection.receiveAll(1))
        }
        exchange.blockedFor = ContinuousClock.now - began
        exchange.claim = try lock(moved, request, monotonicNanoseconds())
        return exchange
    }

    /// Acks tasks one by one, in one round trip.
    public func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        let answers = try link.resilient { isRepeated throws(RedisError) in
            for portion in portions { appendRemovals(portion) }
            return try portions.map { portion throws(RedisError) in
                try receiveRemovals(portion, isRepeated: isRepeated)
            }
        }
        // Also what somebody else has ended: it must not be given back.
        for portion in portions { for task in portion.tasks { portion.claim.settle(task) } }
        return answers
    }

    /// This protocol knows no redeliveries.
    public func confirm(_ claim: Claim) throws(QueueError) -> Bool { true }

    /// Lengthens locks, whoever holds them by now. False for a claim that has lost one that it still needs.
    public func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] {
        try link.resilient { _ throws(RedisError) in
            let locks = leases.map(\.locks)
            for (lease, locks) in zip(leases, locks) {
                let milliseconds = String(lease.length.milliseconds)
                connection.append { writer in
                    for task in locks {
                        writer.command("PEXPIRE", arguments: 2)
                        writer.argument(lease.locked, task: task)
                        writer.argument(milliseconds)
                    }
                }
            }
            var answers: [Bool] = []
            for (lease, locks) in zip(leases, locks) {
                var isHeld = true
                for task in locks where try connection.receive().integer() != 1 && lease.standsFor(task) {
                    isHeld = false
                }
                answers.append(isHeld)
            }
            return answers
        }
    }

    /// Pushes what remains back, then removes it, then its lock: one task after the other, the last one first.
    public func release(_ claim: Claim) throws(QueueError) -> Int {
        let tasks = claim.remaining == 0 ? [] : claim.unsettled
        for task in tasks.reversed() { try moveBack(task, of: claim, to: keys.pending, by: "LPUSH") }
        return tasks.count
    }

    /// Pushes the task back at once, or makes it a dead letter.
    public func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        let id = claim.lease.locked[task]
        let failures = try link.resilient { _ throws(RedisError) in
            try connection.call("HINCRBY", keys.failures, id, "1").integer()
        }
        if failure.isRetryable, failures <= configuration.mostFailures {
            try moveBack(task, of: claim, to: keys.pending, by: "RPUSH")
            return .delayed(.zero)
        }
        try link.resilient { _ throws(RedisError) in
            _ = try connection.call("HSET", keys.reasons, id, failure.reason)
        }
        let result = claim.keptFailure(task, reason: failure.reason)
        try moveBack(task, of: claim, to: keys.dead, by: "RPUSH", keeping: result)
        return .dead
    }

    // MARK: Locks

    /// Locks what was moved; the claim is of those tasks that nobody else had locked: a monitor had pushed them back between a
    /// move and a lock.
    private func lock(
        _ moved: MovedTasks, _ request: ClaimRequest, _ began: UInt64
    ) throws(QueueError) -> Claim? {
        if moved.nodes.isEmpty { return nil }
        let names = moved.names(keys)
        let length = lockLength(moved, request)
        let isLocked = try link.resilient { isRepeated throws(RedisError) in
            appendLocks(names, for: length)
            let replies = try connection.receiveAll(names.count)
            try replies.throwRefusal()
            var isLocked = Array(repeating: true, count: names.count)
            for index in isLocked.indices where try replies.isNull(at: index) { isLocked[index] = false }
            // Said twice, the first time may have set them.
            if isRepeated {
                for index in isLocked.indices where !isLocked[index] {
                    let holder = try connection.call("GET", keys.lock(names[index]))
                    isLocked[index] = holder.isNull ? false : try holder.text() == workerID
                }
            }
            return isLocked
        }
        let held = isLocked.indices.filter { isLocked[$0] }
        guard let first = held.first else { return nil }
        let lease = Lease(
            claimID: names[first], shard: configuration.shard, locked: names.picking(held), token: workerID,
            length: length, surely: length,
            began: began)
        return Claim(
            lease: lease, token: FencingToken(epoch: 0, sequence: 0), isRedelivery: false, buffer: moved.buffer,
            nodes: held.map { moved.nodes[$0] }, kinds: kinds)
    }

    private func appendLocks(_ names: LockNames, for length: Duration) {
        let holder =
            locksBySetex
            ? [String(max(1, Int(length.seconds.rounded(.up)))), workerID]
            : [workerID, "NX", "PX", String(length.milliseconds)]
        let rest = CommandWriter.encoded(holder)
        connection.append { writer in
            for task in 0..<names.count {
                writer.command(locking)
                writer.argument(names, task: task)
                writer.arguments(encoded: rest, count: holder.count)
            }
        }
    }

    /// Long enough for all of them, since they run one after the other.
    private func lockLength(_ moved: MovedTasks, _ request: ClaimRequest) -> Duration {
        let buffer = moved.buffer
        var expected = Duration.zero
        // Of the kind that was looked up last: most claims are of one kind.
        var (known, measured): (Int?, Duration?) = (nil, nil)
        for node in moved.nodes {
            let bytes = buffer.bytes(of: node)
            guard let task = DecodedElement(bytes) else { continue }
            let kind = kinds.index(of: bytes.extracting(task.kind))
            if kind != known { (known, measured) = (kind, request.kinds[kinds[kind]]) }
            expected += measured ?? task.expected ?? request.averageTask
        }
        return min(configuration.longestLease, request.shortestLease + expected * 2)
    }

    // MARK: Removals

    private func appendRemovals(_ portion: ClaimPortion) {
        portion.claim.lease.willUnlock(portion.tasks)
        for task in portion.tasks {
            appendRemoval(of: task, of: portion.claim, keeping: portion.claim.keptResult(task))
        }
    }

    private func receiveRemovals(_ portion: ClaimPortion, isRepeated: Bool) throws(RedisError) -> [AckAnswer] {
        let claim = portion.claim
        let count = portion.tasks.reduce(0) { $0 + repliesToRemoval(isKept: claim.asksForResult($1)) }
        let replies = try connection.receiveAll(count)
        try replies.throwRefusal()
        var answers: [AckAnswer] = []
        answers.reserveCapacity(portion.tasks.count)
        var place = 0
        for task in portion.tasks {
            answers.append(try replies.integer(at: place) > 0 ? .acked : isRepeated ? .unknown : .stale)
            place += repliesToRemoval(isKept: claim.asksForResult(task))
        }
        return answers
    }

    /// Appends what removes a task and its lock, and keeps its result where there is one to keep.
    private func appendRemoval(of task: Int, of claim: Claim, keeping result: KeptResult?) {
        let names = claim.lease.locked
        if let result {
            let lock = keys.lock(names[task])
            let all = [keys.processing, lock, keys.result(result.task)]
            return link.append(QueueScripts.lockEnd, keys: all, arguments: 4) { writer in
                writer.argument(claim, task: task)
                writer.arguments(ofResult: result)
            }
        }
        connection.append { writer in
            writer.command(removing)
            writer.argument(claim, task: task)
            writer.command(unlocking)
            writer.argument(names, task: task)
        }
    }

    /// How many replies there are to such a removal: without a script the lock's own command is answered, too. The first says how
    /// many it found.
    private func repliesToRemoval(isKept: Bool) -> Int { isKept ? 1 : 2 }

    private func moveBack(
        _ task: Int, of claim: Claim, to list: String, by push: String, keeping result: KeptResult? = nil
    ) throws(QueueError) {
        var pushedOn: Int?
        try link.resilient { _ throws(RedisError) in
            // Said again on this connection, only the removal was refused; another server may have lost the push.
            if pushedOn != connection.generation {
                connection.append { writer in
                    writer.command(push, arguments: 2)
                    writer.argument(list)
                    writer.argument(claim, task: task)
                }
                // A full server refuses the push and not the removal: only once it is pushed may it be removed.
                _ = try connection.receive()
                pushedOn = connection.generation
            }
            claim.lease.willUnlock([task])
            appendRemoval(of: task, of: claim, keeping: result)
            try connection.receiveAll(repliesToRemoval(isKept: result != nil)).throwRefusal()
        }
        claim.settle(task)
    }
}
