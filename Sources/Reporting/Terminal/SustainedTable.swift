/// What an instance sustains, with CPU credits and without, and for how long, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct SustainedTable: Reportable, Sendable {
    /// The names of the axes that tell the set-ups apart.
    package var axes: [String]
    /// A set-up each.
    package var rows: [SustainedRow]

    /// A table of the given rows.
    package init(axes: [String], rows: [SustainedRow]) { (self.axes, self.rows) = (axes, rows) }

    package var parts: [ReportPart] { table.parts }

    private var table: TitledTable {
        TitledTable(
            title: "What is sustained: the highest rate of the sweep at which no run fell behind",
            headings: [.text("instance")] + axes.map { .text($0) } + [
                .number("with credits"), .number("p99"), .number("processors"), .number("full last"),
                .number("launch last"), .number("without"), .number("p99"),
            ],
            rows: rows.map(Self.cells))
    }

    private static func cells(of row: SustainedRow) -> [String] {
        let span = row.span
        return [row.instance] + row.parameters + [
            rate(row.withCredits), time(row.withCredits), span.map { $0.processors.fixed(2) } ?? "–",
            lasts(span, \.fullSeconds), lasts(span, \.launchSeconds), rate(row.withoutCredits),
            time(row.withoutCredits),
        ]
    }

    private static func rate(_ rate: SustainedRate?) -> String {
        guard let rate else { return "–" }
        if rate.perSecond == 0 { return rate.missedPerSecond.map { "< " + HumanNumber.rate($0) } ?? "–" }
        return (rate.missedPerSecond == nil ? "≥ " : "") + HumanNumber.rate(rate.perSecond)
    }

    private static func time(_ rate: SustainedRate?) -> String {
        rate?.p99Microseconds.map(HumanNumber.time) ?? "–"
    }

    private static func lasts(_ span: CreditSpan?, _ seconds: (CreditSpan) -> Double?) -> String {
        guard let span else { return "–" }
        return seconds(span).map { HumanNumber.clock(seconds: $0) } ?? "for ever"
    }
}
