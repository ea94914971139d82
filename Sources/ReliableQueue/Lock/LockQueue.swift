public import Redis

/// The pattern of the write-up: move one task to the processing list, lock it with a time-to-live, run it, remove it,
/// delete the lock. A monitor scans the processing list and pushes back what has no lock.
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

    /// The connection, for its traffic and for what it knows of the server.
    public var connection: RedisConnection { link.connection }
    /// The work of a worker that vanished comes back.
    public var recovers: Bool { true }

    /// - Parameter locksBySetex: lock with the literal SETEX, which does not look whether there is a lock, and counts
    ///   whole seconds.
    init(
        _ configuration: QueueConfiguration, locksBySetex: Bool, keepTrying: @escaping () -> Bool
    ) throws(QueueError) {
        keys = QueueKeys(queue: configuration.name)
        self.configuration = configuration
        self.locksBySetex = locksBySetex
        link = try QueueLink(configuration, scripts: [QueueScripts.lockEnd], keepTrying: keepTrying) { _ in }
    }

    /// Removes the finished task and its lock and moves the next one, in one round trip; locks it in a second.
    ///
    /// When the server is full and nobody waits for it any more, the removal is answered all the same.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        let began = ContinuousClock.now
        do throws(QueueError) {
            let moved = try move(acking: finished, thenMoving: next != nil, into: &exchange)
            if let moved, let next { exchange.claim = try lock(moved, next, began) }
        } catch {
            guard error == .full, exchange.ack != nil else { throw error }
        }
        finished?.settleAll()
        return exchange
    }

    private func move(
        acking finished: Claim?, thenMoving moves: Bool, into exchange: inout Exchange
    ) throws(QueueError) -> [UInt8]? {
        let result = finished?.keptResult(0)
        return try link.resilient { isRepeated throws(RedisError) in
            // Once it is answered only the move is said again.
            let finished = exchange.ack == nil ? finished : nil
            if let finished { appendRemoval(of: finished, keeping: result) }
            if moves { connection.append("LMOVE", [keys.pending, keys.processing, "LEFT", "RIGHT"]) }
            if finished != nil {
                let removed = try receiveRemoval(keeping: result)
                exchange.ack = removed > 0 ? .acked : isRepeated ? .unknown : .stale
            }
            return moves ? try Self.element(connection.receive()) : nil
        }
    }

    /// Blocks on the move itself. A task whose reply is lost lies in the processing list without a lock, where a
    /// monitor finds it.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        let began = ContinuousClock.now
        let moved: [UInt8]? = try link.resilient { isRepeated throws(RedisError) in
            if isRepeated { return nil }
            let seconds = link.blockingSeconds(limit)
            return try Self.element(connection.call("BLMOVE", keys.pending, keys.processing, "LEFT", "RIGHT", seconds))
        }
        exchange.blockedFor = ContinuousClock.now - began
        if let moved { exchange.claim = try lock(moved, request, ContinuousClock.now) }
        return exchange
    }

    /// Acks the one task of each claim, one after the other.
    public func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        var answers: [[AckAnswer]] = []
        for portion in portions {
            let ack = portion.tasks.isEmpty ? nil : try exchange(acking: portion.claim, claiming: nil).ack ?? .unknown
            answers.append(ack.map { [$0] } ?? [])
        }
        return answers
    }

    /// This protocol knows no redeliveries.
    public func confirm(_ claim: Claim) throws(QueueError) -> Bool { true }

    /// Lengthens locks, whoever holds them by now.
    public func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] {
        try link.resilient { _ throws(RedisError) in
            for lease in leases {
                connection.append("PEXPIRE", [keys.lock(lease.claimID), String(lease.length.milliseconds)])
            }
            var answers: [Bool] = []
            for _ in leases { answers.append(try connection.receive().integer() == 1) }
            return answers
        }
    }

    /// Pushes the task back, then removes it, then its lock.
    public func release(_ claim: Claim) throws(QueueError) -> Int {
        guard claim.remaining > 0 else { return 0 }
        try moveBack(claim, to: keys.pending, by: "LPUSH")
        return 1
    }

    /// Pushes the task back at once, or makes it a dead letter.
    public func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        let id = claim.id
        let failures = try link.resilient { _ throws(RedisError) in
            try connection.call("HINCRBY", keys.failures, id, "1").integer()
        }
        if failure.isRetryable, failures <= configuration.mostFailures {
            try moveBack(claim, to: keys.pending, by: "RPUSH")
            return .delayed(.zero)
        }
        try link.resilient { _ throws(RedisError) in
            _ = try connection.call("HSET", keys.reasons, id, failure.reason)
        }
        try moveBack(claim, to: keys.dead, by: "RPUSH", keeping: claim.keptFailure(task, reason: failure.reason))
        return .dead
    }

    // MARK: One task

    private func lock(
        _ element: [UInt8], _ request: ClaimRequest, _ began: ContinuousClock.Instant
    ) throws(QueueError) -> Claim? {
        let name = Self.name(of: element)
        let length = lockLength(element, request)
        let isLocked = try link.resilient { isRepeated throws(RedisError) in
            let lock = keys.lock(name)
            if locksBySetex {
                let seconds = max(1, Int(length.seconds.rounded(.up)))
                return try !connection.call("SETEX", lock, String(seconds), workerID).isNull
            }
            let isSet = try !connection.call("SET", lock, workerID, "NX", "PX", String(length.milliseconds)).isNull
            // Said twice, the first time may have set it.
            if isSet || !isRepeated { return isSet }
            let holder = try connection.call("GET", lock)
            if holder.isNull { return false }
            return try holder.text() == workerID
        }
        // Somebody else runs it: a monitor had pushed it back between a move and a lock.
        guard isLocked else { return nil }
        let lease = Lease(claimID: name, token: workerID, length: length, began: began)
        return Claim(
            lease: lease, token: FencingToken(epoch: 0, sequence: 0), isRedelivery: false, storage: element,
            ends: [element.count], attempts: [], kinds: kinds)
    }

    private func lockLength(_ element: [UInt8], _ request: ClaimRequest) -> Duration {
        guard let task = DecodedElement(element, 0..<element.count) else { return request.shortestLease }
        let kind = String(decoding: element[task.kind], as: UTF8.self)
        let expected = request.kinds[kind] ?? task.expected ?? request.averageTask
        return min(configuration.longestLease, request.shortestLease + expected * 2)
    }

    /// Appends what removes the task and its lock, and keeps its result where there is one to keep.
    private func appendRemoval(of claim: Claim, keeping result: KeptResult?) {
        if let result {
            let all = [keys.processing, keys.lock(claim.id), keys.result(result.task)]
            return link.append(QueueScripts.lockEnd, keys: all, arguments: 4) { writer in
                writer.argument(claim.element(0))
                writer.arguments(ofResult: result)
            }
        }
        connection.append { writer in
            writer.command("LREM", arguments: 3)
            writer.argument(keys.processing)
            writer.argument(1)
            writer.argument(claim.element(0))
        }
        connection.append("DEL", [keys.lock(claim.id)])
    }

    /// How many such a removal found.
    private func receiveRemoval(keeping result: KeptResult?) throws(RedisError) -> Int {
        let removed = try connection.receive().integer()
        // The lock's own command is answered, too.
        if result == nil { _ = try connection.receive() }
        return removed
    }

    private func moveBack(
        _ claim: Claim, to list: String, by push: String, keeping result: KeptResult? = nil
    ) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            connection.append { writer in
                writer.command(push, arguments: 2)
                writer.argument(list)
                writer.argument(claim.element(0))
            }
            // A full server refuses the push and not the removal: only once it is pushed may it be removed.
            _ = try connection.receive()
            appendRemoval(of: claim, keeping: result)
            _ = try receiveRemoval(keeping: result)
        }
        claim.settleAll()
    }

    private static func element(_ reply: borrowing RedisReply) throws(RedisError) -> [UInt8]? {
        reply.isNull ? nil : try reply.bytes()
    }

    /// What the lock of a task is named after: its id, or its first bytes when it is no task.
    static func name(of element: [UInt8]) -> String {
        if let task = DecodedElement(element, 0..<element.count) { return task.id.description }
        return element.prefix(32).map { String($0, radix: 16) }.joined(separator: "-")
    }
}
