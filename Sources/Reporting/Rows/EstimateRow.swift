package import Measurement

/// A row of `estimates.csv`: what the repetitions of a cell say, together, of one of its figures.
package struct EstimateRow: CSVTable, Sendable, Equatable {
    package static let fileName = "estimates.csv"
    package static let rowMeaning = "a cell of a sweep × measure: what its repetitions say together"
    package static let hasAxes = true

    /// Of the last repetition that counts.
    package var key: RunKey
    package var parameters: [String]
    /// The figure.
    package var measure: CellMeasure
    /// How many repetitions have it.
    package var repetitions: Int
    /// The median over them; `nil` of none.
    package var median: Double?
    /// Its 95 % interval; `nil` with fewer than 6.
    package var interval: OrderStatisticInterval?
    /// Whether the interval is as narrow as the stop rule asks; `nil` when the rule is about another figure, or there is none.
    package var isWithin: Bool?
    /// The first cell against this one; `nil` for the first one itself.
    package var comparison: RankTest?

    /// A row of the given values.
    package init(
        key: RunKey, parameters: [String], measure: CellMeasure, repetitions: Int, median: Double?,
        interval: OrderStatisticInterval?, isWithin: Bool?, comparison: RankTest?
    ) {
        self.key = key
        self.parameters = parameters
        self.measure = measure
        self.repetitions = repetitions
        self.median = median
        self.interval = interval
        self.isWithin = isWithin
        self.comparison = comparison
    }

    package static let attributes: [CSVAttribute<EstimateRow>] = [
        CSVAttribute(
            "measure", .text, derived: \.measure.name,
            "what is estimated: `acked_per_s`, or a latency and its percentile, as in `cells.csv` and `latency.csv`"),
        CSVAttribute(
            "unit", .text, derived: \.measure.unit.rawValue, "what `median`, `low_95` and `high_95` are counted in"),
        CSVAttribute("repetitions", .count, \.repetitions, "runs that were done and have the figure"),
        CSVAttribute("median", .number, derived: { $0.text($0.median) }, "median of the figure over them"),
        CSVAttribute(
            "low_95", .number, derived: { $0.text($0.interval?.low) },
            "lower bound of the median's 95 % interval, one of the runs' figures; empty below 6 repetitions"),
        CSVAttribute("high_95", .number, derived: { $0.text($0.interval?.high) }, "upper bound, likewise"),
        CSVAttribute(
            "coverage", .share, derived: \.interval?.coverage,
            "probability that an interval of so many repetitions holds the median: 0.95 or more, from the binomial distribution; a little "
                + "less where `until` ended them for being close together"),
        CSVAttribute(
            "half_width_percent", .percent, derived: \.halfWidthPercent,
            "half of the interval's width as a share of the median"),
        CSVAttribute(
            "is_within", .truth, \.isWithin,
            "whether that is as little as the plan's `until` asks; empty where it asks nothing of this measure"),
        CSVAttribute(
            "ratio_to_first", .number, derived: \.comparison?.ratio,
            "the cell's figure ÷ that of the first cell: the median of the ratios of all pairs of runs, on logarithms "
                + "(Hodges and Lehmann); this and the next four are empty for the first cell"),
        CSVAttribute(
            "ratio_low_95", .number, derived: \.comparison?.ratioInterval?.lowerBound,
            "lower bound of its 95 % interval, from the distribution of the test; empty with too few runs for one"),
        CSVAttribute(
            "ratio_high_95", .number, derived: \.comparison?.ratioInterval?.upperBound, "upper bound, likewise"),
        CSVAttribute(
            "p_value", .number, derived: \.comparison?.pValue,
            "probability of so great a difference from the first cell between equal cells: two-sided test of Mann and Whitney, "
                + "exact without ties"),
        CSVAttribute(
            "is_different", .truth, derived: \.comparison?.isDifferent,
            "whether that is below 0.05: so is one of twenty comparisons of equal cells"),
    ]

    /// A figure with the digits of its own unit.
    private func text(_ figure: Double?) -> String { figure.field(in: measure.unit).text }

    private var halfWidthPercent: Double? { interval?.relativeHalfWidth.map { $0 * 100 } }
}

extension EstimateRow {
    /// The rows of a sweep's runs: of every cell, in the order given, and of every measure.
    ///
    /// - Parameters:
    ///   - cells: the runs of each cell that have ended.
    ///   - measures: what is estimated.
    ///   - isWithin: whether figures are as close together as the sweep was to bring them; `nil` when it was not.
    package static func rows(
        of cells: [[CellRow]], measures: [CellMeasure] = CellMeasure.standard,
        isWithin: (CellMeasure, [Double]) -> Bool? = { _, _ in nil }
    ) -> [EstimateRow] {
        cells.flatMap { runs in
            measures.compactMap { measure in
                let counted = runs.filter { $0[measure] != nil }
                guard let last = counted.last ?? runs.last else { return nil }
                let values = counted.compactMap { $0[measure] }
                let isFirst = last.key.cellID == cells.first?.first?.key.cellID
                let first = isFirst ? [] : cells.first?.compactMap { $0[measure] } ?? []
                return EstimateRow(
                    key: last.key, parameters: last.parameters, measure: measure, repetitions: values.count,
                    median: values.median, interval: OrderStatisticInterval(values),
                    isWithin: isWithin(measure, values), comparison: RankTest(first, values))
            }
        }
    }
}
