import Redis

extension LeaseQueue {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        do {
            return try append(batch, session, number)
        } catch {
            // A repetition can be refused for want of memory although the first time it was taken.
            guard error == .full, let last = try lastBatch(of: session), last >= number else { throw error }
            return .accepted
        }
    }

    private func append(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) throws(QueueError) -> EnqueueAnswer
    {
        try run(
            QueueScripts.enqueue, keys: [keys.producers, keys.pending, keys.wake, keys.paced],
            arguments: 3 + batch.count
        ) { writer in
            writer.argument(String(session))
            writer.argument(Int(number))
            writer.argument(batch.isPaced ? "1" : "0")
            for index in 0..<batch.count { writer.argument(batch[index]) }
        } decode: { reply throws(RedisError) in
            try reply.integer(at: 0) == -1 ? .gap(last: UInt32(reply.integer(at: 1))) : .accepted
        }
    }

    /// The last batch of `session` that the server has; 0 for none.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? {
        try link.resilient { _ throws(RedisError) in
            let reply = try connection.call("HGET", keys.producers, String(session))
            return reply.isNull ? 0 : UInt32(try reply.text()) ?? 0
        }
    }

    /// Forgets a producer that will not come back.
    public func forget(session: UInt64) throws(QueueError) {
        try link.resilient { _ throws(RedisError) in
            _ = try connection.call("HDEL", keys.producers, String(session))
        }
    }
}
