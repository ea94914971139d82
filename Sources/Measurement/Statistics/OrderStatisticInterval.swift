import Glibc

/// The middle of some values, and an interval that holds the median of what they are drawn from, whatever their distribution.
///
/// Its ends are two of the values, as far from both ends of their order: H. A. David, H. N. Nagaraja, Order Statistics (2003), 7.1.
package struct OrderStatisticInterval: Sendable, Equatable {
    /// The middle value, or the mean of the two in the middle.
    package let median: Double
    /// The lower end.
    package let low: Double
    /// The upper end.
    package let high: Double
    /// The probability that such an interval holds the true median: at least the confidence that was asked for.
    package let coverage: Double

    /// The narrowest interval of that confidence; `nil` with too few values for one, such as fewer than 6 for 95 %.
    package init?(_ values: [Double], confidence: Double = 0.95) {
        precondition((0..<1).contains(confidence), "a confidence is below 1")
        guard let median = values.median else { return nil }
        let count = values.count
        // The chance that no more than so many values lie below the median.
        var (term, below) = (exp2(-Double(count)), exp2(-Double(count)))
        guard 1 - 2 * below >= confidence, count > 1 else { return nil }
        var left = 0
        while left + 1 < count - 2 - left {
            term *= Double(count - left) / Double(left + 1)
            guard 1 - 2 * (below + term) >= confidence else { break }
            below += term
            left += 1
        }
        let sorted = values.sorted()
        (self.median, low, high) = (median, sorted[left], sorted[count - 1 - left])
        coverage = 1 - 2 * below
    }
}
