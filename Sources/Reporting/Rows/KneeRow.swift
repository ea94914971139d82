package import Measurement

/// What a probe of `fibq knee` is for.
package enum KneeStage: String, Sendable, CaseIterable, CSVValue {
    /// It narrows down where the knee is.
    case search
    /// It is one of the repetitions at the rate found.
    case confirm
}

/// A row of `knee.csv`: what a set-up did at one rate.
package struct KneeRow: CSVTable, Sendable, Equatable {
    package static let fileName = "knee.csv"
    package static let rowMeaning = "a probe of `fibq knee`: a run at one rate"

    package var key: RunKey
    package var stage: KneeStage
    package var rank: Int
    package var ratePerSecond: Double
    package var pace: RunPace
    package var latencyKind: LatencyKind
    /// The distribution of that latency; `nil` when no task was done.
    package var latency: LatencySummary?
    /// The objective's figure; `nil` likewise.
    package var objectiveMicroseconds: Double?
    package var scheduleLagP99: Double?
    package var meetsObjective: Bool
    package var isUsable: Bool
    package var run: String
    package var leftInRedis: Int?

    /// A row of the given values.
    package init(
        key: RunKey, stage: KneeStage, rank: Int, ratePerSecond: Double, pace: RunPace, latencyKind: LatencyKind,
        latency: LatencySummary?, objectiveMicroseconds: Double?, scheduleLagP99: Double?, meetsObjective: Bool,
        isUsable: Bool, run: String, leftInRedis: Int?
    ) {
        self.key = key
        self.stage = stage
        self.rank = rank
        self.ratePerSecond = ratePerSecond
        self.pace = pace
        self.latencyKind = latencyKind
        self.latency = latency
        self.objectiveMicroseconds = objectiveMicroseconds
        self.scheduleLagP99 = scheduleLagP99
        self.meetsObjective = meetsObjective
        self.isUsable = isUsable
        self.run = run
        self.leftInRedis = leftInRedis
    }

    package static let attributes: [CSVAttribute<KneeRow>] = [
        CSVAttribute(
            "stage", .text, \.stage,
            "`search` for a probe that narrows down the knee, `confirm` for a repetition at the rate found"),
        CSVAttribute("rank", .number, \.rank, "which probe, from 1, in the order in which they were made"),
        CSVAttribute("rate_per_s", .perSecond, \.ratePerSecond, "rate of the arrival process"),
        CSVAttribute(
            "offered_per_s", .perSecond, \.pace.offeredPerSecond,
            "rate of the tasks that were due, from the first to the last"),
        CSVAttribute("sent_per_s", .perSecond, \.pace.sentPerSecond, "rate of the sending"),
        CSVAttribute("acked_per_s", .perSecond, \.pace.ackedPerSecond, "throughput, as in `summary.csv`"),
        CSVAttribute("latency_kind", .text, \.latencyKind, "the objective's latency kind; the next five are of it"),
        CSVAttribute(
            "p50_us", .microseconds, \.latency, \.p50,
            "median; of several task kinds the greatest, and so in the next four; empty when no task was done"),
        CSVAttribute("p90_us", .microseconds, \.latency, \.p90, "90th percentile"),
        CSVAttribute("p99_us", .microseconds, \.latency, \.p99, "99th percentile"),
        CSVAttribute("p99_9_us", .microseconds, \.latency, \.p99_9, "99.9th percentile"),
        CSVAttribute("max_us", .microseconds, \.latency, \.max, "greatest"),
        CSVAttribute(
            "objective_us", .microseconds, \.objectiveMicroseconds,
            "the figure that the objective is about; empty when no task was done"),
        CSVAttribute(
            "backlog_slope_per_s", .perSecond, \.pace.backlogSlopePerSecond,
            "growth of the backlog in the steady window, as in `summary.csv`"),
        CSVAttribute("verdict", .text, \.pace.verdict, "`steady`, `overloaded` or `draining`, as in `summary.csv`"),
        CSVAttribute(
            "schedule_lag_p99_us", .microseconds, \.scheduleLagP99, "how late the generator was, 99th percentile"),
        CSVAttribute(
            "meets_objective", .truth, \.meetsObjective,
            "whether each task kind met the objective, the backlog did not grow, and everything was done in time"),
        CSVAttribute(
            "is_usable", .truth, \.isUsable,
            "`false` when the generator fell behind its plan while the backlog did not grow: then the probe says nothing"
        ),
        CSVAttribute("run", .text, \.run, "the folder of the probe's own files"),
        CSVAttribute(
            "left_in_redis", .tasks, \.leftInRedis, "tasks that were not done within the time for draining"),
    ]
}
