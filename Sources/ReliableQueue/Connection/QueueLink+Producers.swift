import Redis

// What the protocols that remember their producers do alike.
extension QueueLink {
    /// Appends a batch, unless that was begun already, and reads the answer. What the server has already is waited for too, until
    /// the replicas have it.
    func enqueue(
        _ append: () -> Void, decode: () throws(RedisError) -> EnqueueAnswer
    ) throws(QueueError) -> EnqueueAnswer {
        try acknowledged { isSent throws(RedisError) in
            if !isSent { append() }
            return try decode()
        }
    }

    /// Appends a script that appends a batch.
    func append(
        _ batch: EncodedTasks, _ session: UInt64, _ number: UInt32, by script: RedisScript, _ keys: QueueKeys
    ) {
        let all = [keys.producers, keys.pending, keys.wake, keys.paced, keys.ended(session)]
        append(script, keys: all, arguments: 3 + batch.count) { writer in
            writer.argument(String(session))
            writer.argument(Int(number))
            writer.argument(batch.isPaced ? "1" : "0")
            writer.arguments(encoded: batch.arguments, count: batch.count)
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
        let all = [keys.producers, keys.ended(session), keys.guardian(session)]
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

extension EnqueueAnswer {
    /// What a script makes of a batch: a status (1 append it, 0 had it already, -1 refused), and the number of the last batch
    /// by now.
    init(decoding reply: borrowing RedisReply) throws(RedisError) {
        self = try reply.integer(at: 0) == -1 ? .gap(last: UInt32(reply.integer(at: 1))) : .accepted
    }
}
