import Measurement

/// The end of a sweep for a person to read: a line a run, with what its cell varies and what came out; a line a cell when cells
/// were run repeatedly.
///
/// Pure: rows in, parts of a report out.
package struct SweepTable: Reportable {
    /// The names of the axes.
    package var axes: [String]
    /// The runs that have ended.
    package var rows: [CellRow]
    /// What the repetitions of each cell say; none without repetitions.
    package var estimates: [EstimateRow]

    /// A table of the given rows.
    package init(axes: [String], rows: [CellRow], estimates: [EstimateRow] = []) {
        self.axes = axes
        self.rows = rows
        self.estimates = estimates
    }

    package var parts: [ReportPart] { [(estimates.isEmpty ? runTable : cellTable).partOrTitle] }

    // MARK: A line a run

    private var runTable: TitledTable {
        TitledTable(
            title: headline,
            headings: [.text("cell"), .number("rep")] + axes.map { .text($0) } + [
                .number("acked/s")
            ] + (hasPredictions ? [.number("predicted")] : []) + [
                .number("p50"), .number("p99"), .number("lost"), .text("status"),
            ],
            rows: rows.map(cells(of:)))
    }

    private var hasPredictions: Bool { rows.contains { $0.predictedPerSecond != nil } }

    private var headline: String {
        let failed = rows.count { $0.status == .failed }
        let unusable = rows.count { $0.status == .unusable }
        return HumanNumber.runs(rows.count) + (failed == 0 ? "" : ", \(HumanNumber.count(failed)) FAILED")
            + (unusable == 0 ? "" : ", \(HumanNumber.count(unusable)) UNUSABLE: the generator fell behind")
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

    // MARK: A line a cell

    private var cellTable: TitledTable {
        let hasIntervals = estimates.contains { $0.interval != nil }
        return TitledTable(
            title: headline + "; medians over the repetitions" + (hasIntervals ? " with their 95 % intervals" : ""),
            headings: [.text("cell"), .number("runs")] + axes.map { .text($0) } + [
                .number("acked/s"), .number("p50"), .number("p99"), .number("lost"), .number("failed"),
                .number("unusable"),
            ],
            rows: Dictionary(grouping: rows, by: \.key.cellID).sorted { $0.key < $1.key }.map { cell($0.key, $0.value) }
        )
    }

    private func cell(_ id: String, _ runs: [CellRow]) -> [String] {
        let own = estimates.filter { $0.key.cellID == id }
        let medians = CellMeasure.ofCells.map { measure in own.first { $0.measure == measure }?.text ?? "–" }
        let lost = runs.map { $0.summary["lost"].flatMap { Int($0) } }
        let failed = runs.count { $0.status == .failed }
        return [id, "\(runs.count)"] + (runs.first?.parameters ?? []) + medians + [
            HumanNumber.total(lost), HumanNumber.count(failed),
            HumanNumber.count(runs.count { $0.status == .unusable }),
        ]
    }
}

extension EstimateRow {
    /// The median, and its interval if there is one: `1.23 ms (1.20 ms … 1.31 ms)`.
    fileprivate var text: String {
        guard let median else { return "–" }
        guard let interval else { return human(median) }
        return "\(human(median)) (\(human(interval.low)) … \(human(interval.high)))"
    }

    private func human(_ value: Double) -> String {
        measure == .ackedPerSecond ? HumanNumber.number(value) : HumanNumber.time(microseconds: value)
    }
}

extension HumanNumber {
    /// A count of runs, such as `1 run` or `12 runs`.
    static func runs(_ count: Int) -> String { "\(self.count(count)) \(count == 1 ? "run" : "runs")" }
}
