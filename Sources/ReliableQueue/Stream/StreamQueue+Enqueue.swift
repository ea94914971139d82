import Redis

extension StreamQueue {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.enqueueOnce {
            append(batch, session, number)
        } decode: { () throws(RedisError) in
            let reply = try connection.receive()
            return EnqueueAnswer(status: try reply.integer(at: 0), last: try reply.integer(at: 1))
        }
    }

    /// Sends the batch.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        append(batch, session, number)
        link.begin()
    }

    private func append(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) {
        let all = [keys.producers, keys.pending, keys.wake, keys.paced, keys.ended(session)]
        link.append(QueueScripts.streamEnqueue, keys: all, arguments: 3 + batch.count) { writer in
            writer.argument(String(session))
            writer.argument(Int(number))
            writer.argument(batch.isPaced ? "1" : "0")
            writer.arguments(encoded: batch.arguments, count: batch.count)
        }
    }
}
