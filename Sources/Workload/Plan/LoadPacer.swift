/// Decides which tasks of a plan to send at what time: the pure core of the load generator.
///
/// The clock is passed in. After a stall every task that is overdue goes out in the next batches with its intended
/// time unchanged, so latencies counted from it are free of coordinated omission.
package struct LoadPacer: Sendable {
    /// What the load generator has to do next.
    package enum Step: Hashable, Sendable {
        /// Send the batch, then ask again at once: more may be due.
        case send
        /// Nothing is due; ask again at that time, in nanoseconds from the start of the schedule.
        case wait(until: UInt64)
        /// The plan is done.
        case finished
    }

    private let batchLimit: Int
    private var iterator: TaskPlan.Iterator
    private var upcoming: PlannedTask?

    /// A pacer at the start of `plan` whose batches hold at most `batchLimit` tasks, which must be positive.
    package init(plan: TaskPlan, batchLimit: Int = 256) {
        precondition(batchLimit > 0, "a batch holds at least one task")
        self.batchLimit = batchLimit
        iterator = plan.makeIterator()
        upcoming = iterator.next()
    }

    /// Replaces the content of `batch` by the tasks that are due at `elapsed` nanoseconds from the start of the
    /// schedule, in order, at most `batchLimit` and `allowed` of them, the latter at least 1; empties it unless the answer is
    /// `send`.
    ///
    /// Allocates only while `batch` has not grown to its limit.
    package mutating func next(
        at elapsed: UInt64, atMost allowed: Int = .max, into batch: inout [PlannedTask]
    ) -> Step {
        batch.removeAll(keepingCapacity: true)
        while batch.count < min(batchLimit, allowed), let task = upcoming, task.offsetNanoseconds <= elapsed {
            batch.append(task)
            upcoming = iterator.next()
        }
        guard batch.isEmpty else { return .send }
        return upcoming.map { .wait(until: $0.offsetNanoseconds) } ?? .finished
    }
}
