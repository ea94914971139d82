/// A row of `io.csv`: where the time of one role went, for the tasks of one kind.
package struct IORow: CSVTable, Sendable, Equatable {
    package static let fileName = "io.csv"
    package static let rowMeaning = "task kind × role; there are no total rows"

    package var key: RunKey
    /// The task kind's name.
    package var taskKind: String
    /// Who did it: `worker` or `generator`.
    package var role: String
    /// Attempts that ran to their end (for a generator: tasks of batches that were answered).
    package var tasks: Int
    /// Wall time of the role's loop spent on tasks of this kind, without idle waits.
    package var wallSeconds: Double
    /// CPU time in it.
    package var cpuSeconds: Double
    /// Time in it waiting: for Redis, or in a task that is all waiting.
    package var ioWaitSeconds: Double
    /// Time in it ready to run without a core: run-queue delay and throttling, as the kernel counts them.
    package var otherWaitSeconds: Double
    /// What was exchanged to claim and to ack (for a generator: to enqueue).
    package var traffic: IOTraffic
    /// Tasks whose cost was measured by claim and apportioned.
    package var apportionedTasks: Int

    /// A row of the given values; residual, shares and concurrency follow from them.
    package init(
        key: RunKey, taskKind: String, role: String, tasks: Int, wallSeconds: Double, cpuSeconds: Double,
        ioWaitSeconds: Double, otherWaitSeconds: Double, traffic: IOTraffic, apportionedTasks: Int
    ) {
        self.key = key
        self.taskKind = taskKind
        self.role = role
        self.tasks = tasks
        self.wallSeconds = wallSeconds
        self.cpuSeconds = cpuSeconds
        self.ioWaitSeconds = ioWaitSeconds
        self.otherWaitSeconds = otherWaitSeconds
        self.traffic = traffic
        self.apportionedTasks = apportionedTasks
    }

    /// Wall time that nothing accounts for, in seconds; a little below 0 when the clocks disagree.
    package var residualSeconds: Double { wallSeconds - cpuSeconds - ioWaitSeconds - otherWaitSeconds }

    /// CPU time's part of the wall time; `nil` without any.
    package var cpuShare: Double? { wallSeconds > 0 ? cpuSeconds / wallSeconds : nil }

    /// I/O wait's part of the wall time; `nil` without any.
    package var ioShare: Double? { wallSeconds > 0 ? ioWaitSeconds / wallSeconds : nil }

    /// Executions at a time that would keep a core busy; `nil` without any CPU time.
    ///
    /// Only waiting for others counts: time without a core would not get shorter.
    package var suggestedConcurrency: Double? { cpuSeconds > 0 ? 1 + ioWaitSeconds / cpuSeconds : nil }

    /// Tasks a second that one core would do with that many executions at a time; `nil` without any CPU time.
    package var predictedPerSecond: Double? { cpuSeconds > 0 ? Double(tasks) / cpuSeconds : nil }
}
