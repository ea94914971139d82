/// How long a server is occupied by a task: the first two moments, which are all that a mean wait depends on.
///
/// In any unit of time; that of the second moment is its square.
package struct ServiceTime: Sendable, Equatable {
    /// Mean.
    package let mean: Double
    /// Mean of the squares, at least the square of the mean.
    package let secondMoment: Double

    /// Moments as they are given: a mean of at least 0, and no second moment below its square.
    package init(mean: Double, secondMoment: Double) {
        precondition(mean >= 0 && secondMoment >= mean * mean * (1 - 1e-9), "no time has such moments")
        self.mean = mean
        self.secondMoment = max(secondMoment, mean * mean)
    }

    /// Always the same.
    package static func fixed(_ time: Double) -> ServiceTime { ServiceTime(mean: time, secondMoment: time * time) }

    /// Exponential with that mean.
    package static func exponential(mean: Double) -> ServiceTime {
        ServiceTime(mean: mean, secondMoment: 2 * mean * mean)
    }

    /// The moments of what was measured, each at least 0; `nil` of nothing.
    package init?(_ times: some Collection<Double>) {
        guard !times.isEmpty else { return nil }
        let count = Double(times.count)
        self.init(
            mean: times.reduce(0, +) / count, secondMoment: times.reduce(0) { $0 + $1 * $1 } / count)
    }

    /// The variance in units of the mean's square: 0 for a fixed time, 1 for an exponential one.
    package var squaredVariation: Double {
        mean > 0 ? max(0, secondMoment / (mean * mean) - 1) : 0
    }
}
