/// Measured waits beside those that the theory of queues predicts, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct QueueingTable: Reportable {
    /// The runs.
    package var rows: [QueueingRow]

    /// A table of the given runs.
    package init(rows: [QueueingRow]) { self.rows = rows }

    package var parts: [ReportPart] {
        let table = TitledTable(
            title: rows.isEmpty ? "nothing was measured" : "Waits, predicted from occupancy and arrivals, and measured",
            headings: [
                .text("model"), .number("load"), .number("tasks"), .number("occupied for"), .number("utilisation"),
                .number("mean predicted"), .number("measured"), .number("ratio"), .number("± chance"),
                .number("with set-up"), .number("p99 predicted"), .number("measured"), .number("ratio"),
            ],
            rows: rows.map(Self.cells))
        return [table.partOrTitle]
    }

    private static func cells(of row: QueueingRow) -> [String] {
        func time(_ microseconds: Double?) -> String { microseconds.map(HumanNumber.time(microseconds:)) ?? "–" }
        func ratio(_ value: Double?) -> String { value?.fixed(3) ?? "–" }
        return [
            row.model, HumanNumber.percent(row.load), HumanNumber.count(row.tasks), time(row.occupancyMicroseconds),
            HumanNumber.percent(row.utilisation), time(row.mean.predicted), time(row.mean.measured),
            ratio(row.mean.ratio), ratio(row.standardError), ratio(row.ratioWithSetUp), time(row.p99.predicted),
            time(row.p99.measured), ratio(row.p99.ratio),
        ]
    }
}
