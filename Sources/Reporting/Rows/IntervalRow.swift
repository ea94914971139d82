package import Measurement

/// A row of `intervals.csv`: one second of a run.
///
/// There are two sorts of rows, and none repeats what another has, so any column may be summed over all rows: one a
/// task kind, with that kind's figures and the machine's left empty; and one a sample, of which one is taken each
/// second, without a task kind, with the machine's figures and the tasks' left empty.
package struct IntervalRow: CSVTable, Sendable, Equatable {
    /// What a row is about.
    package enum Content: Sendable, Equatable {
        /// The tasks of one kind.
        case tasks(kind: String, TaskInterval)
        /// All processes together.
        case machine(MachineInterval)
    }

    package static let fileName = "intervals.csv"
    package static let rowMeaning = """
        a second × phase × task kind, and a sample of the machine (`task_kind` empty) for what is not of a kind; \
        no value is in two rows
        """

    package var key: RunKey
    /// Which second since the first sending, from 0.
    package var second: Int
    /// The part of the run.
    package var phase: RunPhase
    /// What it is about.
    package var content: Content

    /// A row of the given values.
    package init(key: RunKey, second: Int, phase: RunPhase, content: Content) {
        self.key = key
        self.second = second
        self.phase = phase
        self.content = content
    }

    /// The task kind's name; `nil` on a row of all processes together.
    package private(set) var taskKind: String? {
        get { if case .tasks(let kind, _) = content { kind } else { nil } }
        set { if let newValue { content = .tasks(kind: newValue, tasks ?? .blank) } }
    }

    /// What the tasks of the kind did; `nil` on a row of all processes together.
    package private(set) var tasks: TaskInterval? {
        get { if case .tasks(_, let figures) = content { figures } else { nil } }
        set { if let newValue { content = .tasks(kind: taskKind ?? "", newValue) } }
    }

    /// The sample of all processes together; `nil` on the row of a task kind.
    package private(set) var machine: MachineInterval? {
        get { if case .machine(let figures) = content { figures } else { nil } }
        set { if let newValue { content = .machine(newValue) } }
    }

    package static let attributes: [CSVAttribute<IntervalRow>] = [
        CSVAttribute("second", .number, \.second, "which second since the first sending, from 0"),
        CSVAttribute(
            "phase", .text, \.phase,
            "`warm_up`, `steady` or `drain`; a second that a boundary cuts has rows in both"),
        CSVAttribute(
            "task_kind", .text, \.taskKind,
            "name of the task kind; empty on the row of all processes together, which is a sample"),
        CSVAttribute("sent", .tasks, \.tasks, \.sent, "tasks sent in this second, acknowledged or not"),
        CSVAttribute("acked", .tasks, \.tasks, \.acked, "tasks acked in this second; the next columns are of these"),
        CSVAttribute("service_sum_s", .seconds, \.tasks, \.serviceSumSeconds, "sum of their service times"),
        CSVAttribute(
            "service_sum_squares_s2", .secondsSquared, \.tasks, \.serviceSumSquares,
            "sum of the squares of their service times"),
        CSVAttribute(
            "end_to_end_intended_sum_s", .seconds, \.tasks, \.endToEndSumSeconds,
            "sum of their end_to_end_intended latencies"),
        CSVAttribute(
            "end_to_end_intended_p50_us", .microseconds, \.tasks, \.endToEndP50,
            "median of their end_to_end_intended latency"),
        CSVAttribute("end_to_end_intended_p99_us", .microseconds, \.tasks, \.endToEndP99, "99th percentile of it"),
        CSVAttribute("end_to_end_intended_max_us", .microseconds, \.tasks, \.endToEndMax, "greatest of it"),
        CSVAttribute("backlog", .tasks, \.machine, \.backlog, "tasks waiting in the queue at the sample"),
        CSVAttribute("in_flight", .tasks, \.machine, \.inFlight, "tasks claimed and not acked at the sample"),
        CSVAttribute(
            "cpu_worker_s", .seconds, \.machine, \.workerCPUSeconds, "CPU time of all workers since the sample before"),
        CSVAttribute(
            "cpu_redis_s", .seconds, \.machine, \.redisCPUSeconds, "CPU time of Redis since the sample before"),
        CSVAttribute(
            "throttled_s", .seconds, \.machine, \.throttledSeconds,
            "time since the sample before that a CPU limit kept processes from running: that of the instance, or else of the "
                + "control group that everything is in; empty without one"),
        CSVAttribute(
            "credit_balance", .credits, \.machine, \.creditBalance,
            "CPU credits left at the sample; empty without a burstable instance, and so are the last two columns"),
        CSVAttribute(
            "redis_memory_bytes", .bytes, \.machine, \.redisMemoryBytes,
            "memory that Redis uses at the sample (`used_memory`)"),
        CSVAttribute(
            "allowed_processors", .number, \.machine, \.allowedProcessors,
            "how many processors' worth of time the instance has from then on"
        ).newer,
        CSVAttribute(
            "time_scale", .number, \.machine, \.timeScale, "how many seconds of its credits are one that goes by"
        ).newer,
    ]
}

extension RunPhase: CSVValue {}
