import Glibc

/// The confidence interval of a median that two of the sorted values bound, whatever the distribution: each of n independent
/// values is below the median with probability ½, so how many are is binomial.
///
/// The bounds lie equally far from both ends, as close to the middle as the confidence allows; what they cover is therefore
/// more than was asked for, and said exactly. (W. Conover, "Practical Nonparametric Statistics", 3rd edition, 1999, 3.2.)
package struct OrderStatisticInterval: Sendable, Equatable {
    /// The middle value, or the mean of the two in the middle.
    package let median: Double
    /// The lower bound: one of the values.
    package let low: Double
    /// The upper bound: one of the values.
    package let high: Double
    /// The probability that an interval made so holds the median, at least the confidence that was asked for.
    package let coverage: Double

    /// The interval of values; `nil` when they are too few for that confidence: fewer than 6 for 95 %.
    ///
    /// Cost O(n log n).
    package init?(_ values: some Collection<Double>, confidence: Double = 0.95) {
        guard let median = values.median, let (rank, coverage) = Self.rank(of: values.count, confidence) else {
            return nil
        }
        let sorted = values.sorted()
        self.median = median
        (low, high) = (sorted[rank - 1], sorted[sorted.count - rank])
        self.coverage = coverage
    }

    /// Half of the interval's width as a share of the median; `nil` when the median is not above 0.
    package var relativeHalfWidth: Double? { median > 0 ? (high - low) / 2 / median : nil }

    /// The greatest rank, from 1, that both bounds may have from their end, and what they cover; `nil` if there is none.
    private static func rank(of count: Int, _ confidence: Double) -> (rank: Int, coverage: Double)? {
        var found: (rank: Int, coverage: Double)?
        // The logarithm of the probability that just `below` values are below the median, and the sum up to it.
        var (logarithm, tail) = (-Double(count) * log(2), 0.0)
        for below in 0..<(count / 2) {
            tail += exp(logarithm)
            let coverage = 1 - 2 * tail
            guard coverage >= confidence else { break }
            found = (below + 1, coverage)
            logarithm += log(Double(count - below) / Double(below + 1))
        }
        return found
    }
}
