import Measurement
import Reporting

/// Whether a probe says something of the queue: its generator kept up, or was late by what does not matter to the objective.
struct GeneratorPace {
    /// The share of the objective's limit by which the generator may be late.
    private static let shareOfLimit = 0.2
    /// It may be that late whatever the limit: timers and other processes make it so, in microseconds.
    private static let harmlessLag = 2_000.0

    /// How late it was, 99th percentile, in microseconds; `nil` when nothing was sent.
    let lagP99: Double?
    /// True when what was measured is the queue's doing.
    let keptUp: Bool

    /// Judges the run that left this.
    ///
    /// - Parameter limit: the objective's, in microseconds.
    init(_ outcome: RunOutcome, limit: Double) {
        let generators = outcome.summary.pace.generators
        lagP99 = generators?.lagP99
        let isHarmless = lagP99.map { $0 <= max(Self.harmlessLag, Self.shareOfLimit * limit) } ?? true
        keptUp = generators?.isUsable ?? true || isHarmless
    }
}
