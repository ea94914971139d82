/// `lock` and `lock-setex`: one task is moved, locked, run, removed, and its lock deleted, each by a command of its own; a
/// monitor pushes back what has no lock.
///
/// A lock runs out when whoever set it is dead, suspended, or past that task; of a live one only as the budget allows, for
/// it is renewed. Of a task that is in the lists three times no further copy is made, so that the world is finite.
package struct LockMachine: ProtocolMachine {
    typealias Visit = (Transition<LockState>) -> Void

    /// As they were given.
    package let bounds: Bounds
    let rules: LockRules
    let locksBySetex: Bool

    /// - Parameters:
    ///   - bounds: how large the world is, and what may go wrong in it.
    ///   - rules: as the pattern has them, or mended.
    ///   - locksBySetex: lock with SETEX, which does not look whether there is a lock.
    package init(_ bounds: Bounds, rules: LockRules = LockRules(), locksBySetex: Bool = false) {
        self.bounds = bounds
        self.rules = rules
        self.locksBySetex = locksBySetex
    }

    /// `lock` or `lock-setex`.
    package var kind: ProtocolKind { locksBySetex ? .lockSetex : .lock }

    /// Tasks in the queue or with the producer, workers about to move one.
    package var initial: LockState {
        var state = LockState(budget: Budget(bounds))
        if bounds.isFilled {
            state.pending = ShortList(first: bounds.tasks)
            state.enqueued = UInt8(bounds.tasks)
        }
        for index in 0..<bounds.workers { start(index, in: &state) }
        for index in 0..<bounds.monitors { state.monitors[index].phase = .looking }
        return state
    }

    /// Calls `visit` with every step that changes something.
    package func visitSteps(from state: LockState, _ visit: (Transition<LockState>) -> Void) {
        visitProducer(state, visit)
        for index in 0..<bounds.workers { visitWorker(index, state, visit) }
        for index in 0..<bounds.monitors { visitMonitor(index, state, visit) }
        visitClock(state, visit)
    }

    func start(_ index: Int, in state: inout LockState) {
        state.starts += 1
        state.workers[index] = LockWorker(phase: .moving, nonce: state.starts)
    }

    /// RPUSH and nothing else: an answer that is lost means that it is pushed twice.
    private func visitProducer(_ state: LockState, _ visit: Visit) {
        guard state.enqueued < bounds.tasks else { return }
        let task = Int(state.enqueued)
        var next = state
        next.pending.append(task)
        if state.budget.lostReplies > 0 {
            var unheard = next
            unheard.budget.lostReplies -= 1
            visit(Transition(Step(.producer, .unheard, .rpush, about: task), unheard))
        }
        next.enqueued += 1
        visit(Transition(Step(.producer, .proceeds, .rpush, about: task), next))
    }

    private func visitClock(_ state: LockState, _ visit: Visit) {
        for task in 0..<bounds.tasks where state.locks[task] > 0 {
            let isKept = (0..<bounds.workers).contains { index in
                let worker = state.workers[index]
                return worker.isLive && !worker.isPaused && Int(worker.task) == task
                    && Int(worker.nonce) == state.locks[task]
            }
            guard !isKept || state.budget.expiries > 0 else { continue }
            var next = state
            if isKept { next.budget.expiries -= 1 }
            next.locks[task] = 0
            visit(Transition(Step(.clock, .expires, about: task), next))
        }
    }
}
