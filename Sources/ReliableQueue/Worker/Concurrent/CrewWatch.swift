/// Watches the tasks of a worker that runs many at once for their time limit, and ends those that are over it as failed.
struct CrewWatch: Sendable {
    let watch: TaskWatch
    let inFlight: InFlight
    let onOverdue: @Sendable (OverdueTask) -> Void

    /// Begins to watch a task.
    ///
    /// - Parameters:
    ///   - isComputing: whether nothing can stop it, so that it is stuck if it still runs when it was given up.
    ///   - willGiveUp: called first.
    ///   - didGiveUp: told at last whether it still runs.
    func begin(
        _ item: WorkItem, isComputing: Bool, willGiveUp: @escaping @Sendable () -> Void = {},
        didGiveUp: @escaping @Sendable (_ isRunning: Bool) -> Void
    ) -> TaskWatch.Ticket {
        watch.begin { [self] in
            willGiveUp()
            inFlight.end(item, .failed(reason: watch.reason))
        } thenReport: { [self] isRunning in
            didGiveUp(isRunning)
            onOverdue(OverdueTask(id: item.id, isStuck: isComputing && isRunning))
        }
    }

    /// Calls `body` after as long again as a task may take.
    func afterTheLimitAgain(_ body: @escaping @Sendable () -> Void) {
        _ = watch.begin(body, thenReport: { _ in })
    }

    /// The same as ``end(_:)`` for a thread of the cooperative pool, which is not held up for long: what is waited for is a
    /// task's being noted as ended, which takes some locks, and neither the server nor anybody who is told of it.
    func hasEnded(_ ticket: TaskWatch.Ticket) async -> Bool { end(ticket) }

    /// True when the task had been given up, and was ended.
    func end(_ ticket: TaskWatch.Ticket) -> Bool { watch.end(ticket) != .inTime }
}
