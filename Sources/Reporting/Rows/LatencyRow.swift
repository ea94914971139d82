package import Measurement

/// The stretches of a task's way that are measured. Each is a latency kind of its own; they are not to be added up
/// except where a definition says so.
package enum LatencyKind: String, Sendable, CaseIterable, CSVValue {
    /// How late the generator was.
    case scheduleLag = "schedule_lag"
    /// Getting the task into the queue.
    case enqueue
    /// Waiting to run.
    case queueWait = "queue_wait"
    /// The exchange that fetched it.
    case claim
    /// Running.
    case service
    /// The exchange that took its ack.
    case ack
    /// From when it should have been sent to its end.
    case endToEndIntended = "end_to_end_intended"
    /// From when it was sent to its end.
    case endToEndActual = "end_to_end_actual"

    /// Its name for people.
    var title: String {
        switch self {
        case .endToEndIntended: "intended to end"
        case .endToEndActual: "sent to end"
        default: rawValue.replacing("_", with: " ")
        }
    }

    /// How it is computed from a task's times.
    package var definition: String {
        switch self {
        case .scheduleLag: "sent − intended"
        case .enqueue: "acknowledged − sent"
        case .queueWait: "started − sent"
        case .claim: "the exchange that fetched the task (part of queue_wait)"
        case .service: "finished − started"
        case .ack: "the exchange that took the task's ack; for a task acked by itself, from its end to the answer"
        case .endToEndIntended: "finished − intended"
        case .endToEndActual: "finished − sent (= queue_wait + service)"
        }
    }
}

/// A row of `latency.csv`: the distribution of one latency kind over the tasks of one kind.
package struct LatencyRow: CSVTable, Sendable, Equatable {
    package static let fileName = "latency.csv"
    package static let rowMeaning = "task kind × latency kind; there are no total rows"

    package var key: RunKey
    /// The task kind's name.
    package var taskKind: String
    /// What was measured.
    package var latencyKind: LatencyKind
    /// Its distribution.
    package var summary: LatencySummary

    /// A row of the given values.
    package init(key: RunKey, taskKind: String, latencyKind: LatencyKind, summary: LatencySummary) {
        self.key = key
        self.taskKind = taskKind
        self.latencyKind = latencyKind
        self.summary = summary
    }

    package static let attributes: [CSVAttribute<LatencyRow>] = [
        CSVAttribute("task_kind", .text, \.taskKind, "name of the task kind"),
        CSVAttribute("latency_kind", .text, \.latencyKind, "what was measured; see the latency kinds below"),
        CSVAttribute("count", .tasks, \.summary.count, "tasks measured"),
        CSVAttribute("mean_us", .microseconds, \.summary.mean, "arithmetic mean, exact"),
        CSVAttribute("stddev_us", .microseconds, \.summary.stddev, "standard deviation, exact"),
        CSVAttribute("min_us", .microseconds, \.summary.min, "least, exact"),
        CSVAttribute("p50_us", .microseconds, \.summary.p50, "median, within 0.1 %"),
        CSVAttribute("p90_us", .microseconds, \.summary.p90, "90th percentile, within 0.1 %"),
        CSVAttribute("p95_us", .microseconds, \.summary.p95, "95th percentile, within 0.1 %"),
        CSVAttribute("p99_us", .microseconds, \.summary.p99, "99th percentile, within 0.1 %"),
        CSVAttribute("p99_9_us", .microseconds, \.summary.p99_9, "99.9th percentile, within 0.1 %"),
        CSVAttribute("p99_99_us", .microseconds, \.summary.p99_99, "99.99th percentile, within 0.1 %"),
        CSVAttribute("max_us", .microseconds, \.summary.max, "greatest, exact"),
    ]
}
