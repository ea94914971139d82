extension LeaseQueue {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.enqueueOnce(batch, session, number, by: QueueScripts.enqueue, keys)
    }

    /// The last batch of `session` that the server has; 0 for none.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { try link.lastBatch(of: session, keys) }

    /// Forgets a producer that will not come back.
    public func forget(session: UInt64) throws(QueueError) { try link.forget(session: session, keys) }
}
