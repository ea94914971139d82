/// A row of `summary.csv`: a run in one line.
package struct SummaryRow: CSVTable, Sendable, Equatable {
    package static let fileName = "summary.csv"
    package static let rowMeaning = "a run"

    package var key: RunKey
    /// What it was told to do.
    package var setup: RunSetup
    /// What became of its tasks.
    package var counts: TaskCounts
    /// What became of its messages; `nil` for a run without a sink of its own.
    package var messages: MessageCounts?
    /// How fast it went.
    package var pace: RunPace
    /// What it used.
    package var cost: RunCost

    /// A row of the given parts.
    package init(
        key: RunKey, setup: RunSetup, counts: TaskCounts, messages: MessageCounts? = nil, pace: RunPace, cost: RunCost
    ) {
        self.key = key
        self.setup = setup
        self.counts = counts
        self.messages = messages
        self.pace = pace
        self.cost = cost
    }

    /// Commands of Redis for each acked task.
    package var redisCommandsPerTask: Double? { perTask(cost.redisCommands.map { Double($0) }) }

    /// Bytes in and out of Redis for each acked task.
    package var redisBytesPerTask: Double? {
        guard let received = cost.redisBytesIn, let sent = cost.redisBytesOut else { return nil }
        return perTask(Double(received) + Double(sent))
    }

    /// CPU time of Redis for each acked task, in microseconds.
    package var redisCPUPerTask: Double? { perTask(cost.redisCPUSeconds.map { $0 * 1e6 }) }

    private func perTask(_ total: Double?) -> Double? {
        counts.acked == 0 ? nil : total.map { $0 / Double(counts.acked) }
    }
}
