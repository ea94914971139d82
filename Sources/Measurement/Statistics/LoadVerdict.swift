/// Whether a system kept up with what was asked of it.
package enum LoadVerdict: String, Sendable, CaseIterable {
    /// The backlog neither grows nor shrinks beyond the tolerance.
    case steady
    /// The backlog grows: more arrives than is done.
    case overloaded
    /// The backlog shrinks: it lives on what was there before.
    case draining

    /// Judges backlog samples taken while tasks arrived at `arrivalRate` a second.
    ///
    /// The rule: with tolerance × arrival rate as the slope that doesn't matter, the backlog is `overloaded` when the
    /// whole 95 % interval of its slope lies above it, `draining` when the whole interval lies below its negative, and
    /// `steady` otherwise. So at 1 % a system that falls behind by less than one task in a hundred counts as steady, as
    /// does one whose backlog only swings. `nil` with fewer than 3 samples.
    ///
    /// - Parameter remembers: whether the interval allows for samples that are like their neighbours, which those of a backlog are.
    package static func judge(
        backlog: [TimedValue], arrivalRate: Double, tolerance: Double = 0.01, remembers: Bool = true
    ) -> LoadVerdict? {
        guard let trend = Trend(backlog) else { return nil }
        let harmless = tolerance * arrivalRate
        let interval = remembers ? trend.intervalWithMemory : trend.interval
        if interval.lowerBound > harmless { return .overloaded }
        if interval.upperBound < -harmless { return .draining }
        return .steady
    }
}
