import Reporting

/// What must hold between the tables of a sweep and those of its runs.
struct SweepLaws {
    private let folder: RecordedFolder
    private let cells: CSVSheet
    private let tables: RecordedSheets

    /// The laws of a sweep's tables.
    init(_ folder: RecordedFolder, _ tables: RecordedSheets) {
        self.folder = folder
        self.tables = tables
        guard let cells = tables[CellRow.self] else { preconditionFailure("a sweep has cells") }
        self.cells = cells
    }

    /// What each law found.
    var outcomes: [CheckOutcome] {
        [repetitions, runs] + [faults, failovers].compactMap(\.self)
            + (tables[EstimateRow.self].map { [estimates($0)] } ?? [])
    }

    /// The name of each row's run, which is that of its folder.
    private var names: [String] { cells.records.map { "\($0.fields[2])-r\($0.fields[3])" } }

    // MARK: Which runs there are

    private var repetitions: CheckOutcome {
        let workload = folder.manifest.workload
        let planned = (cells: workload["cells"]?.integer ?? 0, repetitions: workload["repetitions"]?.integer ?? 0)
        let runs = Dictionary(grouping: cells.records, by: { $0.fields[2] }).mapValues { records in
            records.compactMap { Int($0.fields[3]) }.sorted()
        }
        var laws = Agreements()
        laws.expect("number of cells in cells.csv", Double(runs.count), "that of the plan", Double(planned.cells))
        var problems = laws.problems
        for (cell, ranks) in runs.sorted(by: { $0.key < $1.key }) {
            if ranks != Array(1...max(1, ranks.count)) {
                problems.append("\(cell) has the repetitions \(ranks.map(String.init).joined(separator: ", "))")
            } else if ranks.count < planned.repetitions {
                problems.append("\(cell) was run \(ranks.count) of \(planned.repetitions) times")
            }
        }
        let isInterrupted = folder.manifest.exitStatus == 130
        let advice = "it was interrupted: go on with `fibq sweep --resume`"
        return CheckOutcome(
            .repetitions, "each of \(runs.count) cells was run as planned", problems: problems,
            notes: isInterrupted && !problems.isEmpty ? [advice] : [])
    }

    // MARK: What the runs' own files say

    private var runs: CheckOutcome {
        var problems: [String] = []
        var checked = 0
        for (name, record) in zip(names, cells.records) where folder.has("\(name)/\(SummaryRow.fileName)") {
            checked += 1
            problems += difference(name, record).map { ["cells.csv:\(record.line): \($0)"] } ?? []
        }
        return CheckOutcome(.cells, "cells.csv has the figures of \(checked) runs' own files", problems: problems)
    }

    /// The first figure of a row that is not that of the run's own files; `nil` when all are, or the files can't be read, which
    /// is told with the run's own checks.
    private func difference(_ name: String, _ record: CSVSheet.Record) -> String? {
        let run = "\(folder.path)/\(name)"
        guard let summary = try? CSVSheet(path: "\(run)/\(SummaryRow.fileName)", of: SummaryRow.self),
            let own = summary.records.first?.fields
        else { return nil }
        let keys = 4
        // A row that failed has no figures.
        let row = Dictionary(uniqueKeysWithValues: zip(cells.columns.map(\.name), record.fields).dropFirst(keys))
        guard row["protocol"]?.isEmpty == false else { return nil }
        for (column, text) in zip(summary.columns, own).dropFirst(keys) {
            guard let told = row[column.name], told != text else { continue }
            return
                "\(column.name) is \(told.debugDescription), and in \(name)/\(SummaryRow.fileName) \(text.debugDescription)"
        }
        guard let latency = try? CSVSheet(path: "\(run)/\(LatencyRow.fileName)", of: LatencyRow.self) else {
            return nil
        }
        for percentile in ["p50", "p99"] {
            let column = "end_to_end_intended_\(percentile)_us"
            let kinds = zip(latency.texts("latency_kind") ?? [], latency.texts("\(percentile)_us") ?? [])
            let greatest = kinds.filter { $0.0 == LatencyKind.endToEndIntended.rawValue }.compactMap { Double($0.1) }
                .max()
            guard row[column].flatMap({ Double($0) }) != greatest else { continue }
            return "\(column) is \(row[column] ?? ""), and not that of \(name)/\(LatencyRow.fileName)"
        }
        return nil
    }

    private var faults: CheckOutcome? {
        guard let faults = tables[FaultRow.self] else { return nil }
        var own: [[String]] = []
        for name in names where folder.has("\(name)/\(FaultRow.fileName)") {
            let sheet = try? CSVSheet(path: "\(folder.path)/\(name)/\(FaultRow.fileName)", of: FaultRow.self)
            own += sheet?.records.map(\.fields) ?? []
        }
        let isSame = own == faults.records.map(\.fields)
        return CheckOutcome(
            .faults, "faults.csv has the \(own.count) rows of the runs' own",
            problems: isSame
                ? [] : ["faults.csv has other rows than the runs' own files: \(faults.records.count), and \(own.count)"]
        )
    }

    private var failovers: CheckOutcome? {
        guard let sheet = tables[FailoverRow.self] else { return nil }
        let claim = "failover.csv follows from the faults"
        do throws(HarnessError) {
            let expected = FailoverRow.rows(of: try RecordedSweep(folder).rows).map { $0.fields.map(\.text) }
            let wrong = zip(sheet.records, expected).filter { $0.0.fields != $0.1 }.map {
                "failover.csv:\($0.0.line): is not what the faults of \($0.0.fields[2]) come to"
            }
            let isWhole = sheet.records.count == expected.count
            return CheckOutcome(
                .failovers, claim,
                problems: wrong
                    + (isWhole
                        ? []
                        : ["failover.csv has \(sheet.records.count) rows, and the faults come to \(expected.count)"]))
        } catch {
            return CheckOutcome(.failovers, claim, problems: ["\(error)"])
        }
    }

    // MARK: What is said of repetitions

    private func estimates(_ sheet: CSVSheet) -> CheckOutcome {
        let claim = "estimates.csv follows from the runs"
        do {
            return CheckOutcome(.estimates, claim, problems: try EstimateCheck(folder).problems(sheet))
        } catch {
            return CheckOutcome(.estimates, claim, problems: ["\(error)"])
        }
    }
}
