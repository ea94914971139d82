// What a worker does with a claim.
extension ClaimMachine {
    func visitConfirm(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        guard let hand = state.workers[index].hand else { return }
        var next = state
        let record = scripts.held(hand, in: state.store)
        if var record {
            record.isConfirmed = true
            next.store.put(record)
            next.history.begun.formUnion(TaskSet(record.tasks))
        }
        visitCommand(index, state, next, late: nil, visit) { worker, _ in
            worker.isRepeating = false
            worker.phase = .running
            if record == nil { abandon(&worker) }
        }
    }

    private func abandon(_ worker: inout WorkerState) {
        worker.dropHand()
        worker.phase = rules.blocksOnMarker ? .claiming : .registering
    }

    /// Runs the next task and places its message; or the task throws.
    func visitRun(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        guard let hand = worker.hand else { return }
        if worker.isLost {
            var next = state
            abandon(&next.workers[index])
            return visit(Transition(Step(.worker(index), .abandons), next))
        }
        let task = hand.tasks[Int(worker.position)]
        var next = state
        var broken: Properties = []
        if !worker.isRepeating, state.history.executed.contains(task) { broken.insert(.executionTwice) }
        next.history.begun.insert(task)
        next.history.executed.insert(task)
        if state.budget.failures > 0 {
            var failed = next
            failed.budget.failures -= 1
            failed.workers[index].phase = .failing
            visit(Transition(Step(.worker(index), .fails, .place, about: task), failed, breaking: broken))
        }
        let (isAccepted, brokenAtSink) = place(task, hand, in: &next)
        broken.formUnion(brokenAtSink)
        visitCommand(
            index, state, next, late: .place(hand, task: UInt8(task)), breaking: broken, about: task, visit
        ) { worker, _ in
            worker.isRepeating = false
            worker.position += 1
            if isAccepted { worker.done.insert(task) } else { worker.isSuperseded = true }
            if isAccepted, bounds.acksSingly { worker.phase = .ackingOne } else { goOn(&worker) }
        }
    }

    /// The next task, or what follows the last one.
    private func goOn(_ worker: inout WorkerState) {
        worker.phase = .running
        guard let hand = worker.hand, Int(worker.position) == hand.tasks.count else { return }
        if worker.isSuperseded, !worker.done.isEmpty {
            worker.phase = .parting
        } else if !worker.isSuperseded, worker.remaining > 0, !bounds.acksSingly {
            worker.phase = .acking
        } else {
            abandon(&worker)
        }
    }

    func visitFail(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        guard let hand = worker.hand else { return }
        let task = hand.tasks[Int(worker.position)]
        var next = state
        let ended = scripts.fail(hand, task, in: &next.store)
        visitCommand(
            index, state, next, late: .fail(hand, task: UInt8(task)), breaking: ended.broken, about: task, visit
        ) { worker, _ in
            // Said twice, the first time may have taken it out.
            if !ended.tasks.isEmpty || worker.isRepeating { worker.settled.insert(task) }
            worker.isRepeating = false
            worker.position += 1
            goOn(&worker)
        }
    }

    /// Acks the task that it ran last, or the whole claim, or what is done of one that it parts with.
    func visitAck(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        guard let hand = worker.hand else { return }
        var next = state
        if effectivePhase(worker) == .acking {
            var tasks = TaskSet(hand.tasks)
            worker.settled.forEach { tasks.remove($0) }
            let ended = scripts.ack(hand, tasks, in: &next.store)
            var broken = ended.broken
            if !ended.tasks.isEmpty, ended.tasks != tasks { broken.insert(.ackedInPart) }
            return visitCommand(index, state, next, late: .ack(hand, tasks), breaking: broken, visit) { worker, _ in
                // The claim that follows in the same round trip is still to be answered: until then both may be repeated.
                worker.phase = .claimingToo
                if !rules.blocksOnMarker { abandon(&worker) }
            }
        }
        let ended = scripts.ackTasks(hand, worker.done, in: &next.store)
        visitCommand(index, state, next, late: .ackTasks(hand, worker.done), breaking: ended.broken, visit) {
            worker, _ in
            if !worker.isRepeating, ended.tasks != worker.done { worker.isLost = true }
            worker.settled.formUnion(worker.done)
            worker.done = TaskSet()
            worker.isRepeating = false
            if worker.phase == .ackingOne { return goOn(&worker) }
            if worker.isStopping { worker.phase = .releasing } else { abandon(&worker) }
        }
    }

    func visitRelease(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        guard let hand = state.workers[index].hand else { return }
        var next = state
        let ended = scripts.release(hand, in: &next.store)
        visitCommand(index, state, next, late: .release(hand), breaking: ended.broken, visit) { worker, _ in
            worker.dropHand()
            worker.phase = .leaving
        }
    }

    /// The worker's record goes, and with it the worker.
    func visitLeave(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        var next = state
        next.store.records[Int(state.workers[index].nonce)] = 0
        if rules.leavingHandsWatchOn, !state.store.delayed.isEmpty || !state.store.due.isEmpty {
            next.store.isMarked = true
        }
        next.workers[index] = WorkerState()
        next.workers[index].phase = .dead
        visit(Transition(Step(.worker(index), .proceeds, .leave), next))
    }
}
