/// A row of `divergence.csv`: how far an algorithm is right, at a precision and in a rounding mode.
package struct DivergenceRow: CSVTable, Sendable, Equatable {
    package static let fileName = "divergence.csv"
    package static let rowMeaning = "algorithm × precision × rounding mode"

    package var key: RunKey
    /// Name of the algorithm.
    package var algorithm: String
    /// Bits of the significand it computes with.
    package var precisionBits: Int?
    /// Mode of every rounded step: `nearest`, `zero`, `up`, `down` or `away`.
    package var rounding: String
    /// First n whose rounded value is not F(n).
    package var firstInexact: Int?
    /// Last n whose rounded value is F(n), of all n that such a significand can hold.
    package var lastExact: Int?
    /// First n whose F(n), without the zero bits at its end, has more bits than the significand.
    package var firstUnrepresentable: Int?
    /// First n for which the format has no finite value; empty where none was reached.
    package var firstOverflow: Int?
    /// How many n below last_exact are not exact.
    package var inexactBelowLastExact: Int

    /// A row of the given values.
    package init(
        key: RunKey, algorithm: String, precisionBits: Int?, rounding: String, firstInexact: Int?, lastExact: Int?,
        firstUnrepresentable: Int?, firstOverflow: Int?, inexactBelowLastExact: Int
    ) {
        self.key = key
        self.algorithm = algorithm
        self.precisionBits = precisionBits
        self.rounding = rounding
        self.firstInexact = firstInexact
        self.lastExact = lastExact
        self.firstUnrepresentable = firstUnrepresentable
        self.firstOverflow = firstOverflow
        self.inexactBelowLastExact = inexactBelowLastExact
    }

    package static let attributes: [CSVAttribute<DivergenceRow>] = [
        CSVAttribute(
            "algorithm", .text, \.algorithm,
            "name of the algorithm"),
        CSVAttribute(
            "precision_bits", .bits, \.precisionBits,
            "bits of the significand it computes with"),
        CSVAttribute(
            "rounding", .text, \.rounding,
            "mode of every rounded step: `nearest`, `zero`, `up`, `down` or `away`"),
        CSVAttribute(
            "first_inexact", .number, \.firstInexact,
            "first n whose rounded value is not F(n)"),
        CSVAttribute(
            "last_exact", .number, \.lastExact,
            "last n whose rounded value is F(n), of all n that such a significand can hold"),
        CSVAttribute(
            "first_unrepresentable", .number, \.firstUnrepresentable,
            "first n whose F(n), without the zero bits at its end, has more bits than the significand"),
        CSVAttribute(
            "first_overflow", .number, \.firstOverflow,
            "first n for which the format has no finite value; empty where none was reached"),
        CSVAttribute(
            "inexact_below_last_exact", .count, \.inexactBelowLastExact,
            "how many n below last_exact are not exact"),
    ]
}
