/// A row of `crossovers.csv`: where one algorithm becomes faster than another for good.
package struct CrossoverRow: CSVTable, Sendable, Equatable {
    package static let fileName = "crossovers.csv"
    package static let rowMeaning = "pair of algorithms that change places"

    package var key: RunKey
    /// The one that is faster below.
    package var algorithm: String
    /// The one that is faster from there on.
    package var overtakenBy: String
    /// First n of the second, found by bisection between measured n, to about 5 %.
    package var n: Int

    /// A row of the given values.
    package init(
        key: RunKey, algorithm: String, overtakenBy: String, n: Int
    ) {
        self.key = key
        self.algorithm = algorithm
        self.overtakenBy = overtakenBy
        self.n = n
    }

    package static let attributes: [CSVAttribute<CrossoverRow>] = [
        CSVAttribute(
            "algorithm", .text, \.algorithm,
            "the one that is faster below"),
        CSVAttribute(
            "overtaken_by", .text, \.overtakenBy,
            "the one that is faster from there on"),
        CSVAttribute(
            "n", .number, \.n,
            "first n of the second, found by bisection between measured n, to about 5 %"),
    ]
}
