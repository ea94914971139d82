public import Redis

/// A reliable queue, by one protocol, over one connection of one thread.
///
/// At-least-once: a task that was enqueued is run until an ack of it was accepted, whoever dies in between (but see
/// ``PopQueue``). Every call blocks; after a lost connection it reconnects, learns whether the server lost data, and
/// says again what may be said twice. It throws ``QueueError/redis(_:)`` when the server stays away. While the server refuses
/// to write for want of room, what workers and monitors do waits, for as long as the queue keeps trying; everything else
/// throws ``QueueError/full`` at once.
public protocol TaskQueue: ClaimSource {
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
}
