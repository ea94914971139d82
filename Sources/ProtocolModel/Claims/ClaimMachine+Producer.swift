// What the producer does.
extension ClaimMachine {
    func visitProducer(_ state: ClaimState, _ visit: Visit) {
        guard !state.producer.isForgotten else { return }
        if !state.producer.isConnected {
            var next = state
            next.producer.highestEpoch = handshake(state.producer.highestEpoch, &next)
            next.producer.isConnected = true
            return visit(Transition(Step(.producer, .proceeds, .handshake), next))
        }
        if state.producer.isFinished { return visitForget(state, visit) }
        if bounds.isPipelined { return visitPipelined(state, visit) }
        let isOwed = !state.producer.owed.isEmpty
        guard let batch = state.producer.owed.first ?? fresh(state.producer) else { return visitFinish(state, visit) }
        let number = state.producer.kept.count + 1
        var next = state
        let reply = scripts.enqueue(
            tasks(of: batch), session: Int(state.producer.session), number: number, in: &next.store)
        visitLost(
            state, next, .enqueue(session: state.producer.session, number: UInt8(number), batch: UInt8(batch)), visit)
        switch reply {
        case .accepted:
            note(batch, in: &next)
            if isOwed { next.producer.owed.removeFirst() } else { next.producer.next += 1 }
        case .gap(let last):
            beginSession(after: last, &next.producer)
        }
        visit(Transition(Step(.producer, .proceeds, .enqueue, about: batch * bounds.batchSize), next))
    }

    private func fresh(_ producer: ProducerState) -> Int? {
        producer.next < batches ? Int(producer.next) : nil
    }

    private func note(_ batch: Int, in state: inout ClaimState) {
        state.producer.kept.append(batch)
        state.history.acknowledged.formUnion(TaskSet(tasks(of: batch)))
    }

    /// The answer is lost, or the request is; either is sent again.
    private func visitLost(_ state: ClaimState, _ next: ClaimState, _ late: LateCommand, _ visit: Visit) {
        guard state.budget.lostReplies > 0, case .enqueue(_, _, let batch) = late else { return }
        let task = Int(batch) * bounds.batchSize
        var unheard = next
        unheard.budget.lostReplies -= 1
        visit(Transition(Step(.producer, .unheard, .enqueue, about: task), unheard))
        guard bounds.lateArrivals, state.late == nil else { return }
        var delayed = state
        delayed.budget.lostReplies -= 1
        delayed.late = late
        visit(Transition(Step(.producer, .delayed, .enqueue, about: task), delayed))
    }

    /// Everything above `last` is owed again, under a session that the server cannot know.
    private func beginSession(after last: Int, _ producer: inout ProducerState) {
        var owed = ShortList()
        for index in 0..<producer.kept.count where index >= last { owed.append(producer.kept[index]) }
        owed.append(contentsOf: producer.owed)
        producer.owed = owed
        producer.kept = ShortList()
        producer.session += 1
    }

    /// Asks whether the server has everything.
    private func visitFinish(_ state: ClaimState, _ visit: Visit) {
        var next = state
        let last = state.store.producers[Int(state.producer.session)]
        if rules.asksForLastBatch, last < state.producer.kept.count {
            beginSession(after: last, &next.producer)
        } else {
            next.producer.isFinished = true
        }
        visit(Transition(Step(.producer, .proceeds, .hget), next))
    }

    /// Lets the server forget every session of the producer, but for its last number.
    private func visitForget(_ state: ClaimState, _ visit: Visit) {
        var next = state
        if !rules.remembersFinishedProducers {
            for session in 1...Int(state.producer.session) { next.store.producers[session] = 0 }
        }
        next.producer.isForgotten = true
        visit(Transition(Step(.producer, .proceeds, .forget), next))
    }

    /// Batches are sent before the last one is answered: one that is refused is sent again after those behind it.
    private func visitPipelined(_ state: ClaimState, _ visit: Visit) {
        let batches = [fresh(state.producer).map { ($0, false) }, state.producer.owed.first.map { ($0, true) }]
        for case .some((let batch, let isOwed)) in batches {
            var next = state
            if isOwed { next.producer.owed.removeFirst() } else { next.producer.next += 1 }
            let step = batch * bounds.batchSize
            if state.budget.refusals > 0, !isOwed {
                var refused = next
                refused.budget.refusals -= 1
                refused.producer.owed.append(batch)
                visit(Transition(Step(.producer, .refused, .enqueue, about: step), refused))
            }
            switch scripts.enqueue(tasks(of: batch), session: 1, number: batch + 1, in: &next.store) {
            case .accepted: note(batch, in: &next)
            case .gap: next.producer.owed.append(batch)
            }
            visit(Transition(Step(.producer, .proceeds, .enqueue, about: step), next))
        }
        if fresh(state.producer) == nil, state.producer.owed.isEmpty {
            var next = state
            next.producer.isFinished = true
            visit(Transition(Step(.producer, .proceeds, .hget), next))
        }
    }
}
