import Glibc

/// Whether lengths of time look like those between the events of a Poisson process: the test of Anderson and Darling against
/// the exponential distribution, whose mean is taken from the values themselves.
///
/// It is asked of up to some thousand values: with millions, clocks of nanoseconds already look unlike it.
///
/// R. B. D'Agostino, M. A. Stephens, "Goodness-of-Fit Techniques", 1986, table 4.14: the statistic for an unknown mean, its
/// correction for small samples, and the value that is exceeded by chance once in twenty times.
package struct ExponentialityTest: Sendable, Equatable {
    /// A² · (1 + 0.6 ÷ n).
    package let statistic: Double
    /// How many values.
    package let count: Int

    /// What one sample in twenty of a Poisson process exceeds.
    package static let critical = 1.321
    /// The fewest values that say something.
    package static let fewest = 20

    /// True unless the values differ more than those of a Poisson process do once in twenty times.
    package var isPassed: Bool { statistic <= Self.critical }

    /// The test of these values, none of them negative; `nil` with less than ``fewest``, or when all are 0.
    package init?(_ values: some Collection<Double>) {
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count >= Self.fewest, mean > 0 else { return nil }
        let scaled = values.sorted().map { $0 / mean }
        let count = Double(scaled.count)
        // Σ (2i − 1)(ln F(xᵢ) + ln(1 − F(xₙ₊₁₋ᵢ))), of which the second logarithm is −xₙ₊₁₋ᵢ ÷ mean. Values of 0, which such a
        // process never has, count as the smallest there are.
        let sum = zip(scaled, scaled.reversed()).enumerated().reduce(0.0) { sum, entry in
            let (low, high) = entry.element
            let below = max(-expm1(-low), .leastNormalMagnitude)
            return sum + Double(2 * entry.offset + 1) * (log(below) - high)
        }
        self.count = scaled.count
        statistic = (-count - sum / count) * (1 + 0.6 / count)
    }
}
