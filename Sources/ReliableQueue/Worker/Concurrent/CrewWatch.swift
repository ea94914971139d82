/// Watches the tasks of a worker that runs many at once for their time limit, and ends those that are over it as failed.
struct CrewWatch: Sendable {
    let watch: TaskWatch
    let inFlight: InFlight
    let onOverdue: @Sendable (OverdueTask) -> Void

    /// Begins to watch a task.
    ///
    /// - Parameters:
    ///   - isStuck: whether it goes on running once it is given up.
    ///   - whenGivenUp: what else is to be done then.
    func begin(_ item: WorkItem, isStuck: Bool, whenGivenUp: @escaping @Sendable () -> Void) -> TaskWatch.Ticket {
        watch.begin { [self] in
            whenGivenUp()
            inFlight.end(item, .failed(reason: watch.reason))
            onOverdue(OverdueTask(id: item.id, isStuck: isStuck))
        }
    }

    /// The same for a thread of the cooperative pool. (Giving up a task takes a lock or two here, and no round trip.)
    func hasEnded(_ ticket: TaskWatch.Ticket) async -> Bool { watch.end(ticket) }

    /// True when the task had been given up, and was ended.
    func end(_ ticket: TaskWatch.Ticket) -> Bool { watch.end(ticket) }
}
