/// A row of `growth.csv`: how an algorithm's time grows.
package struct GrowthRow: CSVTable, Sendable, Equatable {
    package static let fileName = "growth.csv"
    package static let rowMeaning = "algorithm"

    package var key: RunKey
    /// Name of the algorithm.
    package var algorithm: String
    /// Least n of the fit.
    package var fromN: Int
    /// Greatest n of the fit: its last two decades, calls below 1 µs left out.
    package var toN: Int
    /// How many n.
    package var points: Int
    /// K of time ∝ n^k, by least squares of the logarithms.
    package var exponent: Double

    /// A row of the given values.
    package init(
        key: RunKey, algorithm: String, fromN: Int, toN: Int, points: Int, exponent: Double
    ) {
        self.key = key
        self.algorithm = algorithm
        self.fromN = fromN
        self.toN = toN
        self.points = points
        self.exponent = exponent
    }

    package static let attributes: [CSVAttribute<GrowthRow>] = [
        CSVAttribute(
            "algorithm", .text, \.algorithm,
            "name of the algorithm"),
        CSVAttribute(
            "from_n", .number, \.fromN,
            "least n of the fit"),
        CSVAttribute(
            "to_n", .number, \.toN,
            "greatest n of the fit: its last two decades, calls below 1 µs left out"),
        CSVAttribute(
            "points", .count, \.points,
            "how many n"),
        CSVAttribute(
            "exponent", .number, \.exponent,
            "k of time ∝ n^k, by least squares of the logarithms"),
    ]
}
