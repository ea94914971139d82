import Histogram

/// A distribution of latencies that merges without loss: an HDR histogram of three digits, with exact count, least,
/// greatest, mean and deviation kept beside it.
///
/// Recording costs tens of nanoseconds. It holds up to a few hundred KiB, depending on the greatest value. One a writer,
/// merged at the end.
package struct LatencyHistogram: Sendable {
    /// The greatest latency it takes, about 13 days. Above it can only be a clock read the wrong way round.
    package static let greatest: UInt64 = 1 << 50

    private var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    private var least = UInt64.max
    private var greatest: UInt64 = 0
    private var sum: UInt128 = 0
    private var sumOfSquares: UInt128 = 0

    /// An empty distribution.
    package init() {}

    /// Values recorded.
    package var count: UInt64 { histogram.totalCount }

    /// Records one latency in nanoseconds, which must not be above ``greatest``: none is ever dropped.
    package mutating func record(_ nanoseconds: UInt64) {
        precondition(nanoseconds <= Self.greatest, "a latency of \(nanoseconds) ns: its end is before its start")
        let isRecorded = histogram.record(nanoseconds)
        precondition(isRecorded, "the histogram refused \(nanoseconds) ns")
        least = min(least, nanoseconds)
        greatest = max(greatest, nanoseconds)
        sum += UInt128(nanoseconds)
        sumOfSquares += UInt128(nanoseconds) * UInt128(nanoseconds)
    }

    /// Adds all that `other` holds.
    package mutating func merge(_ other: LatencyHistogram) {
        histogram.add(other.histogram)
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
        sum += other.sum
        sumOfSquares += other.sumOfSquares
    }

    /// The value, in microseconds, that at least `percent` % of the recorded ones don't exceed; `nil` when empty.
    package func percentile(_ percent: Double) -> Double? {
        count == 0 ? nil : at(percent)
    }

    /// The distribution in numbers; `nil` when empty.
    package var summary: LatencySummary? {
        guard count > 0 else { return nil }
        return LatencySummary(
            count: count, mean: mean / 1000, stddev: deviation / 1000, min: Double(least) / 1000,
            p50: at(50), p90: at(90), p95: at(95), p99: at(99), p99_9: at(99.9), p99_99: at(99.99),
            max: Double(greatest) / 1000)
    }

    private func at(_ percent: Double) -> Double { Double(histogram.valueAtPercentile(percent)) / 1000 }

    private var mean: Double { Double(sum) / Double(count) }

    /// Squares are summed about the whole part of the mean, in integers, so that nothing cancels.
    private var deviation: Double {
        let count = UInt128(self.count)
        let (whole, rest) = sum.quotientAndRemainder(dividingBy: count)
        // Σ(x - w)² = Σx² - w(2Σx - nw) = Σx² - w(Σx + rest)
        let aboutWhole = Double(sumOfSquares - whole * (sum + rest)) / Double(count)
        let fraction = Double(rest) / Double(count)
        return max(0, aboutWhole - fraction * fraction).squareRoot()
    }
}
