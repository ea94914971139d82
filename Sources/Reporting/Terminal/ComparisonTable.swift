/// Two recorded set-ups side by side, figure by figure, for a person to read.
///
/// Pure: values in, parts of a report out.
package struct ComparisonTable: Reportable {
    /// What can be said of a figure of two set-ups.
    package enum Verdict: String, Sendable {
        /// The second is better, and chance would make so great a difference in less than one of twenty comparisons.
        case better
        /// The second is worse, likewise.
        case worse
        /// Chance may have made the difference.
        case notDistinguishable = "not distinguishable"
        /// So few runs could not show any difference, however great.
        case tooFewRuns = "too few runs to tell"
        /// One of the two has no such figure.
        case noFigure = "no figure"
    }

    /// A figure of one cell, of both set-ups.
    package struct Row: Sendable {
        /// The cell's values on the axes; none for runs by themselves.
        package var parameters: [String]
        /// The figure's name.
        package var measure: String
        /// What it is counted in: tasks a second, microseconds or a number.
        package var unit: CSVUnit
        /// The median of the first set-up, and over how many runs.
        package var base: (median: Double?, runs: Int)
        /// The median of the second set-up, and over how many runs.
        package var compared: (median: Double?, runs: Int)
        /// Second ÷ first, by the runs' pairs; `nil` where there is none.
        package var ratio: Double?
        /// Its 95 % interval; `nil` with too few runs.
        package var interval: ClosedRange<Double>?
        /// The probability of so great a difference between equal set-ups; `nil` without figures.
        package var pValue: Double?
        /// What follows.
        package var verdict: Verdict

        /// A row of the given values.
        package init(
            parameters: [String], measure: String, unit: CSVUnit, base: (median: Double?, runs: Int),
            compared: (median: Double?, runs: Int), ratio: Double?, interval: ClosedRange<Double>?, pValue: Double?,
            verdict: Verdict
        ) {
            self.parameters = parameters
            self.measure = measure
            self.unit = unit
            self.base = base
            self.compared = compared
            self.ratio = ratio
            self.interval = interval
            self.pValue = pValue
            self.verdict = verdict
        }
    }

    /// The folders.
    package var base: String
    package var compared: String
    /// The names of the axes.
    package var axes: [String]
    /// The figures.
    package var rows: [Row]
    /// What else is to be known of the two, a line each.
    package var notes: [String]

    /// A table of the given values.
    package init(base: String, compared: String, axes: [String], rows: [Row], notes: [String]) {
        self.base = base
        self.compared = compared
        self.axes = axes
        self.rows = rows
        self.notes = notes
    }

    package var parts: [ReportPart] {
        [
            .heading("\(compared) against \(base)", detail: "A: \(base) · B: \(compared)"),
            .table(table, notes: [chance] + notes),
        ]
    }

    private var table: TitledTable {
        TitledTable(
            title: "Medians over the runs, and B ÷ A with its 95 % interval",
            headings: axes.map { .text($0) } + [
                .verbatim("measure"), .number("A"), .number("runs"), .number("B"), .number("runs"), .number("B ÷ A"),
                .number("95 % interval"), .number("p"), .verbatim("verdict"),
            ],
            rows: rows.enumerated().map { index, row in
                let isRepeated = index > 0 && rows[index - 1].parameters == row.parameters
                return (isRepeated ? row.parameters.map { _ in "" } : row.parameters) + Self.cells(of: row)
            })
    }

    private static func cells(of row: Row) -> [String] {
        func figure(_ value: Double?) -> String {
            guard let value else { return "–" }
            return switch row.unit {
            case .perSecond: HumanNumber.rate(value)
            case .microseconds, .microsecondsPerTask: HumanNumber.time(microseconds: value)
            default: HumanNumber.number(value)
            }
        }
        return [
            row.measure, figure(row.base.median), HumanNumber.count(row.base.runs), figure(row.compared.median),
            HumanNumber.count(row.compared.runs), row.ratio?.fixed(3) ?? "–",
            row.interval.map { "\($0.lowerBound.fixed(3)) … \($0.upperBound.fixed(3))" } ?? "–",
            row.pValue?.fixed(3) ?? "–", row.verdict.rawValue,
        ]
    }

    /// How many of the comparisons chance alone would call different.
    private var chance: String {
        let tested = rows.count { [.better, .worse, .notDistinguishable].contains($0.verdict) }
        let found = rows.count { [.better, .worse].contains($0.verdict) }
        guard tested > 0 else { return "No comparison has runs enough to tell a difference from chance." }
        let expected = HumanNumber.number(0.05 * Double(tested))
        return "\(found) of \(tested) comparisons are called different; of equal set-ups chance alone would call "
            + "about \(expected) so (0.05 × \(tested))."
    }
}
