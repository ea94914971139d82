import Redis

extension StreamQueue {
    /// Acks what remains of `finished` and claims anew, both in one round trip.
    ///
    /// When the answers are lost, both are repeated: the ack by its entries' ids, the claim by its name.
    public func exchange(acking finished: Claim?, claiming next: ClaimRequest?) throws(QueueError) -> Exchange {
        let number = next.map { _ in newRequest() }
        let portion = finished.map { ClaimPortion(claim: $0, tasks: $0.unsettled) }
        return try link.resilient { isRepeated throws(RedisError) in
            var exchange = Exchange()
            let began = ContinuousClock.now
            if let portion { appendAck(portion, isWhole: true) }
            if let next, let number { append(next, number: number, wasWaiting: false) }
            if portion != nil { exchange.ack = try decodeWholeAck(connection.receive(), isRepeated: isRepeated) }
            if let next, let number {
                try decodeClaim(connection.receive(), next, number, began, into: &exchange)
            }
            finished?.settleAll()
            return exchange
        }
    }

    /// Blocks on the wake-up marker, not by XREADGROUP: that would hand out tasks before they have a token, and sees only
    /// one of the ways in which a task becomes claimable. Then claims by script.
    public func awaitClaim(_ request: ClaimRequest, upTo limit: Duration) throws(QueueError) -> Exchange {
        let number = newRequest()
        let waitBegan = ContinuousClock.now
        return try link.resilient { isRepeated throws(RedisError) in
            if !isRepeated {
                _ = try connection.call("BZPOPMIN", keys.wake, link.blockingSeconds(limit))
            }
            var exchange = Exchange()
            let began = ContinuousClock.now
            exchange.blockedFor = began - waitBegan
            append(request, number: number, wasWaiting: true)
            try decodeClaim(connection.receive(), request, number, began, into: &exchange)
            return exchange
        }
    }

    private func newRequest() -> Int {
        lastRequest += 1
        return lastRequest
    }

    private func name(of request: Int) -> String { "\(workerID).\(request)" }

    private func append(_ request: ClaimRequest, number: Int, wasWaiting: Bool) {
        precondition((1...TaskBatch.largest).contains(request.limit), "a claim takes 1 to \(TaskBatch.largest) tasks")
        let all = [
            keys.pending, keys.retry, keys.delayed, keys.wake, keys.worker(workerID), keys.epoch, keys.redeliveries,
            keys.failures, keys.paced,
        ]
        link.append(QueueScripts.streamClaim, keys: all, arguments: 10 + 2 * request.kinds.count) { writer in
            writer.argument(name(of: number))
            writer.argument(number)
            writer.argument(request.limit)
            writer.argument(Int(leaseLength(request).milliseconds))
            writer.argument(String(request.averageTask.seconds * 1e6))
            writer.argument(Int(request.quantum.microseconds))
            writer.argument(configuration.mostRedeliveries)
            writer.argument(request.isMixed ? "1" : "0")
            writer.argument(wasWaiting ? "1" : "0")
            writer.argument(Int(QueueLink.memory.milliseconds))
            for (kind, time) in request.kinds {
                writer.argument(kind)
                writer.argument(String(time.seconds * 1e6))
            }
        }
    }

    private func leaseLength(_ request: ClaimRequest) -> Duration {
        min(configuration.longestLease, request.shortestLease)
    }

    private func decodeClaim(
        _ reply: borrowing RedisReply, _ request: ClaimRequest, _ number: Int, _ began: ContinuousClock.Instant,
        into exchange: inout Exchange
    ) throws(RedisError) {
        switch try reply.integer(at: 0) {
        case 1:
            exchange.claim = try claim(from: reply, request, number, began)
        case 0:
            let milliseconds = try reply.integer(at: 1)
            exchange.dueIn = milliseconds < 0 ? nil : .milliseconds(milliseconds)
        default:
            // Answered before, and gone since: a monitor has it back. The next request has another number, and is made at
            // once, since nobody may have been woken for those tasks.
            exchange.dueIn = .zero
        }
    }

    private func claim(
        from reply: borrowing RedisReply, _ request: ClaimRequest, _ number: Int, _ began: ContinuousClock.Instant
    ) throws(RedisError) -> Claim {
        let header = try ClaimHeader(parsing: reply.text(at: 1))
        var storage: [UInt8] = []
        var ends: [Int] = []
        var entries: [String] = []
        for index in stride(from: 3, to: reply.count, by: 2) {
            entries.append(try reply.text(at: index))
            try reply.appendElements(index + 1..<index + 2, to: &storage, ends: &ends)
        }
        let lease = Lease(
            claimID: name(of: number), token: "\(header.token)", length: leaseLength(request), began: began)
        return Claim(
            lease: lease, token: header.token, isRedelivery: header.isRedelivery, storage: storage, ends: ends,
            attempts: ClaimHeader.attempts(try reply.text(at: 2)), kinds: kinds, entries: entries)
    }
}
