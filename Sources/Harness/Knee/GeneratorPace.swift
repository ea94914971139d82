import Measurement
import Reporting

/// Whether the generator of a run kept up with its plan: the one place that decides whether a probe says anything.
struct GeneratorPace {
    /// The share of the rate asked for that must have been sent.
    private static let leastShare = 0.99
    /// The share of the objective's limit by which the generator may be late.
    private static let shareOfLimit = 0.2
    /// It may be that late whatever the limit: timers and other processes make it so, in microseconds.
    private static let harmlessLag = 2_000.0

    /// A generator that is late by less than that is late now and then, and not ever more, in microseconds.
    private static let leastBacklog = 100_000.0

    /// How late it was, 99th percentile, in microseconds; `nil` when nothing was sent.
    let lagP99: Double?
    /// True when what was measured is the queue's doing.
    let keptUp: Bool

    /// Judges the run that left this.
    init(_ outcome: RunOutcome, limit: Double) {
        let lags = outcome.latencies.filter { $0.latencyKind == .scheduleLag }.map(\.summary.p99)
        lagP99 = lags.max()
        let (pace, lag) = (outcome.summary.pace, lagP99 ?? 0)
        // A single task has no rate, and can't be behind.
        let isFast = (pace.sentPerSecond ?? 0) >= Self.leastShare * (pace.offeredPerSecond ?? 0)
        keptUp = lag <= max(Self.harmlessLag, Self.shareOfLimit * limit) && (isFast || lag <= Self.leastBacklog)
    }
}
