import Redis

extension StreamQueue: ScriptedClaims {
    /// Acks what remains of `finished` and claims anew, both in one round trip, which may be repeated.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        try ackAndClaim(finished, next)
    }

    /// Blocks on the wake-up marker, not by XREADGROUP, which sees only one of the ways in which a task becomes claimable; then
    /// claims.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        try claimOnceAwake(request, upTo: limit)
    }

    func appendClaim(_ request: ClaimRequest, _ number: Int, wasWaiting: Bool, isAlone: Bool) {
        // Where lengths differ the script looks at the tasks in any case.
        isByTransaction =
            !isAlone && !request.isMixed && request.limit >= Self.fewestOfTransaction && transactions.areAllowed
        if isByTransaction {
            appendTransaction(request, number)
        } else {
            append(request, number, wasWaiting: wasWaiting)
        }
    }

    private func append(_ request: ClaimRequest, _ number: Int, wasWaiting: Bool, gate: String? = nil) {
        var all = [
            keys.pending, keys.retry, keys.delayed, keys.wake, keys.worker(names.worker), keys.epoch, keys.redeliveries,
            keys.failures, keys.paced,
        ]
        if let gate { all.append(gate) }
        link.append(
            QueueScripts.streamClaim, keys: all, arguments: 10 + 2 * request.kinds.count, isPart: gate != nil
        ) { writer in
            writer.arguments(
                of: request, names[number], number, lease: leaseLength(request, tasks: request.limit), configuration,
                wasWaiting: wasWaiting)
            writer.arguments(ofKinds: request.kinds)
        }
    }

    // MARK: The transaction

    // A script that reads entries makes tables and strings of Lua of them, which takes longer than to read them. So many of them
    // are read by a plain XREADGROUP behind the script. Both are one transaction: were the tasks read later than their token was
    // given out, somebody with a younger token could have had them before. XREADGROUP names a second stream, the gate, and reads
    // nothing unless that has the group, too: the script makes it only where nothing is left to decide. Behind the transaction
    // it is gone.

    /// From so many tasks on a transaction is quicker than a script.
    static let fewestOfTransaction = 17

    private func appendTransaction(_ request: ClaimRequest, _ number: Int) {
        link.appendPart("MULTI")
        append(request, number, wasWaiting: false, gate: keys.gate)
        link.appendPart(
            "XREADGROUP", "GROUP", "workers", names[number], "COUNT", String(request.limit), "STREAMS", keys.pending,
            keys.gate, ">", ">")
        link.appendPart("DEL", keys.gate)
        connection.append { writer in
            writer.command("EXEC", arguments: 0, called: QueueScripts.streamClaim.name)
        }
    }

    /// What a transaction is refused for, such as want of memory, in which a script alone may run: that is tried then.
    func receiveClaimReplies(_ request: ClaimRequest, _ number: Int) throws(RedisError) -> RedisReply {
        if isByTransaction {
            let replies = try connection.receiveAll(5)
            let results = try replies.element(4)
            if results.kind == .array {
                try results.throwRefusal(at: 0)
                return results
            }
            transactions.wereRefused()
            append(request, number, wasWaiting: false)
        }
        let replies = try connection.receiveAll(1)
        try replies.throwRefusal()
        return replies
    }

    /// Behind the counts the script returns each entry's id and its task, if it has read them itself.
    func tasks(in replies: borrowing RedisReply) throws(RedisError) -> (nodes: [Int], names: [Int]) {
        let isRead = try replies.withElement(0) { reply throws(RedisError) in reply.count > 3 }
        if isRead {
            return try replies.withElement(0) { reply throws(RedisError) in
                (try reply.nodesOfBytes(from: 4, by: 2), try reply.nodesOfBytes(from: 3, by: 2))
            }
        }
        guard replies.count > 1 else { return ([], []) }
        try replies.throwRefusal(at: 1)
        // What was waiting may have been deleted by hand.
        let read = try replies.element(1)
        return read.isNull ? ([], []) : try read.element(0).element(1).nodesOfEntries()
    }

    func appendAck(of claim: Claim) {
        appendAck(ClaimPortion(claim: claim, tasks: claim.unsettled), isWhole: true)
    }

    /// An ack of all that remained acks all or none.
    func decodeAck(_ reply: borrowing RedisReply, isRepeated: Bool) throws(RedisError) -> AckAnswer {
        if reply.count == 0 { return .acked }
        if try reply.integer(at: 0) == 1 { return .acked }
        return isRepeated ? .unknown : .stale
    }

    func leaseLength(_ request: ClaimRequest, tasks: Int) -> Duration {
        min(configuration.longestLease, request.shortestLease)
    }
}
