/// A row of `bounds.csv`: the proven bound of `binet-mpfr` against what was measured.
package struct BoundRow: CSVTable, Sendable, Equatable {
    package static let fileName = "bounds.csv"
    package static let rowMeaning = "precision × rounding mode of `binet-mpfr`"

    package var key: RunKey
    /// Bits of the significand.
    package var precisionBits: Int
    /// Mode of every rounded step.
    package var rounding: String
    /// Last n that is proven exact, and all before it; empty where nothing is proven.
    package var provenExactTo: Int?
    /// First n that was seen to be inexact.
    package var firstInexact: Int?
    /// First_inexact − (proven_exact_to + 1): how many n more are exact than the bound says.
    package var gap: Int?

    /// A row of the given values.
    package init(
        key: RunKey, precisionBits: Int, rounding: String, provenExactTo: Int?, firstInexact: Int?, gap: Int?
    ) {
        self.key = key
        self.precisionBits = precisionBits
        self.rounding = rounding
        self.provenExactTo = provenExactTo
        self.firstInexact = firstInexact
        self.gap = gap
    }

    package static let attributes: [CSVAttribute<BoundRow>] = [
        CSVAttribute(
            "precision_bits", .bits, \.precisionBits,
            "bits of the significand"),
        CSVAttribute(
            "rounding", .text, \.rounding,
            "mode of every rounded step"),
        CSVAttribute(
            "proven_exact_to", .number, \.provenExactTo,
            "last n that is proven exact, and all before it; empty where nothing is proven"),
        CSVAttribute(
            "first_inexact", .number, \.firstInexact,
            "first n that was seen to be inexact"),
        CSVAttribute(
            "gap", .number, \.gap,
            "first_inexact − (proven_exact_to + 1): how many n more are exact than the bound says"),
    ]
}
