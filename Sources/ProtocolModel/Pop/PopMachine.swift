/// A world around one queue of the `pop` protocol: what waits, and what each worker has in its hands.
package struct PopState: Hashable, Sendable {
    /// A worker: alive or not, and the tasks that it popped and has not run.
    struct Worker: Hashable, Sendable {
        var isAlive = false
        var tasks = ShortList()
    }

    var pending = ShortList()
    var workers = Pair(Worker(), Worker())
    var enqueued: UInt8 = 0
    var budget: Budget
    var done = TaskSet()
}

/// `pop`: tasks are popped into a worker's hands, and nobody else knows of them.
package struct PopMachine: ProtocolMachine {
    /// As they were given.
    package let bounds: Bounds

    /// - Parameter bounds: how large the world is, and what may go wrong in it.
    package init(_ bounds: Bounds) {
        self.bounds = bounds
    }

    /// Always `pop`.
    package var kind: ProtocolKind { .pop }

    /// Tasks in the queue or with the producer, workers about to pop.
    package var initial: PopState {
        var state = PopState(budget: Budget(bounds))
        if bounds.isFilled {
            state.pending = ShortList(first: bounds.tasks)
            state.enqueued = UInt8(bounds.tasks)
        }
        for index in 0..<bounds.workers { state.workers[index].isAlive = true }
        return state
    }

    /// Calls `visit` with every step that changes something.
    package func visitSteps(from state: PopState, _ visit: (Transition<PopState>) -> Void) {
        visitProducer(state, visit)
        for index in 0..<bounds.workers {
            let worker = state.workers[index]
            var next = state
            if !worker.isAlive {
                next.workers[index].isAlive = true
                visit(Transition(Step(.worker(index), .starts), next))
                continue
            }
            if state.budget.crashes > 0 {
                next.budget.crashes -= 1
                next.workers[index] = PopState.Worker()
                visit(Transition(Step(.worker(index), .dies, worker.tasks.isEmpty ? .lpop : .place), next))
            }
            if worker.tasks.isEmpty { visitPop(index, state, visit) } else { visitRun(index, state, visit) }
        }
    }

    private func visitProducer(_ state: PopState, _ visit: (Transition<PopState>) -> Void) {
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

    private func visitPop(_ index: Int, _ state: PopState, _ visit: (Transition<PopState>) -> Void) {
        guard let task = state.pending.first else { return }
        var next = state
        let tasks = next.pending.takeFirst(bounds.claim)
        if state.budget.lostReplies > 0 {
            var unheard = next
            unheard.budget.lostReplies -= 1
            visit(Transition(Step(.worker(index), .unheard, .lpop, about: task), unheard))
        }
        next.workers[index].tasks = tasks
        visit(Transition(Step(.worker(index), .proceeds, .lpop, about: task), next))
    }

    private func visitRun(_ index: Int, _ state: PopState, _ visit: (Transition<PopState>) -> Void) {
        var next = state
        let task = next.workers[index].tasks.removeFirst()
        let isAgain = state.done.contains(task)
        next.done.insert(task)
        let step = Step(.worker(index), .proceeds, .place, about: task)
        visit(Transition(step, next, breaking: isAgain ? [.effectTwice, .executionTwice] : []))
    }

    /// Which properties the state breaks.
    package func broken(in state: PopState) -> Properties {
        var broken: Properties = []
        for task in 0..<bounds.tasks {
            var places = state.pending.occurrences(of: task) + (state.done.contains(task) ? 1 : 0)
            for index in 0..<2 { places += state.workers[index].tasks.occurrences(of: task) }
            if places == 0, task < state.enqueued { broken.insert(.lost) }
            if places > 1 { broken.insert(.twoPlaces) }
        }
        return broken
    }

    /// Nothing waits, and every task was run.
    package func isDrained(_ state: PopState) -> Bool {
        state.pending.isEmpty && state.workers[0].tasks.isEmpty && state.workers[1].tasks.isEmpty
            && state.done.isSuperset(of: TaskSet(first: bounds.tasks))
    }

    /// What waits, and what each worker has.
    package func describe(_ state: PopState) -> [String] {
        var lines = ["Redis: pending \(state.pending)"]
        for index in 0..<bounds.workers {
            let worker = state.workers[index]
            lines.append("W\(index + 1): \(worker.isAlive ? "has \(worker.tasks)" : "dead")")
        }
        lines.append("run and placed at the sink \(state.done)")
        return lines
    }
}
