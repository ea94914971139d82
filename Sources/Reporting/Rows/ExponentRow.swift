/// A row of `exponents.csv`: how a cost grows with a size.
package struct ExponentRow: CSVTable, Sendable, Equatable {
    package static let fileName = "exponents.csv"
    package static let rowMeaning =
        "a law of `fibq growth` × durability × figure: how that figure grows with the size"

    package var key: RunKey
    package var law: String
    package var protocolName: String
    package var durability: String
    package var figure: String
    package var fromSize: Int
    package var toSize: Int
    package var sizes: Int
    package var exponent: Double
    package var standardError: Double?
    package var deviation: Double
    package var ratio: Double

    /// A row of the given values.
    package init(
        key: RunKey, law: String, protocolName: String, durability: String, figure: String, fromSize: Int, toSize: Int,
        sizes: Int, exponent: Double, standardError: Double?, deviation: Double, ratio: Double
    ) {
        self.key = key
        self.law = law
        self.protocolName = protocolName
        self.durability = durability
        self.figure = figure
        self.fromSize = fromSize
        self.toSize = toSize
        self.sizes = sizes
        self.exponent = exponent
        self.standardError = standardError
        self.deviation = deviation
        self.ratio = ratio
    }

    package static let attributes: [CSVAttribute<ExponentRow>] = [
        CSVAttribute(
            "law", .text, \.law,
            "what is varied"),
        CSVAttribute(
            "protocol", .text, \.protocolName,
            "queue protocol"),
        CSVAttribute(
            "durability", .text, \.durability,
            "what the server promises about a write"),
        CSVAttribute(
            "figure", .text, \.figure,
            "the column of `growth_trials.csv` that grows"),
        CSVAttribute(
            "from_size", .number, \.fromSize,
            "least size"),
        CSVAttribute(
            "to_size", .number, \.toSize,
            "greatest size"),
        CSVAttribute(
            "sizes", .count, \.sizes,
            "how many sizes, each counting with the median of its trials"),
        CSVAttribute(
            "exponent", .number, \.exponent,
            "b of figure ∝ size^b, by least squares of the logarithms"),
        CSVAttribute(
            "standard_error", .number, \.standardError,
            "standard error of the exponent, from what the medians lie off the fit; empty for two sizes"),
        CSVAttribute(
            "deviation", .ratio, \.deviation,
            "root mean square of ln(figure ÷ fit): 0.1 is about a tenth"),
        CSVAttribute(
            "ratio", .number, \.ratio,
            "figure at the greatest size ÷ figure at the least"),
    ]
}
