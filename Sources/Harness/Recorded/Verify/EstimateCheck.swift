import Measurement
import Reporting
import Workload

/// Makes the rows of `estimates.csv` anew from a sweep's runs, and holds them against the file: a row for each figure of each cell,
/// and no other.
///
/// Figures that are in no table of the sweep come from the runs' own `latency.csv`; where a run's folder is gone, they are not
/// checked. Nor is `is_within`, which follows from the plan's rule.
struct EstimateCheck {
    /// What a row is of.
    private struct Subject: Hashable, CustomStringConvertible {
        let cell: String
        let measure: String

        var description: String { "\(measure) of \(cell)" }
    }

    private let cells: [[CellRow]]
    /// What the sweep estimates.
    private let measures: [CellMeasure]
    /// Of which of it the runs' figures are known.
    private let known: [CellMeasure]

    /// Reads the sweep in a folder.
    init(_ folder: RecordedFolder) throws(HarnessError) {
        var isWhole = true
        let runs: CSVReader<CellRow> = try Recorded.table(in: folder.path)
        cells = try runs.rows.byCell.map { runs throws(HarnessError) in
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
        measures = CellMeasure.estimated(until: try Self.rule(folder.manifest))
        known = isWhole ? measures : CellMeasure.ofCells
    }

    /// When the sweep's cells were run often enough; `nil` without such a rule.
    private static func rule(_ manifest: Manifest) throws(HarnessError) -> StopRule? {
        guard let plan = manifest.workload["plan"]?.text else { return nil }
        do throws(ScenarioError) {
            return try StopRule(
                plan: plan, name: Manifest.fileName, latencies: LatencyKind.allCases.map(\.rawValue))
        } catch {
            throw .scenario(error)
        }
    }

    /// What is not as it follows from the runs.
    func problems(_ sheet: CSVSheet) -> [String] {
        let rows = EstimateRow.rows(of: cells, measures: measures).map { row in
            (subject: Subject(cell: row.key.cellID, measure: row.measure.name), row: row)
        }
        let expected = Dictionary(uniqueKeysWithValues: rows.map { ($0.subject, $0.row) })
        let told = zip(sheet.texts("cell_id") ?? [], sheet.texts("measure") ?? []).map(Subject.init)
        var found: Set<Subject> = []
        var problems: [String] = []
        for (subject, record) in zip(told, sheet.records) {
            let problem: String?
            if let row = expected[subject] {
                let isFirst = found.insert(subject).inserted
                problem = isFirst ? difference(record, sheet.columns, row) : "there is another row of \(subject)"
            } else {
                problem = "the sweep does not estimate \(subject)"
            }
            if let problem { problems.append("estimates.csv:\(record.line): \(problem)") }
        }
        return problems + rows.filter { !found.contains($0.subject) }.map { "estimates.csv lacks \($0.subject)" }
    }

    /// The first field that is not as it follows; `nil` when all are, or that is not known.
    private func difference(_ record: CSVSheet.Record, _ columns: [CSVColumn], _ row: EstimateRow) -> String? {
        guard known.contains(row.measure) else { return nil }
        let fields = zip(columns, zip(record.fields, row.fields.map(\.text)))
        let wrong = fields.first { $0.name != "is_within" && !Self.isSame($1.0, $1.1) }
        return wrong.map { "\($0.name) is \($1.0), and \($1.1) by the runs" }
    }

    /// Whether two texts are the same, or numbers that differ by no more than rounding: the runs' figures are rounded in files,
    /// and were not when the sweep ended.
    private static func isSame(_ text: String, _ other: String) -> Bool {
        guard text != other else { return true }
        guard let value = Double(text), let expected = Double(other) else { return false }
        return abs(value - expected) <= 0.001 * (1 + abs(expected))
    }
}
