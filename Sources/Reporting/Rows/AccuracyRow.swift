/// A row of `accuracy.csv`: how right an algorithm is at one n and one precision.
package struct AccuracyRow: CSVTable, Sendable, Equatable {
    package static let fileName = "accuracy.csv"
    package static let rowMeaning = "n × algorithm × precision seen in the run, or asked of `fibq accuracy`"

    package var key: RunKey
    /// Index of the Fibonacci number.
    package var n: Int
    /// Name of the algorithm.
    package var algorithm: String
    /// Bits of the significand it computed with; empty for one on integers.
    package var precisionBits: Int?
    /// F(n) in decimal; give it through ``SHA256Text/shortened(integer:)``.
    package var exact: String
    /// Its result, rounded to an integer, shortened alike; `nil` when it is not finite.
    package var computed: String?
    /// |value − F(n)| before that last rounding, in decimal notation (it may exceed any `Double`).
    package var absoluteError: String?
    /// Absolute_error ÷ F(n); empty where F(n) is 0.
    package var relativeError: Double?
    /// Absolute_error in units in the last place of F(n) at that precision.
    package var ulpError: Double?
    /// Leading decimal digits of `computed` that agree with `exact`; 0 if their numbers of digits differ.
    package var correctDigits: Int?
    /// Whether `computed` is F(n).
    package var isExact: Bool
    /// Mean service time of it in the run.
    package var durationNanoseconds: UInt64?

    /// A row of the given values.
    package init(
        key: RunKey, n: Int, algorithm: String, precisionBits: Int?, exact: String, computed: String?,
        absoluteError: String?, relativeError: Double?, ulpError: Double?, correctDigits: Int?, isExact: Bool,
        durationNanoseconds: UInt64?
    ) {
        self.key = key
        self.n = n
        self.algorithm = algorithm
        self.precisionBits = precisionBits
        self.exact = exact
        self.computed = computed
        self.absoluteError = absoluteError
        self.relativeError = relativeError
        self.ulpError = ulpError
        self.correctDigits = correctDigits
        self.isExact = isExact
        self.durationNanoseconds = durationNanoseconds
    }

    package static let attributes: [CSVAttribute<AccuracyRow>] = [
        CSVAttribute("n", .number, \.n, "index of the Fibonacci number"),
        CSVAttribute("algorithm", .text, \.algorithm, "name of the algorithm"),
        CSVAttribute(
            "precision_bits", .bits, \.precisionBits,
            "bits of the significand it computed with; empty for one on integers"),
        CSVAttribute("exact", .text, \.exact, "F(n) in decimal; over 1,000 digits as `sha256:<hex>:<digits>`"),
        CSVAttribute(
            "computed", .text, \.computed,
            "its result, rounded to an integer, in decimal, shortened alike; empty when it is not finite"),
        CSVAttribute(
            "absolute_error", .number, \.absoluteError,
            "|value − F(n)| before that last rounding; 0 for an algorithm on integers that is right"),
        CSVAttribute("relative_error", .number, \.relativeError, "absolute_error ÷ F(n); empty where F(n) is 0"),
        CSVAttribute(
            "ulp_error", .ulp, \.ulpError,
            "absolute_error in units in the last place of F(n) at that precision"),
        CSVAttribute(
            "correct_digits", .digits, \.correctDigits,
            "leading decimal digits of `computed` that agree with `exact`; 0 if their numbers of digits differ"),
        CSVAttribute("is_exact", .truth, \.isExact, "whether `computed` is F(n)"),
        CSVAttribute(
            "duration_ns", .nanoseconds, \.durationNanoseconds,
            "mean service time of it in the run; in `fibq accuracy` the time of the one computation"),
    ]
}
