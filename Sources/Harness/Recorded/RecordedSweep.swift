package import Reporting

/// A sweep as its tables tell it.
package struct RecordedSweep: Reportable, Sendable {
    /// The names of its axes.
    package let axes: [String]
    /// The runs that have ended, with their faults.
    package let rows: [CellRow]

    /// Reads `cells.csv` and, where there are such, `faults.csv`, `failover.csv` and `sustained.csv`.
    ///
    /// - Throws: ``HarnessError/results(_:)`` when one can't be read, or is not as it was signed.
    package init(_ folder: RecordedFolder) throws(HarnessError) {
        let cells: CSVReader<CellRow> = try folder.table()
        let faults: [FaultRow]? = try folder.rows()
        axes = cells.axes
        sustained = try Self.sustained(folder)
        failovers = try folder.rows()
        rows = cells.rows.map { row in
            guard let faults else { return row }
            var row = row
            row.faults = faults.filter { ($0.key.cellID, $0.key.repetition) == (row.key.cellID, row.key.repetition) }
            return row
        }
    }

    /// What an instance sustains; nothing of a sweep that does not say so.
    package let sustained: SustainedTable

    /// What became of queues whose server was replaced by another; `nil` of a sweep that does not say so.
    package let failovers: [FailoverRow]?

    /// The runs of each cell, in the order of the plan.
    package var cells: [[CellRow]] { rows.byCell }

    /// What the repetitions of each cell say together of the figures in `cells.csv`; nothing where none was repeated.
    package var estimates: [EstimateRow] {
        rows.contains { $0.key.repetition > 1 } ? EstimateRow.rows(of: cells, measures: CellMeasure.ofCells) : []
    }

    /// The tables that the sweep ended with.
    package var parts: [ReportPart] {
        if let failovers { return FailoverTable(rows: failovers).parts + sustained.parts }
        let table: any Reportable =
            rows.contains { $0.faults != nil }
            ? FaultTable(rows: rows) : SweepTable(axes: axes, rows: rows, estimates: estimates)
        return table.parts + sustained.parts
    }

    private static func sustained(_ folder: RecordedFolder) throws(HarnessError) -> SustainedTable {
        guard folder.has(SustainedRow.fileName) else { return SustainedTable(axes: [], rows: []) }
        let table: CSVReader<SustainedRow> = try folder.table()
        return SustainedTable(axes: table.axes, rows: table.rows)
    }
}

extension [CellRow] {
    /// The runs of each cell of a sweep, in the order of the plan.
    var byCell: [[CellRow]] {
        Dictionary(grouping: self, by: \.key.cellID).sorted { $0.key < $1.key }.map { cell in
            cell.value.sorted { $0.key.repetition < $1.key.repetition }
        }
    }
}
