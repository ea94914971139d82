/// A row of `timings.csv`: how long an algorithm takes at one n.
package struct TimingRow: CSVTable, Sendable, Equatable {
    package static let fileName = "timings.csv"
    package static let rowMeaning = "algorithm × n"

    package var key: RunKey
    /// Name of the algorithm.
    package var algorithm: String
    /// Bits of the significand; for `binet-mpfr` those that make it exact at n.
    package var precisionBits: Int?
    /// Index of the Fibonacci number.
    package var n: Int
    /// Measurements taken, each of one call, or of so many that it takes 20 µs.
    package var samples: Int
    /// Median time of a call.
    package var medianNanoseconds: Double
    /// Least time of a call.
    package var minNanoseconds: Double

    /// A row of the given values.
    package init(
        key: RunKey, algorithm: String, precisionBits: Int?, n: Int, samples: Int, medianNanoseconds: Double,
        minNanoseconds: Double
    ) {
        self.key = key
        self.algorithm = algorithm
        self.precisionBits = precisionBits
        self.n = n
        self.samples = samples
        self.medianNanoseconds = medianNanoseconds
        self.minNanoseconds = minNanoseconds
    }

    package static let attributes: [CSVAttribute<TimingRow>] = [
        CSVAttribute(
            "algorithm", .text, \.algorithm,
            "name of the algorithm"),
        CSVAttribute(
            "precision_bits", .bits, \.precisionBits,
            "bits of the significand; for `binet-mpfr` those that make it exact at n"),
        CSVAttribute(
            "n", .number, \.n,
            "index of the Fibonacci number"),
        CSVAttribute(
            "samples", .count, \.samples,
            "measurements taken, each of one call, or of so many that it takes 20 µs"),
        CSVAttribute(
            "median_ns", .nanoseconds, \.medianNanoseconds,
            "median time of a call"),
        CSVAttribute(
            "min_ns", .nanoseconds, \.minNanoseconds,
            "least time of a call"),
    ]
}
