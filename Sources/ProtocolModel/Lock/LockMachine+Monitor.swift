// What a monitor of `lock` does: it reads the list, asks for each lock, and pushes back what has none.
extension LockMachine {
    func visitMonitor(_ index: Int, _ state: LockState, _ visit: Visit) {
        let monitor = state.monitors[index]
        let actor = Actor.monitor(index)
        if monitor.phase == .dead {
            var next = state
            next.monitors[index] = LockMonitor(phase: .looking)
            return visit(Transition(Step(actor, .starts), next))
        }
        if state.budget.crashes > 0, monitor.phase != .looking {
            var next = state
            next.budget.crashes -= 1
            next.monitors[index] = LockMonitor(phase: .dead)
            visit(Transition(Step(actor, .dies, command(monitor)), next))
        }
        switch monitor.phase {
        case .absent, .dead: break
        case .looking: visitLook(index, state, visit)
        case .judging: visitJudge(index, state, visit)
        case .pushing, .removing: visitPushBack(index, state, visit)
        }
    }

    private func command(_ monitor: LockMonitor) -> Command? {
        switch monitor.phase {
        case .absent, .dead: nil
        case .looking: .lrange
        case .judging: .exists
        case .pushing: rules.requeuesAtomically ? .requeue : .rpush
        case .removing: .lrem
        }
    }

    private func visitLook(_ index: Int, _ state: LockState, _ visit: Visit) {
        guard !state.processing.isEmpty else { return }
        var next = state
        next.monitors[index].unjudged = state.processing
        next.monitors[index].phase = .judging
        visit(Transition(Step(.monitor(index), .proceeds, .lrange), next))
    }

    private func visitJudge(_ index: Int, _ state: LockState, _ visit: Visit) {
        var next = state
        var monitor = state.monitors[index]
        let task = monitor.unjudged.removeFirst()
        if state.locks[task] == 0 { monitor.orphans.append(task) }
        if monitor.unjudged.isEmpty { monitor.phase = begin(monitor) }
        next.monitors[index] = monitor
        visit(Transition(Step(.monitor(index), .proceeds, .exists, about: task), next))
    }

    /// With which command the next orphan is pushed back.
    private func begin(_ monitor: LockMonitor) -> LockMonitor.Phase {
        if monitor.orphans.isEmpty { return .looking }
        return rules.monitorPushesFirst || rules.requeuesAtomically ? .pushing : .removing
    }

    private func visitPushBack(_ index: Int, _ state: LockState, _ visit: Visit) {
        guard let task = state.monitors[index].orphans.first else { return }
        let step = Step(.monitor(index), .proceeds, command(state.monitors[index]), about: task)
        let isPushing = state.monitors[index].phase == .pushing
        var next = state
        var isOver = isPushing != rules.monitorPushesFirst
        if rules.requeuesAtomically {
            if next.processing.removeOne(task) { next.pending.append(task) }
            isOver = true
        } else if isPushing {
            if state.copies(of: task) < 3 { next.pending.append(task) }
        } else if !next.processing.removeOne(task), !rules.monitorPushesFirst {
            isOver = true
        }
        if isOver {
            next.monitors[index].orphans.removeFirst()
            next.monitors[index].phase = begin(next.monitors[index])
        } else {
            next.monitors[index].phase = isPushing ? .removing : .pushing
        }
        visit(Transition(step, next))
        guard state.budget.lostReplies > 0 else { return }
        // After a lost connection the monitor looks anew.
        var unheard = next
        unheard.budget.lostReplies -= 1
        unheard.monitors[index] = LockMonitor(phase: .looking)
        visit(Transition(Step(.monitor(index), .unheard, step.command, about: task), unheard))
    }
}
