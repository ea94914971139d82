// What a worker of `lock` does.
extension LockMachine {
    func visitWorker(_ index: Int, _ state: LockState, _ visit: Visit) {
        let worker = state.workers[index]
        let actor = Actor.worker(index)
        var next = state
        if worker.phase == .dead {
            guard bounds.restarts else { return }
            start(index, in: &next)
            return visit(Transition(Step(actor, .starts), next))
        }
        visitMisfortunes(index, state, visit)
        if worker.isPaused {
            next.workers[index].isPaused = false
            return visit(Transition(Step(actor, .resumes), next))
        }
        switch worker.phase {
        case .absent, .dead: break
        case .moving, .waiting: visitMove(index, state, visit)
        case .locking: visitLock(index, state, visit)
        case .running: visitRun(index, state, visit)
        case .removing: visitRemove(index, state, visit)
        case .deleting: visitDelete(index, state, visit)
        }
    }

    private func command(_ worker: LockWorker) -> Command? {
        switch worker.phase {
        case .absent, .dead: nil
        case .moving: .lmove
        case .waiting: .blmove
        case .locking: locksBySetex ? .setex : .set
        case .running: .place
        case .removing: .lrem
        case .deleting: .del
        }
    }

    private func visitMisfortunes(_ index: Int, _ state: LockState, _ visit: Visit) {
        let worker = state.workers[index]
        let command = command(worker)
        var next = state
        if state.budget.crashes > 0 {
            next.budget.crashes -= 1
            next.workers[index] = LockWorker(phase: .dead)
            visit(Transition(Step(.worker(index), .dies, command, about: Int(worker.task)), next))
        }
        if state.budget.pauses > 0, !worker.isPaused {
            next = state
            next.budget.pauses -= 1
            next.workers[index].isPaused = true
            visit(Transition(Step(.worker(index), .pauses, command, about: Int(worker.task)), next))
        }
    }

    /// Emits a command that was carried out in `next`: heard, and with its reply lost.
    private func visitCommand(
        _ index: Int, _ state: LockState, _ next: LockState, about task: Int, repeating phase: LockWorker.Phase,
        _ visit: Visit, hear: (inout LockWorker) -> Void
    ) {
        let command = command(state.workers[index])
        var heard = next
        hear(&heard.workers[index])
        visit(Transition(Step(.worker(index), .proceeds, command, about: task), heard))
        guard state.budget.lostReplies > 0 else { return }
        var unheard = next
        unheard.budget.lostReplies -= 1
        unheard.workers[index].phase = phase
        unheard.workers[index].isRepeating = phase != .waiting
        if phase == .waiting { unheard.workers[index].task = 15 }
        visit(Transition(Step(.worker(index), .unheard, command, about: task), unheard))
    }

    /// The next task goes to the processing list. In one round trip with an ack both are said again when the reply is lost;
    /// the blocking command is not, and what it moved lies there without a lock.
    private func visitMove(_ index: Int, _ state: LockState, _ visit: Visit) {
        let worker = state.workers[index]
        var next = state
        guard let task = state.pending.first else {
            guard worker.phase == .moving else { return }
            next.workers[index] = LockWorker(phase: .waiting, nonce: worker.nonce)
            return visit(Transition(Step(.worker(index), .proceeds, .lmove), next))
        }
        next.pending.removeFirst()
        next.processing.append(task)
        let again: LockWorker.Phase = worker.phase == .waiting ? .waiting : worker.task == 15 ? .moving : .removing
        visitCommand(index, state, next, about: task, repeating: again, visit) { worker in
            (worker.phase, worker.task, worker.isRepeating) = (.locking, UInt8(task), false)
        }
    }

    private func visitLock(_ index: Int, _ state: LockState, _ visit: Visit) {
        let worker = state.workers[index]
        let task = Int(worker.task)
        var next = state
        let isFree = state.locks[task] == 0 || locksBySetex
        if isFree { next.locks[task] = Int(worker.nonce) }
        let isOwn = isFree || worker.isRepeating && state.locks[task] == Int(worker.nonce)
        visitCommand(index, state, next, about: task, repeating: .locking, visit) { worker in
            // Somebody else runs it: its copy in the processing list is a monitor's.
            (worker.phase, worker.isRepeating) = (isOwn ? .running : .waiting, false)
            if !isOwn { worker.task = 15 }
        }
    }

    private func visitRun(_ index: Int, _ state: LockState, _ visit: Visit) {
        let task = Int(state.workers[index].task)
        var next = state
        var broken: Properties = []
        if state.executed.contains(task) { broken.insert(.executionTwice) }
        if state.placed.contains(task), !rules.sinkKeepsReceipts { broken.insert(.effectTwice) }
        next.executed.insert(task)
        next.placed.insert(task)
        next.workers[index].phase = .removing
        visit(Transition(Step(.worker(index), .proceeds, .place, about: task), next, breaking: broken))
    }

    private func visitRemove(_ index: Int, _ state: LockState, _ visit: Visit) {
        let task = Int(state.workers[index].task)
        var next = state
        next.processing.removeOne(task)
        next.done.insert(task)
        visitCommand(index, state, next, about: task, repeating: .removing, visit) { $0.phase = .deleting }
    }

    private func visitDelete(_ index: Int, _ state: LockState, _ visit: Visit) {
        let worker = state.workers[index]
        let task = Int(worker.task)
        var next = state
        if !rules.comparesBeforeDeleting || state.locks[task] == Int(worker.nonce) { next.locks[task] = 0 }
        visitCommand(index, state, next, about: task, repeating: .removing, visit) { $0.phase = .moving }
    }
}
