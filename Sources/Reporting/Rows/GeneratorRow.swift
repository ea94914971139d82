package import Measurement

/// A row of `generators.csv`: what one generator was to send, and what it sent.
package struct GeneratorRow: CSVTable, Sendable, Equatable {
    package static let fileName = "generators.csv"
    package static let rowMeaning = "a generator process"

    package var key: RunKey
    /// The process' name in the run.
    package var name: String
    /// Tasks that it sent, acknowledged or not.
    package var sent: Int
    /// Rate of its schedule; `nil` without one.
    package var offeredPerSecond: Double?
    /// Rate of its sending.
    package var sentPerSecond: Double?
    /// How late it sent them.
    package var lag: LatencySummary
    /// The times between tasks as they were to be sent; `nil` without a schedule.
    package var plannedGaps: ArrivalGaps?
    /// The times between tasks as they were sent.
    package var sentGaps: ArrivalGaps
    /// True for a Poisson process, so that gaps are to be exponential.
    package var isPoisson: Bool
    /// Seconds that its thread computed.
    package var cpuSeconds: Double
    /// Seconds that it wanted a core and had none.
    package var coreWaitSeconds: Double
    /// Seconds that it waited for the server.
    package var serverWaitSeconds: Double
    /// From its first sending to its last answer.
    package var durationSeconds: Double
    /// Whether it kept up; `nil` without a schedule, and with too few tasks to say.
    package var verdict: GeneratorVerdict?

    /// A row of the given values.
    package init(
        key: RunKey, name: String, sent: Int, offeredPerSecond: Double?, sentPerSecond: Double?, lag: LatencySummary,
        plannedGaps: ArrivalGaps?, sentGaps: ArrivalGaps, isPoisson: Bool, cpuSeconds: Double, coreWaitSeconds: Double,
        serverWaitSeconds: Double, durationSeconds: Double, verdict: GeneratorVerdict?
    ) {
        self.key = key
        self.name = name
        self.sent = sent
        self.offeredPerSecond = offeredPerSecond
        self.sentPerSecond = sentPerSecond
        self.lag = lag
        self.plannedGaps = plannedGaps
        self.sentGaps = sentGaps
        self.isPoisson = isPoisson
        self.cpuSeconds = cpuSeconds
        self.coreWaitSeconds = coreWaitSeconds
        self.serverWaitSeconds = serverWaitSeconds
        self.durationSeconds = durationSeconds
        self.verdict = verdict
    }

    /// Of the time of a core: computing.
    package var cpuShare: Double? { durationSeconds > 0 ? cpuSeconds / durationSeconds : nil }

    private var planned: ExponentialityTest? { isPoisson ? plannedGaps?.exponentiality : nil }
    private var achieved: ExponentialityTest? { isPoisson ? sentGaps.exponentiality : nil }

    package static let attributes: [CSVAttribute<GeneratorRow>] = [
        CSVAttribute("name", .text, \.name, "the process' name in the run"),
        CSVAttribute("sent", .tasks, \.sent, "tasks that it sent, acknowledged or not"),
        CSVAttribute(
            "offered_per_s", .perSecond, \.offeredPerSecond,
            "rate of its schedule, from the first task to the last; empty without one"),
        CSVAttribute("sent_per_s", .perSecond, \.sentPerSecond, "rate of its sending, from the first task to the last"),
        CSVAttribute("lag_p50_us", .microseconds, \.lag.p50, "sent − intended, all kinds together: median"),
        CSVAttribute("lag_p99_us", .microseconds, \.lag.p99, "likewise, 99th percentile"),
        CSVAttribute("lag_p99_9_us", .microseconds, \.lag.p99_9, "likewise, 99.9th percentile"),
        CSVAttribute("lag_max_us", .microseconds, \.lag.max, "likewise, greatest"),
        CSVAttribute(
            "gap_variation_planned", .number, derived: \.plannedGaps?.variation,
            "standard deviation ÷ mean of up to 1,000 of the times between intended sendings: 0 at a constant rate, 1 for a "
                + "Poisson process"),
        CSVAttribute(
            "gap_variation", .number, derived: \.sentGaps.variation,
            "the same of the sendings: tasks that are sent together have no time between them"),
        CSVAttribute(
            "anderson_darling_planned", .number, derived: \.planned?.statistic,
            "A²·(1 + 0.6 ÷ n) of those gaps against the exponential distribution; empty unless the arrivals are a Poisson "
                + "process"),
        CSVAttribute(
            "anderson_darling", .number, derived: \.achieved?.statistic,
            "the same of the sendings; a Poisson process exceeds 1.321 once in 20 times"),
        CSVAttribute(
            "cpu_s", .seconds, \.cpuSeconds, "CPU time of its thread from the first sending to the last answer"),
        CSVAttribute("cpu_share", .share, derived: \.cpuShare, "cpu_s ÷ that time"),
        CSVAttribute("core_wait_s", .seconds, \.coreWaitSeconds, "time in which it wanted a core and had none"),
        CSVAttribute("server_wait_s", .seconds, \.serverWaitSeconds, "time in which it waited for Redis"),
        CSVAttribute(
            "verdict", .text, \.verdict,
            "`kept_up`: 99 % of the rate was sent, and lag_p99_us is at most 2 ms or at most half of end_to_end_intended's p99; "
                + "else `held_up` when it was late for nothing but Redis' answers and waited for them longer than it computed or wanted a core, "
                + "and `fell_behind` when not: "
                + "such a run is unusable; empty without a schedule, and with fewer than 1,000 tasks"),
    ]
}

extension GeneratorVerdict: CSVValue {}
