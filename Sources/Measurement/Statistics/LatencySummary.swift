/// What a distribution of latencies looks like. All but `count` are in microseconds.
package struct LatencySummary: Sendable, Equatable {
    /// Values recorded.
    package var count: UInt64
    /// Arithmetic mean, exact.
    package var mean: Double
    /// Standard deviation of the values recorded (of a population), exact.
    package var stddev: Double
    /// Least value, exact.
    package var min: Double
    /// Percentiles: at least that share of the values is at or below; within 0.1 %, never below the true one.
    package var p50, p90, p95, p99, p99_9, p99_99: Double
    /// Greatest value, exact.
    package var max: Double

    /// A summary of the given values.
    package init(
        count: UInt64, mean: Double, stddev: Double, min: Double, p50: Double, p90: Double, p95: Double, p99: Double,
        p99_9: Double, p99_99: Double, max: Double
    ) {
        self.count = count
        self.mean = mean
        self.stddev = stddev
        self.min = min
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.p99_9 = p99_9
        self.p99_99 = p99_99
        self.max = max
    }
}
