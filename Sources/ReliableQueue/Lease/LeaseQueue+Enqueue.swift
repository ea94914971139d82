import Redis

// A few tasks are pushed by a script, in one command. More of them are pushed by plain commands in a transaction, since a script
// would make a string of Lua of every task, which takes longer than to push it. Whether they may be pushed at all is then said
// by a script before the transaction, through a guard: a key of the session that does not exist, and that is watched. The
// script touches it when the batch must not be pushed, and then the transaction does not run; the transaction touches it too,
// so that of two copies of a batch only one runs, whatever comes between script and transaction. That script travels in
// full: it cannot be unknown. Nor may it be forbidden, or the transaction would run without it: that is tried first on each
// connection, and where one of these commands is not allowed, every batch goes by a script.
extension LeaseQueue {
    /// From so many tasks on a transaction is quicker than a script.
    static let fewestOfTransaction = 17

    /// Appends a batch, once: the server drops one that it has, and refuses one that would leave a gap.
    public func enqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) throws(QueueError) -> EnqueueAnswer {
        try link.enqueue {
            append(batch, session, number)
        } decode: { () throws(RedisError) in
            if !isByTransaction { return try EnqueueAnswer(decoding: connection.receive()) }
            while true {
                if let answer = try decodeTransaction(isPaced: batch.isPaced) { return answer }
                // Admitted, but another copy came in between: asked again, the script knows of it.
                appendTransaction(batch, session, number)
            }
        }
    }

    /// Sends the batch.
    public func beginEnqueue(_ batch: EncodedTasks, session: UInt64, number: UInt32) {
        append(batch, session, number)
        link.begin()
    }

    private func append(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) {
        isByTransaction = batch.count >= Self.fewestOfTransaction && allowsTransactions()
        if isByTransaction {
            appendTransaction(batch, session, number)
        } else {
            link.append(batch, session, number, by: QueueScripts.enqueue, keys)
        }
    }

    // MARK: The transaction

    /// True when this connection's user may do all that keeps a batch from being pushed twice.
    private func allowsTransactions() -> Bool {
        if let known = transactionsAllowed, known.generation == connection.generation { return known.isAllowed }
        do throws(RedisError) {
            link.appendPart("WATCH", keys.guardian(0))
            link.appendPart("EVAL", "return 1", "0")
            link.appendPart("MULTI")
            link.appendPart("EXEC")
            try connection.receiveAll(4).throwRefusal()
            transactionsAllowed = (connection.generation, true)
            return true
        } catch {
            // A connection that broke is noticed by what comes next, and the next one is tried anew.
            if error.serverCode != nil { transactionsAllowed = (connection.generation, false) }
            return false
        }
    }

    private func appendTransaction(_ batch: EncodedTasks, _ session: UInt64, _ number: UInt32) {
        let (guardian, name) = (keys.guardian(session), String(session))
        link.appendPart("WATCH", guardian)
        QueueScripts.admit.appendInFull(to: connection, keys: 4, arguments: 2) { writer in
            writer.argument(keys.producers)
            writer.argument(keys.ended(session))
            writer.argument(guardian)
            writer.argument(keys.pending)
            writer.argument(name)
            writer.argument(Int(number))
        }
        link.appendPart("MULTI")
        link.appendPart("HSET", keys.producers, name, String(number))
        link.appendPart("SET", guardian, "")
        link.appendPart("DEL", guardian)
        connection.append { writer in
            writer.command("RPUSH", arguments: 1 + batch.count, called: nil)
            writer.argument(keys.pending)
            writer.arguments(encoded: batch.arguments, count: batch.count)
        }
        if batch.isPaced { link.appendPart("SET", keys.paced, "1") }
        link.appendPart("ZADD", keys.wake, "0", "w")
        connection.append { writer in writer.command("EXEC", arguments: 0, called: "enqueue") }
    }

    /// The answer to the whole; `nil` when it is to be said again.
    private func decodeTransaction(isPaced: Bool) throws(RedisError) -> EnqueueAnswer? {
        let replies = try connection.receiveAll(isPaced ? 10 : 9)
        let refusal = try replies.withElement(1) { admitted throws(RedisError) -> EnqueueAnswer? in
            // It says so also while the server is full and refuses the rest.
            if admitted.kind == .array, try admitted.integer(at: 0) != 1 {
                return try EnqueueAnswer(decoding: admitted)
            }
            return nil
        }
        if let refusal { return refusal }
        // A server that is full refuses what is to be in the transaction, and then the transaction itself.
        try replies.throwRefusal()
        return try replies.withElement(replies.count - 1) { results throws(RedisError) -> EnqueueAnswer? in
            try results.throwRefusal()
            return results.isNull ? nil : .accepted
        }
    }

    /// The last batch of `session` that the server has; 0 for none.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { try link.lastBatch(of: session, keys) }

    /// Forgets a producer that will not come back.
    public func forget(session: UInt64) throws(QueueError) { try link.forget(session: session, keys) }
}
