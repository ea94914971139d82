// What monitors, time, the server and the network do, and what befalls workers.
extension ClaimMachine {
    func visitMonitor(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let monitor = state.monitors[index]
        let actor = Actor.monitor(index)
        var next = state
        if monitor.phase == .dead {
            next.monitors[index] = MonitorState(phase: .looking, isConnected: isGreeted(state))
            return visit(Transition(Step(actor, .starts), next))
        }
        if !monitor.isConnected {
            next.monitors[index].highestEpoch = handshake(monitor.highestEpoch, &next)
            next.monitors[index].isConnected = true
            return visit(Transition(Step(actor, .proceeds, .handshake), next))
        }
        if state.budget.crashes > 0, monitor.phase == .taking {
            var dead = state
            dead.budget.crashes -= 1
            dead.monitors[index] = MonitorState(phase: .dead)
            visit(Transition(Step(actor, .dies, .recover), dead))
        }
        if monitor.phase == .taking || !scripts.looksBeforeItTakes {
            let broken = scripts.recover(monitor.names, in: &next.store, state.history)
            next.monitors[index].names = Pair(nil, nil)
            next.monitors[index].phase = .looking
            guard next != state else { return }
            visit(Transition(Step(actor, .proceeds, .recover), next, breaking: broken))
        } else {
            let names = scripts.expired(in: &next.store)
            next.monitors[index].names = names
            if names[0] != nil { next.monitors[index].phase = .taking }
            guard next != state else { return }
            visit(Transition(Step(actor, .proceeds, .expired), next))
        }
    }

    /// Leases run out, delays end. The lease of a claim whose holder lives is renewed in time, unless the budget says not.
    func visitClock(_ state: ClaimState, _ visit: Visit) {
        for var claim in state.store.claims where claim.lease == .live {
            let isKept = (0..<bounds.workers).contains { index in
                let worker = state.workers[index]
                return worker.isLive && !worker.isPaused && worker.hand?.order == claim.order
            }
            guard !isKept || state.budget.expiries > 0 else { continue }
            var next = state
            if isKept { next.budget.expiries -= 1 }
            claim.lease = .expired
            next.store.put(claim)
            visit(Transition(Step(.clock, .expires, about: Int(claim.name.raw)), next))
        }
        state.store.delayed.forEach { task in
            var next = state
            next.store.delayed.remove(task)
            next.store.due.insert(task)
            visit(Transition(Step(.clock, .isDue, about: task), next))
        }
    }

    /// A thread of the worker renews what it holds, and learns when that is gone.
    func visitRenewal(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        let isHolding = [.confirming, .running, .failing, .ackingOne, .moving].contains(worker.phase)
        guard isHolding, let hand = worker.hand else { return }
        var next = state
        if var record = scripts.held(hand, in: state.store) {
            guard record.lease == .expired else { return }
            record.lease = .live
            next.store.put(record)
        } else {
            guard worker.phase != .moving, !worker.isLost else { return }
            next.workers[index].isLost = true
        }
        visit(Transition(Step(.worker(index), .proceeds, .renew), next))
    }

    /// A worker is killed, suspended or told to stop.
    func visitMisfortunes(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        let command = nextCommand(worker)
        var next = state
        // Whoever has taken the marker (or deleted it, and not heard that something is delayed), or watches what is delayed,
        // takes that with it.
        let isClaiming = [.claiming, .claimingToo, .claimingAwake, .leaving].contains(worker.phase)
        let mayHaveClaimed = isClaiming || worker.phase == .acking && worker.isRepeating
        if mayHaveClaimed || worker.watchesDelay { next.history.isMarkerLost = true }
        if state.budget.crashes > 0 {
            var dead = next
            dead.budget.crashes -= 1
            dead.workers[index] = WorkerState()
            dead.workers[index].phase = .dead
            visit(Transition(Step(.worker(index), .dies, command), dead))
        }
        if state.budget.pauses > 0, !worker.isPaused {
            var paused = next
            paused.budget.pauses -= 1
            paused.workers[index].isPaused = true
            visit(Transition(Step(.worker(index), .pauses, command), paused))
        }
        if state.budget.stops > 0, !worker.isStopping {
            var stopping = state
            stopping.budget.stops -= 1
            stopping.workers[index].isStopping = true
            visit(Transition(Step(.worker(index), .stops), stopping))
        }
    }

    /// The server saves; or it starts anew with what it saved, and every connection is gone.
    func visitServer(_ state: ClaimState, _ visit: Visit) {
        guard state.budget.rollbacks > 0 else { return }
        if state.budget.saves > 0, state.saved != state.store {
            var next = state
            next.budget.saves -= 1
            next.saved = state.store
            visit(Transition(Step(.server, .saves), next))
        }
        guard state.store != state.saved, isDurableEnough(state) else { return }
        var next = state
        next.budget.rollbacks -= 1
        next.store = state.saved
        if bounds.hasTwoBranches { next.saved = state.store }
        next.run += 1
        next.late = nil
        next.producer.isConnected = !rules.handshakesFirst
        for index in 0..<2 {
            next.monitors[index].isConnected = !rules.handshakesFirst
            disconnect(&next.workers[index])
        }
        visit(Transition(Step(.server, .rollsBack), next))
    }

    /// A producer that has ended resends nothing: what was acknowledged to it must have been saved.
    private func isDurableEnough(_ state: ClaimState) -> Bool {
        guard state.producer.isFinished else { return true }
        var isSaved = true
        state.history.acknowledged.forEach { isSaved = isSaved && state.saved.places(of: $0) > 0 }
        return isSaved
    }

    private func disconnect(_ worker: inout WorkerState) {
        guard worker.isLive else { return }
        worker.isConnected = !rules.handshakesFirst
        switch worker.phase {
        case .waiting:
            (worker.phase, worker.isRepeating, worker.watchesDelay) = (.claimingAwake, true, false)
        case .claiming, .claimingToo, .claimingAwake, .failing, .ackingOne, .acking, .parting: repeatLater(&worker)
        case .absent, .dead, .registering, .moving, .confirming, .running, .releasing, .leaving: break
        }
    }

    /// A command whose connection was given up is carried out after all; nobody reads the reply.
    func visitNetwork(_ state: ClaimState, _ visit: Visit) {
        guard let late = state.late else { return }
        var next = state
        next.late = nil
        var broken: Properties = []
        var (command, subject) = (Command.claim, Int(Step.nothing))
        switch late {
        case .enqueue(let session, let number, let batch):
            (command, subject) = (.enqueue, Int(batch) * bounds.batchSize)
            _ = scripts.enqueue(tasks(of: Int(batch)), session: Int(session), number: Int(number), in: &next.store)
        case .claim(let order):
            _ = scripts.claim(order, in: &next.store, &next.history)
        case .ack(let hand, let tasks):
            command = .ack
            broken = scripts.ack(hand, tasks, in: &next.store).broken
        case .ackTasks(let hand, let tasks):
            command = .ackTasks
            broken = scripts.ackTasks(hand, tasks, in: &next.store).broken
        case .fail(let hand, let task):
            (command, subject) = (.fail, Int(task))
            broken = scripts.fail(hand, Int(task), in: &next.store).broken
        case .release(let hand):
            command = .release
            broken = scripts.release(hand, in: &next.store).broken
        case .place(let hand, let task):
            (command, subject) = (.place, Int(task))
            broken = place(Int(task), hand, in: &next).broken
        }
        visit(Transition(Step(.network, .arrives, command, about: subject), next, breaking: broken))
    }
}
