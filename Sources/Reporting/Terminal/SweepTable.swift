/// The end of a sweep for a person to read: a line a run, with what its cell varies and what came out.
///
/// Pure: rows in, text out.
package struct SweepTable {
    /// The names of the axes.
    package var axes: [String]
    /// The runs that have ended.
    package var rows: [CellRow]

    /// A table of the given rows.
    package init(axes: [String], rows: [CellRow]) {
        self.axes = axes
        self.rows = rows
    }

    /// The text, ending with a line break.
    package func render() -> String {
        let table = TerminalTable(
            title: headline,
            headings: [.text("cell"), .number("rep")] + axes.map { .text($0) } + [
                .number("acked/s")
            ] + (hasPredictions ? [.number("predicted")] : []) + [
                .number("p50"), .number("p99"), .number("lost"), .text("status"),
            ],
            rows: rows.map(cells(of:)))
        return (table.rendered ?? headline) + "\n"
    }

    private var hasPredictions: Bool { rows.contains { $0.predictedPerSecond != nil } }

    private var headline: String {
        let failed = rows.count { $0.status == .failed }
        return HumanNumber.runs(rows.count) + (failed == 0 ? "" : ", \(HumanNumber.count(failed)) FAILED")
    }

    private func cells(of row: CellRow) -> [String] {
        let times = [row.latency?.p50, row.latency?.p99].map { $0.map(HumanNumber.time(microseconds:)) ?? "–" }
        let rate = row.summary["acked_per_s"].flatMap { Double($0) }.map(HumanNumber.number) ?? "–"
        let lost = row.summary["lost"].flatMap { Int($0) }.map(HumanNumber.count) ?? "–"
        let predicted = hasPredictions ? [row.predictedPerSecond.map(HumanNumber.number) ?? "–"] : []
        return [row.key.cellID, "\(row.key.repetition)"] + row.parameters + [rate] + predicted + times + [
            lost, row.status.rawValue,
        ]
    }
}

extension HumanNumber {
    /// A count of runs, such as `1 run` or `12 runs`.
    static func runs(_ count: Int) -> String { "\(self.count(count)) \(count == 1 ? "run" : "runs")" }
}
