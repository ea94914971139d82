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
    /// `phi` (with the √5 in it), `sqrt5` (the divisor), `power`, `division`, `omitted_term` (ψⁿ / √5), `final_rounding` (to an integer).
    package var source: String
    /// Value − F(n), with its sign, in units in the last place of F(n); on the row of `final_rounding` of the rounded value.
    package var errorUlp: Double
    /// The same if this source alone were exact.
    package var errorIfExactUlp: Double
    /// Error_ulp − error_if_exact_ulp.
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
            "`phi` (with the √5 in it), `sqrt5` (the divisor), `power`, `division`, `omitted_term` (ψⁿ / √5), `final_rounding` (to an integer)"
        ),
        CSVAttribute(
            "error_ulp", .ulp, \.errorUlp,
            "value − F(n), with its sign, in units in the last place of F(n); on the row of `final_rounding` of the rounded value"
        ),
        CSVAttribute(
            "error_if_exact_ulp", .ulp, \.errorIfExactUlp,
            "the same if this source alone were exact"),
        CSVAttribute(
            "contribution_ulp", .ulp, \.contributionUlp,
            "error_ulp − error_if_exact_ulp"),
    ]
}
