/// Tells the queue how tasks ended that a worker runs at once: acks, failures, and what is given back.
struct Settler<Handler: ConcurrentTaskHandler> {
    /// How long it gathers ends of tasks where there are many slots, so that a round trip settles some of them.
    private static var gathering: Duration { .milliseconds(5) }

    let queue: any ClaimSource
    let keeper: LeaseKeeper
    let stop: StopSignal
    let slots: Int
    let handler: Handler
    let inFlight: InFlight

    /// Runs until nothing is in flight and nothing more will be.
    func run() throws(QueueError) {
        while !inFlight.isOver {
            inFlight.tasksHaveEnded.take(upTo: .seconds(1))
            if slots >= InFlight.manySlots { inFlight.manyHaveEnded.take(upTo: Self.gathering) }
            try settle(inFlight.takeEndings())
        }
    }

    private func settle(_ endings: [InFlight.Ending]) throws(QueueError) {
        var touched: [ObjectIdentifier: OpenClaim] = [:]
        var order: [OpenClaim] = []
        for ending in endings {
            if touched.updateValue(ending.claim, forKey: ObjectIdentifier(ending.claim)) == nil {
                order.append(ending.claim)
            }
            ending.claim.note(ending.index, ending.outcome)
            if ending.outcome == .declined { stop.set() }
        }
        try ack(order)
        for ending in endings {
            if let failure = ending.outcome?.failure { try fail(ending.index, of: ending.claim.claim, failure) }
        }
        inFlight.settled(endings.count)
        // What was claimed last goes back first, so that what was claimed first comes to lie before it.
        for claim in order.reversed() where claim.outstanding == 0 { try close(claim) }
    }

    /// Acks what is done. A claim that is known to be lost is acked all the same where tokens make that safe: the queue
    /// itself says what it refuses.
    private func ack(_ claims: [OpenClaim]) throws(QueueError) {
        let portions = claims.filter { !$0.lease.isLost || $0.claim.token.epoch > 0 }.compactMap { $0.takeDone() }
        guard !portions.isEmpty else { return }
        handler.acksWillBegin(portions, on: queue)
        let answers = try queue.ack(portions)
        for (portion, answers) in zip(portions, answers) where answers.contains(.stale) {
            portion.claim.lease.markLost()
        }
        handler.acksDidEnd(portions, answers, on: queue)
    }

    private func fail(_ index: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) {
        guard !claim.lease.isLost else { return }
        let answer = try unlessFull { () throws(QueueError) in try queue.fail(index, of: claim, failure) }
        if let answer { handler.failureDidSettle(index, of: claim, answer) }
    }

    /// Gives back what never began.
    private func close(_ open: OpenClaim) throws(QueueError) {
        let claim = open.claim
        let isLost = claim.lease.isLost && claim.remaining > 0
        if claim.remaining > 0, !isLost, !open.isSuperseded {
            _ = try unlessFull { () throws(QueueError) in try queue.release(claim) }
        }
        keeper.letGo(claim.lease)
        inFlight.remove(open)
        handler.claimDidClose(claim, isLost: isLost)
    }

    /// Says what a full server may refuse. A worker that is told to stop leaves that to the monitors, and goes on to what
    /// the server may still take, such as acks.
    private func unlessFull<Answer>(_ step: () throws(QueueError) -> Answer) throws(QueueError) -> Answer? {
        do throws(QueueError) {
            return try step()
        } catch {
            guard error == .full, stop.isSet else { throw error }
            return nil
        }
    }
}
