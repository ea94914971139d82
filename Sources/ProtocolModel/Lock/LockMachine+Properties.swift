// What must hold in every state of `lock`, and what a state looks like.
extension LockMachine {
    /// Which properties the state breaks. That a monitor has pushed a task and not removed it yet counts as two places.
    package func broken(in state: LockState) -> Properties {
        var broken: Properties = []
        for task in 0..<bounds.tasks {
            let places = state.copies(of: task) + (state.done.contains(task) ? 1 : 0)
            if places == 0, task < state.enqueued, !isInHand(task, state) { broken.insert(.lost) }
            if places > 1 { broken.insert(.twoPlaces) }
        }
        if !state.placed.isSuperset(of: state.done) { broken.insert(.endedUnrun) }
        let (first, second) = (state.workers[0], state.workers[1])
        if first.phase == .running, second.phase == .running, first.task == second.task { broken.insert(.runsAtOnce) }
        return broken
    }

    /// Whether a worker that lives will run the task, or a monitor that removed it first is about to push it.
    private func isInHand(_ task: Int, _ state: LockState) -> Bool {
        (0..<2).contains { index in
            let (worker, monitor) = (state.workers[index], state.monitors[index])
            return worker.isLive && Int(worker.task) == task
                || !rules.monitorPushesFirst && monitor.phase == .pushing && monitor.orphans.first == task
        }
    }

    /// Both lists are empty, and every task was done.
    package func isDrained(_ state: LockState) -> Bool {
        state.pending.isEmpty && state.processing.isEmpty && state.done.isSuperset(of: TaskSet(first: bounds.tasks))
    }

    /// What lies where in Redis, and how far each client is.
    package func describe(_ state: LockState) -> [String] {
        var lines = ["Redis: pending \(state.pending) processing \(state.processing)"]
        for task in 0..<bounds.tasks where state.locks[task] > 0 {
            lines.append("lock of t\(task + 1): set by start \(state.locks[task])")
        }
        for index in 0..<bounds.workers {
            let worker = state.workers[index]
            let task = worker.task < 15 ? " t\(worker.task + 1)" : ""
            lines.append("W\(index + 1): \(worker.phase)\(task)\(worker.isPaused ? ", suspended" : "")")
        }
        for index in 0..<bounds.monitors {
            let monitor = state.monitors[index]
            lines.append("M\(index + 1): \(monitor.phase) \(monitor.unjudged) orphans \(monitor.orphans)")
        }
        lines.append("done \(state.done), placed at the sink \(state.placed)")
        return lines
    }
}
