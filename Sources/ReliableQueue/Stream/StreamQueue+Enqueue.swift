import Redis

extension StreamQueue {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.enqueue {
            append(batch, session, number)
        } decode: { () throws(RedisError) in
            try EnqueueAnswer(decoding: connection.receive())
        }
    }

    /// Sends the batch.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        append(batch, session, number)
        link.begin()
    }

    private func append(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) {
        link.append(batch, session, number, by: QueueScripts.streamEnqueue, keys)
    }
}
