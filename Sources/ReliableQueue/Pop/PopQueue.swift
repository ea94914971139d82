public import Redis

/// The control: tasks are popped into the worker's hands, without a lock and without recovery. What a worker holds when
/// it dies is lost, and an audit that does not see that is blind.
///
/// What came of a task that asked for it is kept once the task was run, or pushed to the dead letters. A worker that dies before
/// that takes the result with it, as it takes the task.
public final class PopQueue: TaskQueue {
    private let keys: QueueKeys
    private let configuration: QueueConfiguration
    private let link: QueueLink
    private let kinds = KindNames()
    private var names = ClaimNames()

    /// The connection, for its traffic and for what it knows of the server.
    public var connection: RedisConnection { link.connection }
    /// The work of a worker that vanished is lost.
    public var recovers: Bool { false }

    init(_ configuration: QueueConfiguration, keepTrying: @escaping () -> Bool) throws(QueueError) {
        keys = configuration.keys
        self.configuration = configuration
        link = try QueueLink(configuration, scripts: [QueueScripts.keepResult], keepTrying: keepTrying) { _ in }
    }

    /// Pushes the batch.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.push(batch, to: keys.pending)
    }

    /// Sends the push.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        link.appendPush(batch, to: keys.pending)
        link.begin()
    }

    /// Not kept.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { nil }

    /// Nothing is kept of a producer.
    public func forget(session: UInt64) throws(QueueError) {}

    /// Pops up to the limit. An ack needs no word, but for results: the tasks have left Redis already.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        if let finished, finished.asksForResults { try keep(finished.unsettled.compactMap(finished.keptResult)) }
        finished?.settleAll()
        if finished != nil { exchange.ack = .acked }
        if let next { exchange.claim = try pop(next) }
        return exchange
    }

    /// Blocks on the list itself.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        var exchange = Exchange()
        let began = ContinuousClock.now
        exchange.claim = try link.resilient { isRepeated throws(RedisError) in
            if isRepeated { return nil }
            let reply = try connection.call("BLPOP", keys.pending, link.blockingSeconds(limit))
            return reply.isNull ? nil : try claim(reply, from: 1, request)
        }
        exchange.blockedFor = ContinuousClock.now - began
        return exchange
    }

    /// Every ack is true here.
    public func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        for portion in portions where portion.asksForResults {
            try keep(portion.tasks.compactMap(portion.claim.keptResult))
        }
        return portions.map { portion in
            for task in portion.tasks { portion.claim.settle(task) }
            return portion.tasks.map { _ in .acked }
        }
    }

    /// This protocol knows no redeliveries.
    public func confirm(_ claim: Claim) throws(QueueError) -> Bool { true }

    /// There is nothing to renew.
    public func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] { leases.map { _ in true } }

    /// Pushes back what is not done.
    public func release(_ claim: Claim) throws(QueueError) -> Int {
        let tasks = claim.remaining == 0 ? [] : claim.unsettled
        for task in tasks.reversed() { try push(task, of: claim, to: keys.pending, by: "LPUSH") }
        claim.settleAll()
        return tasks.count
    }

    /// Pushes a failed task back at once, as often as it fails, or makes it a dead letter when it can't succeed.
    public func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        claim.settle(task)
        try push(task, of: claim, to: failure.isRetryable ? keys.pending : keys.dead, by: "RPUSH")
        if failure.isRetryable { return .delayed(.zero) }
        if let result = claim.keptFailure(task, reason: failure.reason) { try keep([result]) }
        return .dead
    }

    /// Nothing can be recovered.
    public func recover() throws(QueueError) -> Recovery { Recovery() }

    /// What lies where. One round trip.
    public func depth() throws(QueueError) -> QueueDepth {
        try link.resilient { _ throws(RedisError) in
            for key in [keys.pending, keys.dead] { connection.append("LLEN", [key]) }
            var depth = QueueDepth()
            depth.pending = try connection.receive().integer()
            depth.dead = try connection.receive().integer()
            return depth
        }
    }

    /// Nobody knows what workers hold.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] { [] }

    /// Visits every task of both lists.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            try connection.visitList(keys.pending) { visit(.waiting, $0) }
            try connection.visitList(keys.dead) { visit(.dead, $0) }
        }
    }

    /// INFO, anew.
    public func serverInfo() throws(QueueError) -> RedisServerInfo { try link.serverInfo() }

    /// Deletes every key of this queue.
    public func destroy() throws(QueueError) {
        try link.unlink(keys)
    }

    /// Nothing is kept of a worker.
    public func leave() throws(QueueError) {}

    private func pop(_ request: ClaimRequest) throws(QueueError) -> Claim? {
        try link.resilient { _ throws(RedisError) in
            let reply = try connection.call("LPOP", keys.pending, String(request.limit))
            return reply.isNull ? nil : try claim(reply, from: 0, request)
        }
    }

    private func claim(
        _ reply: borrowing RedisReply, from start: Int, _ request: ClaimRequest
    ) throws(RedisError) -> Claim {
        let lease = Lease(
            claimID: names[names.next()], shard: configuration.shard, token: "", length: request.shortestLease,
            surely: nil, began: monotonicNanoseconds())
        return Claim(
            lease: lease, token: FencingToken(epoch: 0, sequence: 0), isRedelivery: false, buffer: reply.buffer,
            nodes: try reply.nodesOfBytes(from: start), kinds: kinds)
    }

    /// Keeps results, in one round trip. Said twice, the second time says the same.
    private func keep(_ results: [KeptResult]) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            for result in results {
                link.append(QueueScripts.keepResult, keys: [keys.result(result.task)], arguments: 3) { writer in
                    writer.arguments(ofResult: result)
                }
            }
            for _ in results { _ = try connection.receive() }
        }
    }

    private func push(_ task: Int, of claim: Claim, to list: String, by command: String) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            connection.append { writer in
                writer.command(command, arguments: 2)
                writer.argument(list)
                writer.argument(claim, task: task)
            }
            _ = try connection.receive()
        }
    }
}
