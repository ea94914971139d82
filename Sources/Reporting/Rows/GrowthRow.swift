/// A row of `growth.csv`: how an algorithm's time grows.
package struct GrowthRow: CSVTable, Sendable, Equatable {
    package static let fileName = "growth.csv"
    package static let rowMeaning = "algorithm"

    package var key: RunKey
    /// Name of the algorithm.
    package var algorithm: String
    /// Least n of the fit.
    package var fromN: Int
    /// Greatest n of the fit, which is of the last two decades and of n from 10 on.
    package var toN: Int
    /// How many n.
    package var points: Int
    /// K of time ∝ n^k, by least squares of the logarithms; empty for an exponential.
    package var exponent: Double?
    /// B of time ∝ b^n, likewise; empty for a power.
    package var base: Double?
    /// Root mean square of ln(time ÷ fit): 0.1 is about a tenth.
    package var deviation: Double

    /// A row of the given values.
    package init(
        key: RunKey, algorithm: String, fromN: Int, toN: Int, points: Int, exponent: Double?, base: Double?,
        deviation: Double
    ) {
        self.key = key
        self.algorithm = algorithm
        self.fromN = fromN
        self.toN = toN
        self.points = points
        self.exponent = exponent
        self.base = base
        self.deviation = deviation
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
            "greatest n of the fit, which is of the last two decades and of n from 10 on"),
        CSVAttribute(
            "points", .count, \.points,
            "how many n"),
        CSVAttribute(
            "exponent", .number, \.exponent,
            "k of time ∝ n^k, by least squares of the logarithms; empty for an exponential"),
        CSVAttribute(
            "base", .number, \.base,
            "b of time ∝ b^n, likewise; empty for a power"),
        CSVAttribute(
            "deviation", .ratio, \.deviation,
            "root mean square of ln(time ÷ fit): 0.1 is about a tenth"),
    ]
}
