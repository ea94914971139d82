import Measurement
import Reporting

/// Makes the rows of `estimates.csv` anew from a sweep's runs, and holds them against the file.
///
/// Figures that are in no table of the sweep come from the runs' own `latency.csv`; where a run's folder is gone, they are not
/// checked. Nor is `is_within`, which follows from the plan's rule.
struct EstimateCheck {
    private let cells: [[CellRow]]
    private let measures: [CellMeasure]

    /// Reads the sweep in a folder.
    init(_ folder: RecordedFolder) throws(HarnessError) {
        var isWhole = true
        cells = try RecordedSweep(in: folder.path).cells.map { runs throws(HarnessError) in
            try runs.map { run throws(HarnessError) in
                guard run.latency != nil else { return run }
                guard let rows: [LatencyRow] = try Recorded.rows(in: "\(folder.path)/\(run.name)") else {
                    isWhole = false
                    return run
                }
                var run = run
                run.latency = CellLatency(rows)
                return run
            }
        }
        measures = isWhole ? CellMeasure.all : RecordedSweep.measures
    }

    /// What is not as it follows from the runs.
    func problems(_ sheet: CSVSheet) -> [String] {
        guard let measure = sheet.columns.firstIndex(where: { $0.name == "measure" }) else {
            return ["estimates.csv has no column measure"]
        }
        let told = Set(sheet.records.map { $0.fields[measure] })
        let rows = EstimateRow.rows(of: cells, measures: measures.filter { told.contains($0.name) })
        let expected = Dictionary(rows.map { ("\($0.key.cellID) \($0.measure.name)", $0) }) { first, _ in first }
        let missing = rows.count - sheet.records.count { expected["\($0.fields[2]) \($0.fields[measure])"] != nil }
        let wrong = sheet.records.compactMap { record -> String? in
            guard let row = expected["\(record.fields[2]) \(record.fields[measure])"] else { return nil }
            for (column, texts) in zip(sheet.columns, zip(record.fields, row.fields.map(\.text)))
            where column.name != "is_within" && !Self.isSame(texts.0, texts.1) {
                return "estimates.csv:\(record.line): \(column.name) is \(texts.0), and \(texts.1) by the runs"
            }
            return nil
        }
        return wrong + (missing == 0 ? [] : ["estimates.csv lacks \(missing) of \(rows.count) rows"])
    }

    /// Whether two texts are the same, or numbers that differ by no more than rounding: the runs' figures are rounded in files,
    /// and were not when the sweep ended.
    private static func isSame(_ text: String, _ other: String) -> Bool {
        guard text != other else { return true }
        guard let value = Double(text), let expected = Double(other) else { return false }
        return abs(value - expected) <= 0.001 * (1 + abs(expected))
    }
}

extension CellMeasure {
    /// Every figure that a sweep may estimate.
    fileprivate static let all: [CellMeasure] =
        [.ackedPerSecond]
        + LatencyKind.allCases.flatMap { kind in
            LatencySummary.Percentile.allCases.map { .latency(kind, $0) }
        }
}
