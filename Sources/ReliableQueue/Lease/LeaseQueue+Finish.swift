import Redis

extension LeaseQueue {
    /// Acks single tasks, by name. Each is answered: acked, or stale when the claim does not hold it.
    public func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        try link.ack(portions) { portion in append(portion) }
    }

    private func append(_ portion: ClaimPortion) {
        if portion.asksForResults { return appendWithResults(portion) }
        let claim = portion.claim
        link.append(QueueScripts.ackTasks, keys: ackKeys(claim), arguments: 2 + portion.tasks.count) { writer in
            writer.argument(claim.id)
            writer.argument(claim.lease.token)
            for task in portion.tasks { writer.argument(claim, task: task) }
        }
    }

    /// Appends the ack of some tasks, in one step with the results that they asked for.
    func appendWithResults(_ portion: ClaimPortion) {
        let claim = portion.claim
        let results = portion.tasks.map(claim.keptResult)
        let all = ackKeys(claim) + results.compactMap { $0.map { keys.result($0.task) } }
        link.append(QueueScripts.ackResults, keys: all, arguments: 2 + 3 * results.count) { writer in
            writer.argument(claim.id)
            writer.argument(claim.lease.token)
            for (task, result) in zip(portion.tasks, results) {
                writer.argument(claim, task: task)
                writer.arguments(ofAcked: result)
            }
        }
    }

    /// Notes that a claim of redelivered tasks is about to start.
    public func confirm(_ claim: Claim) throws(QueueError) -> Bool {
        try link.run(QueueScripts.confirm, keys: [keys.claim(claim.id)], arguments: 1) { writer in
            writer.argument(claim.lease.token)
        } decode: { reply throws(RedisError) in
            try reply.integer() == 1
        }
    }

    /// Lengthens leases, each by its own length from now.
    public func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] {
        guard !leases.isEmpty else { return [] }
        let all = [keys.leases] + leases.map { keys.claim($0.claimID) }
        return try link.run(QueueScripts.renew, keys: all, arguments: 3 * leases.count) { writer in
            for lease in leases {
                writer.argument(lease.claimID)
                writer.argument(lease.token)
                writer.argument(Int(lease.length.milliseconds))
            }
        } decode: { reply throws(RedisError) in
            try reply.flags(leases.count)
        }
    }

    /// Gives back what remains to the head of the list that it came from.
    public func release(_ claim: Claim) throws(QueueError) -> Int {
        let all = [keys.claim(claim.id), keys.leases, keys.pending, keys.retry, keys.wake]
        return try link.run(QueueScripts.release, keys: all, arguments: 2) { writer in
            writer.argument(claim.id)
            writer.argument(claim.lease.token)
        } decode: { reply throws(RedisError) in
            claim.settleAll()
            return max(0, try reply.integer())
        }
    }

    /// Takes a failed task out of its claim: delayed, and longer each time, or a dead letter, whose reason is its result in
    /// the same step.
    public func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        let names = [
            keys.claim(claim.id), keys.leases, keys.delayed, keys.wake, keys.failures, keys.redeliveries, keys.dead,
            keys.reasons,
        ]
        return try link.fail(
            task, of: claim, failure, by: QueueScripts.fail, keys: names, keys, configuration
        ) { writer in
            writer.argument(claim.id)
            writer.argument(claim.lease.token)
        }
    }

    func ackKeys(_ claim: Claim) -> [String] {
        [keys.claim(claim.id), keys.leases, keys.redeliveries, keys.failures]
    }
}
