import Redis

// What the protocols that remember their producers do alike.
extension QueueLink {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap. What it has
    /// already is waited for too, until the replicas have it.
    func enqueueOnce(
        _ batch: EncodedTasks, _ session: UInt64, _ number: UInt32, by script: RedisScript, _ keys: QueueKeys
    ) throws(QueueError) -> EnqueueAnswer {
        let all = [keys.producers, keys.pending, keys.wake, keys.paced, keys.ended(session)]
        return try acknowledged { _ throws(RedisError) in
            append(script, keys: all, arguments: 3 + batch.count) { writer in
                writer.argument(String(session))
                writer.argument(Int(number))
                writer.argument(batch.isPaced ? "1" : "0")
                for index in 0..<batch.count { writer.argument(batch[index]) }
            }
            let reply = try connection.receive()
            return try reply.integer(at: 0) == -1 ? EnqueueAnswer.gap(last: UInt32(reply.integer(at: 1))) : .accepted
        }
    }

    /// The last batch of `session` that the server has; 0 for none.
    func lastBatch(of session: UInt64, _ keys: QueueKeys) throws(QueueError) -> UInt32? {
        try resilient { _ throws(RedisError) in
            let reply = try connection.call("HGET", keys.producers, String(session))
            return reply.isNull ? 0 : UInt32(try reply.text()) ?? 0
        }
    }

    /// How long the server remembers the last request of a worker, and the last batch of a producer that ended: longer than
    /// any request or reply can be late.
    static var memory: Duration { .seconds(86_400) }

    /// Forgets a producer that will not come back, but for what may still be on its way.
    func forget(session: UInt64, _ keys: QueueKeys) throws(QueueError) {
        let all = [keys.producers, keys.ended(session)]
        try run(QueueScripts.forget, keys: all, arguments: 2, waitingForRoom: false) { writer in
            writer.argument(String(session))
            writer.argument(Int(Self.memory.milliseconds))
        } decode: { _ throws(RedisError) in
        }
    }

    /// Forgets a worker that will not claim again.
    func leave(worker: String, _ keys: QueueKeys) throws(QueueError) {
        try run(QueueScripts.leave, keys: [keys.worker(worker), keys.delayed, keys.wake], arguments: 0) { _ in
        } decode: { _ throws(RedisError) in
        }
    }
}
