import Redis

// A batch is pushed by plain commands in a transaction, since a script would make a string of Lua of every task, which takes
// longer than to push it. Whether it may be pushed at all is said by a script before the transaction, through a guard: a key
// of the session that does not exist, and that is watched. The script touches it when the batch must not be pushed, and then
// the transaction does not run; the transaction touches it too, so that of two copies of a batch only one runs, whatever
// comes between script and transaction. The script travels in full: it cannot be unknown.
extension LeaseQueue {
    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.enqueueOnce {
            append(batch, session, number)
        } decode: { () throws(RedisError) in
            while true {
                if let answer = try decodeEnqueue(isPaced: batch.isPaced) { return answer }
                // Admitted, but another copy came in between: asked again, the script knows of it.
                append(batch, session, number)
            }
        }
    }

    /// Sends the batch.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        append(batch, session, number)
        link.begin()
    }

    private func append(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) {
        let (guardian, name) = (keys.guardian(session), String(session))
        appendPart("WATCH", guardian)
        QueueScripts.admit.appendInFull(to: connection, keys: 3, arguments: 2) { writer in
            writer.argument(keys.producers)
            writer.argument(keys.ended(session))
            writer.argument(guardian)
            writer.argument(name)
            writer.argument(Int(number))
        }
        appendPart("MULTI")
        appendPart("HSET", keys.producers, name, String(number))
        appendPart("SET", guardian, "")
        appendPart("DEL", guardian)
        connection.append { writer in
            writer.command("RPUSH", arguments: 1 + batch.count, called: nil)
            writer.argument(keys.pending)
            writer.arguments(encoded: batch.arguments, count: batch.count)
        }
        if batch.isPaced { appendPart("SET", keys.paced, "1") }
        appendPart("ZADD", keys.wake, "0", "w")
        connection.append { writer in writer.command("EXEC", arguments: 0, called: "enqueue") }
    }

    /// A command that is a part of the whole.
    private func appendPart(_ name: String, _ arguments: String...) {
        connection.append { writer in
            writer.command(name, arguments: arguments.count, called: nil)
            for argument in arguments { writer.argument(argument) }
        }
    }

    /// The answer to the whole; `nil` when it is to be said again.
    private func decodeEnqueue(isPaced: Bool) throws(RedisError) -> EnqueueAnswer? {
        let replies = try connection.receiveAll(isPaced ? 10 : 9)
        // A server that is full refuses what is to be in the transaction, and then the transaction itself.
        try replies.throwRefusal()
        let (status, last) = try replies.withElement(1) { reply throws(RedisError) in
            (try reply.integer(at: 0), try reply.integer(at: 1))
        }
        let hasRun = try replies.withElement(replies.count - 1) { !$0.isNull }
        if hasRun { return .accepted }
        return status == 1 ? nil : EnqueueAnswer(status: status, last: last)
    }

    /// The last batch of `session` that the server has; 0 for none.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { try link.lastBatch(of: session, keys) }

    /// Forgets a producer that will not come back.
    public func forget(session: UInt64) throws(QueueError) { try link.forget(session: session, keys) }
}

extension EnqueueAnswer {
    /// What a script makes of a batch: 1 append it, 0 had it already, -1 refused; and the number of the last batch by now.
    init(status: Int, last: Int) {
        self = status == -1 ? .gap(last: UInt32(last)) : .accepted
    }
}
