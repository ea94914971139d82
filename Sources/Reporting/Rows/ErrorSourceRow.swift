/// A row of `error_sources.csv`: what one step of the closed formula adds to its error.
package struct ErrorSourceRow: CSVTable, Sendable, Equatable {
    package static let fileName = "error_sources.csv"
    package static let rowMeaning = "n × precision × rounding mode × source of error"

    package var key: RunKey
    /// Index of the Fibonacci number.
    package var n: Int
    /// Name of the algorithm.
    package var algorithm: String
    /// Bits of the significand.
    package var precisionBits: Int
    /// Mode of every rounded step.
    package var rounding: String
    /// `omitted_term` (ψⁿ / √5), `phi` (with the √5 in it), `power`, `sqrt5` (the divisor), `division`, `final_rounding` (to an integer).
    package var source: String
    /// Value − F(n), with its sign, in units in the last place of F(n), where this source and those before it in that order are as they are, and those after it exact.
    package var errorUlp: Double
    /// The same with this source exact too.
    package var errorIfExactUlp: Double
    /// Error_ulp − error_if_exact_ulp; of all sources together, the error of the rounded value.
    package var contributionUlp: Double

    /// A row of the given values.
    package init(
        key: RunKey, n: Int, algorithm: String, precisionBits: Int, rounding: String, source: String, errorUlp: Double,
        errorIfExactUlp: Double, contributionUlp: Double
    ) {
        self.key = key
        self.n = n
        self.algorithm = algorithm
        self.precisionBits = precisionBits
        self.rounding = rounding
        self.source = source
        self.errorUlp = errorUlp
        self.errorIfExactUlp = errorIfExactUlp
        self.contributionUlp = contributionUlp
    }

    package static let attributes: [CSVAttribute<ErrorSourceRow>] = [
        CSVAttribute(
            "n", .number, \.n,
            "index of the Fibonacci number"),
        CSVAttribute(
            "algorithm", .text, \.algorithm,
            "name of the algorithm"),
        CSVAttribute(
            "precision_bits", .bits, \.precisionBits,
            "bits of the significand"),
        CSVAttribute(
            "rounding", .text, \.rounding,
            "mode of every rounded step"),
        CSVAttribute(
            "source", .text, \.source,
            "`omitted_term` (ψⁿ / √5), `phi` (with the √5 in it), `power`, `sqrt5` (the divisor), `division`, `final_rounding` (to an integer)"
        ),
        CSVAttribute(
            "error_ulp", .ulp, \.errorUlp,
            "value − F(n), with its sign, in units in the last place of F(n), where this source and those before it in that order are as they are, and those after it exact"
        ),
        CSVAttribute(
            "error_if_exact_ulp", .ulp, \.errorIfExactUlp,
            "the same with this source exact too"),
        CSVAttribute(
            "contribution_ulp", .ulp, \.contributionUlp,
            "error_ulp − error_if_exact_ulp; of all sources together, the error of the rounded value"),
    ]
}
