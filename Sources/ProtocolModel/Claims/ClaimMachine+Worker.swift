// What a worker does: one slot's turn, over and over.
extension ClaimMachine {
    func visitWorker(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        let actor = Actor.worker(index)
        if worker.phase == .dead {
            guard bounds.restarts else { return }
            var next = state
            start(index, in: &next)
            return visit(Transition(Step(actor, .starts), next))
        }
        visitMisfortunes(index, state, visit)
        var next = state
        if worker.isPaused {
            next.workers[index].isPaused = false
            return visit(Transition(Step(actor, .resumes), next))
        }
        if !worker.isConnected {
            next.workers[index].highestEpoch = handshake(worker.highestEpoch, &next)
            next.workers[index].isConnected = true
            visit(Transition(Step(actor, .proceeds, .handshake), next))
            // The sink is another server: a task that runs goes on, and places its message.
            if effectivePhase(worker) == .running { visitRun(index, state, visit) }
            return
        }
        visitRenewal(index, state, visit)
        switch effectivePhase(worker) {
        case .absent, .dead: break
        case .claiming, .claimingToo, .claimingAwake: visitClaim(index, state, visit)
        case .waiting: visitWait(index, state, visit)
        case .registering: visitRegister(index, state, visit)
        case .moving: visitMove(index, state, visit)
        case .confirming: visitConfirm(index, state, visit)
        case .running: visitRun(index, state, visit)
        case .failing: visitFail(index, state, visit)
        case .ackingOne, .acking, .parting: visitAck(index, state, visit)
        case .releasing: visitRelease(index, state, visit)
        case .leaving: visitLeave(index, state, visit)
        }
    }

    /// What a worker does next, now that it may have been told to stop.
    func effectivePhase(_ worker: WorkerState) -> WorkerState.Phase {
        guard worker.isStopping else { return worker.phase }
        return switch worker.phase {
        case .claiming, .claimingToo: .leaving
        case .running where !worker.isLost: worker.done.isEmpty ? .releasing : .parting
        default: worker.phase
        }
    }

    /// What it will say next, which names the boundary that it stands at.
    func nextCommand(_ worker: WorkerState) -> Command? {
        switch effectivePhase(worker) {
        case .absent, .dead: nil
        case .claiming, .claimingToo, .claimingAwake: .claim
        case .waiting: .bzpopmin
        case .registering: .register
        case .moving: .blmove
        case .confirming: .confirm
        case .running: .place
        case .failing: .fail
        case .acking: .ack
        case .ackingOne, .parting: .ackTasks
        case .releasing: .release
        case .leaving: .leave
        }
    }

    /// Emits a command that was carried out in `next`, before its worker heard of it: heard, lost, and delayed.
    func visitCommand(
        _ index: Int, _ state: ClaimState, _ next: ClaimState, late: LateCommand?, breaking broken: Properties = [],
        about subject: Int = Int(Step.nothing), _ visit: Visit, hear: (inout WorkerState, inout ClaimState) -> Void
    ) {
        let actor = Actor.worker(index)
        let command = nextCommand(state.workers[index])
        var heard = next
        var worker = next.workers[index]
        worker.phase = effectivePhase(worker)
        hear(&worker, &heard)
        heard.workers[index] = worker
        visit(Transition(Step(actor, .proceeds, command, about: subject), heard, breaking: broken))
        guard state.budget.lostReplies > 0 else { return }
        var unheard = next
        unheard.budget.lostReplies -= 1
        repeatLater(&unheard.workers[index])
        visit(Transition(Step(actor, .unheard, command, about: subject), unheard, breaking: broken))
        guard bounds.lateArrivals, state.late == nil, let late else { return }
        var delayed = state
        delayed.budget.lostReplies -= 1
        delayed.late = late
        repeatLater(&delayed.workers[index])
        visit(Transition(Step(actor, .delayed, command, about: subject), delayed))
    }

    /// After a lost connection everything of that round trip is said again.
    func repeatLater(_ worker: inout WorkerState) {
        worker.isRepeating = true
        if worker.phase == .claimingToo { worker.phase = .acking }
    }

    // MARK: Claiming

    private func visitClaim(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        let order = ClaimOrder(
            nonce: worker.nonce, request: worker.request, slot: UInt8(index), wasWaiting: worker.phase == .claimingAwake
        )
        var next = state
        let answer = scripts.claim(order, in: &next.store, &next.history)
        visitCommand(index, state, next, late: .claim(order), visit) { worker, state in
            let wasRepeating = worker.isRepeating
            worker.dropHand()
            worker.watchesDelay = false
            switch answer {
            case .claimed(let record):
                worker.request += 1
                worker.hand = Hand(record, state.store.versions)
                worker.phase = record.isRetry ? .confirming : .running
            case .nothing(let isDelayed):
                // The server keeps no record of a request that found nothing, so its number may be given again.
                if wasRepeating { worker.request += 1 }
                worker.phase = worker.isStopping ? .leaving : .waiting
                worker.watchesDelay = isDelayed && !worker.isStopping
            case .gone:
                worker.request += 1
                worker.phase = worker.isStopping ? .leaving : .waiting
                worker.waitsBriefly = rules.claimsAnewWhenGone && !worker.isStopping
            }
        }
    }

    /// Blocks on the marker; gives up when a delayed task is due, or when it is told to stop.
    private func visitWait(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        let worker = state.workers[index]
        let isOver = worker.isStopping || worker.waitsBriefly || worker.watchesDelay && !state.store.due.isEmpty
        guard state.store.isMarked || isOver else { return }
        var next = state
        next.store.isMarked = false
        next.workers[index].phase = .claimingAwake
        next.workers[index].waitsBriefly = false
        visitCommand(index, state, next, late: nil, visit) { worker, _ in worker.phase = .claimingAwake }
    }

    // MARK: Of an earlier draft

    private func visitRegister(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        var next = state
        var worker = state.workers[index]
        next.history.claims += 1
        next.store.sequence += 1
        let name = ClaimName(nonce: Int(worker.nonce), request: Int(worker.request))
        let token = ClaimToken(epoch: next.store.epoch, sequence: next.store.sequence)
        let record = ClaimRecord(
            name: name, token: token, order: next.history.claims, tasks: ShortList(), isRetry: false)
        next.store.put(record)
        worker.request += 1
        worker.hand = Hand(record, CountTable())
        worker.phase = .moving
        next.workers[index] = worker
        visit(Transition(Step(.worker(index), .proceeds, .register), next))
    }

    /// The task goes into the claim's list, whether or not there still is one; the retry list comes first.
    private func visitMove(_ index: Int, _ state: ClaimState, _ visit: Visit) {
        guard let hand = state.workers[index].hand else { return }
        var next = state
        guard let task = state.store.retry.first ?? state.store.pending.first else { return }
        if state.store.retry.isEmpty { next.store.pending.removeFirst() } else { next.store.retry.removeFirst() }
        var record =
            state.store.claim(hand.name)
            ?? ClaimRecord(
                name: hand.name, token: hand.token, order: hand.order, tasks: ShortList(), isRetry: false, lease: .none)
        record.tasks.append(task)
        next.store.put(record)
        visitCommand(index, state, next, late: nil, about: task, visit) { worker, _ in
            worker.hand?.tasks = ShortList(only: task)
            worker.phase = .running
        }
    }
}
