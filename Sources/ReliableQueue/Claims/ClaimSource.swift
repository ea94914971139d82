public import Redis

/// Where a worker's thread gets its claims and settles them: a queue, or all of its shards. See ``TaskQueue`` for what every
/// call has in common.
public protocol ClaimSource: TrafficSource {
    /// The connection on which ``awaitClaim(_:upTo:)`` blocks next: for whoever wants to unblock it, and for what it knows of
    /// the server.
    var connection: RedisConnection { get }

    /// Acks what remains of `finished`, then claims as `next` says, in as few round trips as the protocol needs.
    func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange
    /// Waits until there may be something to claim, at most `limit`, and tries once. Returns early when it is
    /// unblocked (CLIENT UNBLOCK).
    func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange
    /// Acks single tasks of some claims, in one round trip where the protocol can; an answer for each task of each
    /// portion.
    func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]]
    /// Says that a claim of redelivered tasks is about to start; false when the claim is gone.
    func confirm(_ claim: Claim) throws(QueueError) -> Bool
    /// Lengthens leases; false for each that is gone.
    func renew(_ leases: [Lease]) throws(QueueError) -> [Bool]
    /// Gives back what remains of a claim, for anybody; returns how many tasks that was.
    func release(_ claim: Claim) throws(QueueError) -> Int
    /// Takes a failed task out of its claim, to be tried later or never.
    func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer
    /// Forgets this thread's worker, which will not claim again.
    func leave() throws(QueueError)
}

extension ClaimSource {
    /// Acks single tasks of a claim.
    public func ack(_ tasks: [Int], of claim: Claim) throws(QueueError) -> [AckAnswer] {
        try ack([ClaimPortion(claim: claim, tasks: tasks)])[0]
    }
}

extension TaskQueue {
    /// That of the queue's connection.
    public var traffic: RedisTraffic { connection.traffic }
}
