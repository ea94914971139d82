public import Redis

/// A reliable queue, by one protocol, over one connection of one thread.
///
/// At-least-once: a task that was enqueued is run until an ack of it was accepted, whoever dies in between (but see
/// ``PopQueue``). Every call blocks; after a lost connection it reconnects, learns whether the server lost data, and
/// says again what may be said twice. It throws ``QueueError/redis(_:)`` when the server stays away. While the server refuses
/// to write for want of room, what workers and monitors do waits, for as long as the queue keeps trying; everything else
/// throws ``QueueError/full`` at once.
public protocol TaskQueue: AnyObject {
    /// The connection: for its traffic, and for what it knows of the server.
    var connection: RedisConnection { get }
    /// True when the work of a worker that vanished comes back.
    var recovers: Bool { get }

    /// Appends a producer's batch. `session` and `number` let the server drop a batch that it already has, where the
    /// protocol can.
    func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer
    /// Sends the batch ahead, so that the server can work while its producer does. The next call must be
    /// ``enqueue(_:session:number:)`` with the same batch, which waits for the answer.
    func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32)
    /// The last batch of `session` that the server has; `nil` when the protocol does not keep it.
    func lastBatch(of session: UInt64) throws(QueueError) -> UInt32?
    /// Forgets a producer that will not come back.
    func forget(session: UInt64) throws(QueueError)

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

    /// Puts back tasks whose worker vanished: one bounded step.
    func recover() throws(QueueError) -> Recovery

    /// What lies where.
    func depth() throws(QueueError) -> QueueDepth
    /// The claims that are held, those first whose lease runs out first; at most `limit`.
    func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim]
    /// Visits every task in the queue: its place and its identity (`nil` for an element that is no task). Consistent
    /// only while nobody else uses the queue.
    func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError)
    /// What the server says of itself now (INFO).
    func serverInfo() throws(QueueError) -> RedisServerInfo
    /// Deletes every key of the queue, and nothing else. Looks at every key of the database, some hundred at a time.
    func destroy() throws(QueueError)
    /// Forgets this connection's worker, which will not claim again.
    func leave() throws(QueueError)
}

extension TaskQueue {
    /// Acks single tasks of a claim.
    public func ack(_ tasks: [Int], of claim: Claim) throws(QueueError) -> [AckAnswer] {
        try ack([ClaimPortion(claim: claim, tasks: tasks)])[0]
    }
}
