import Measurement
package import Reporting

/// Whether a probe says something of the queue: its generator kept up, was held up by the server, or was late by what does not
/// matter to the objective.
package struct GeneratorPace: Sendable, Equatable {
    /// The share of the objective's limit by which the generator may be late.
    private static let shareOfLimit = 0.2
    /// It may be that late whatever the limit: timers and other processes make it so, in microseconds.
    private static let harmlessLag = 500.0

    /// How late it was, 99th percentile, in microseconds; `nil` when nothing was sent.
    package let lagP99: Double?
    /// True when what was measured is the queue's doing.
    package let keptUp: Bool

    /// Judges a run by what its generators say of themselves; `limit` is that of the objective, in microseconds.
    package init(_ pace: RunPace, limit: Double) {
        lagP99 = pace.generators?.lagP99
        let isHarmless = lagP99.map { $0 <= max(Self.harmlessLag, Self.shareOfLimit * limit) } ?? true
        // Of few tasks the generators say nothing themselves.
        let verdict = pace.generators?.verdict
        keptUp = isHarmless || verdict == .keptUp || verdict == .heldUp
    }
}
