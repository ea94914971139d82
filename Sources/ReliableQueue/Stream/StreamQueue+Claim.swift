import Redis

extension StreamQueue: ScriptedClaims {
    static var repliesAClaim: Int { 1 }

    /// Acks what remains of `finished` and claims anew, both in one round trip, which may be repeated.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        try ackAndClaim(finished, next)
    }

    /// Blocks on the wake-up marker, not by XREADGROUP, which sees only one of the ways in which a task becomes claimable; then
    /// claims.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        try claimOnceAwake(request, upTo: limit)
    }

    func appendClaim(_ request: ClaimRequest, _ number: Int, wasWaiting: Bool) {
        let all = [
            keys.pending, keys.retry, keys.delayed, keys.wake, keys.worker(names.worker), keys.epoch, keys.redeliveries,
            keys.failures, keys.paced,
        ]
        link.append(QueueScripts.streamClaim, keys: all, arguments: 10 + 2 * request.kinds.count) { writer in
            writer.arguments(
                of: request, names[number], number, lease: leaseLength(request, tasks: request.limit), configuration,
                wasWaiting: wasWaiting)
            writer.arguments(ofKinds: request.kinds)
        }
    }

    /// Behind the counts the script returns each entry's id and its task.
    func tasks(in replies: borrowing RedisReply) throws(RedisError) -> (nodes: [Int], names: [Int]) {
        try replies.withElement(0) { reply throws(RedisError) in
            (try reply.nodesOfBytes(from: 4, by: 2), try reply.nodesOfBytes(from: 3, by: 2))
        }
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
