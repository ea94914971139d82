import Redis

extension StreamQueue {
    /// Acks single tasks, by their entries' ids. Each is answered: acked, or stale when the claim does not hold it.
    public func ack(_ portions: [ClaimPortion]) throws(QueueError) -> [[AckAnswer]] {
        try link.ack(portions) { portion in appendAck(portion) }
    }

    /// Appends the ack of some tasks of a claim.
    ///
    /// - Parameter isWhole: whether either all are acked or none.
    func appendAck(_ portion: ClaimPortion, isWhole: Bool = false) {
        if portion.asksForResults { return appendWithResults(portion, isWhole: isWhole) }
        let claim = portion.claim
        let namesTasks = claim.isRedelivery
        link.append(
            QueueScripts.streamAck, keys: [stream(of: claim), keys.redeliveries, keys.failures, keys.epoch],
            arguments: 5 + (namesTasks ? portion.tasks.count : 0)
        ) { writer in
            writer.argument(claim.id)
            writer.argument(portion.tasks.count)
            writer.argument(isWhole ? "1" : "0")
            writer.argument(String(claim.token.epoch))
            writer.argument(claim, namesOfTasks: portion.tasks)
            if namesTasks { for task in portion.tasks { writer.argument(claim, idOfTask: task) } }
        }
    }

    /// Appends the ack of some tasks, in one step with the results that they asked for.
    private func appendWithResults(_ portion: ClaimPortion, isWhole: Bool) {
        let claim = portion.claim
        let results = portion.tasks.map(claim.keptResult)
        let all =
            [stream(of: claim), keys.redeliveries, keys.failures]
            + results.compactMap { $0.map { keys.result($0.task) } }
        link.append(QueueScripts.streamAckResults, keys: all, arguments: 2 + 4 * results.count) { writer in
            writer.argument(claim.id)
            writer.argument(isWhole ? "1" : "0")
            for (task, result) in zip(portion.tasks, results) {
                writer.argument(claim, nameOfTask: task)
                writer.argument(claim, idOfTask: task)
                writer.arguments(ofAcked: result)
            }
        }
    }

    /// Notes that a claim of redelivered tasks is about to start.
    public func confirm(_ claim: Claim) throws(QueueError) -> Bool {
        try link.run(QueueScripts.streamConfirm, keys: [stream(of: claim)], arguments: 1) { writer in
            writer.argument(claim.id)
        } decode: { reply throws(RedisError) in
            try reply.integer() == 1
        }
    }

    /// Lets what these claims hold idle anew.
    public func renew(_ leases: [Lease]) throws(QueueError) -> [Bool] {
        guard !leases.isEmpty else { return [] }
        return try link.run(
            QueueScripts.streamRenew, keys: [keys.pending, keys.retry], arguments: leases.count
        ) { writer in
            for lease in leases { writer.argument(lease.claimID) }
        } decode: { reply throws(RedisError) in
            try reply.flags(leases.count)
        }
    }

    /// Gives back what remains to the end of the stream that it came from.
    public func release(_ claim: Claim) throws(QueueError) -> Int {
        try link.run(QueueScripts.streamRelease, keys: [stream(of: claim), keys.wake], arguments: 1) { writer in
            writer.argument(claim.id)
        } decode: { reply throws(RedisError) in
            claim.settleAll()
            return max(0, try reply.integer())
        }
    }

    /// Takes a failed task out of its claim: delayed, and longer each time, or a dead letter, whose reason is its result in
    /// the same step.
    public func fail(_ task: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) -> FailureAnswer {
        let names = [
            stream(of: claim), keys.delayed, keys.wake, keys.failures, keys.redeliveries, keys.dead, keys.reasons,
        ]
        return try link.fail(
            task, of: claim, failure, by: QueueScripts.streamFail, keys: names, keys, configuration
        ) { writer in
            writer.argument(claim.id)
            writer.argument(claim, nameOfTask: task)
        }
    }
}
