import Redis

extension LeaseQueue: ScriptedClaims {
    /// Acks what remains of `finished` and claims anew, both in one round trip, which may be repeated.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        try ackAndClaim(finished, next)
    }

    /// Blocks on the wake-up marker, then claims.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        try claimOnceAwake(request, upTo: limit)
    }

    func appendClaim(_ request: ClaimRequest, _ number: Int, wasWaiting: Bool, isAlone: Bool) {
        let all = [
            keys.pending, keys.retry, keys.delayed, keys.leases, keys.wake, keys.claim(names[number]),
            keys.worker(names.worker), keys.epoch, keys.redeliveries, keys.failures, keys.paced,
        ]
        link.append(QueueScripts.claim, keys: all, arguments: 12 + 2 * request.kinds.count) { writer in
            writer.arguments(
                of: request, names[number], number, lease: request.shortestLease, configuration, wasWaiting: wasWaiting)
            writer.argument(Int(configuration.longestLease.milliseconds))
            writer.argument(connection.server.release.major >= 7 ? "1" : "0")
            writer.arguments(ofKinds: request.kinds)
        }
        connection.append { writer in
            writer.command("LRANGE", arguments: 3, called: nil)
            writer.argument(keys.claim(names[number]))
            writer.argument(1)
            writer.argument("-1")
        }
    }

    func receiveClaimReplies(_ request: ClaimRequest, _ number: Int) throws(RedisError) -> RedisReply {
        let replies = try connection.receiveAll(2)
        try replies.throwRefusal()
        return replies
    }

    func tasks(in replies: borrowing RedisReply) throws(RedisError) -> (nodes: [Int], names: [Int]) {
        (try replies.withElement(1) { list throws(RedisError) in try list.nodesOfBytes(from: 0) }, [])
    }

    func appendAck(of claim: Claim) {
        if claim.asksForResults {
            return appendWithResults(ClaimPortion(claim: claim, tasks: claim.unsettled))
        }
        link.append(QueueScripts.ack, keys: ackKeys(claim), arguments: 3) { writer in
            writer.argument(claim.id)
            writer.argument(claim.lease.token)
            writer.argument(claim.remaining)
        }
    }

    /// With results the answer is one for each task, all of them alike: a claim is gone as a whole.
    func decodeAck(_ reply: borrowing RedisReply, isRepeated: Bool) throws(RedisError) -> AckAnswer {
        switch try reply.kind == .array ? reply.integer(at: 0) : reply.integer() {
        case 1: return .acked
        case 0: return isRepeated ? .unknown : .stale
        default: throw .unexpectedReply(wanted: "a claim as its worker left it", got: "one of another length")
        }
    }

    func leaseLength(_ request: ClaimRequest, tasks: Int) -> Duration {
        min(configuration.longestLease, request.shortestLease + request.averageTask * (2 * tasks))
    }
}
