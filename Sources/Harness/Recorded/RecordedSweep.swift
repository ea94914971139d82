import Foundation
import Measurement
package import Reporting

/// A sweep as its tables tell it.
package struct RecordedSweep: Reportable, Sendable {
    /// The names of its axes.
    package let axes: [String]
    /// The runs that have ended, with their faults.
    package let rows: [CellRow]

    /// Reads `cells.csv` and, where there is one, `faults.csv`.
    package init(in folder: String) throws(HarnessError) {
        let cells: CSVReader<CellRow> = try Recorded.table(in: folder)
        let faults: [FaultRow]? = try Recorded.rows(in: folder)
        axes = cells.axes
        sustained = try Self.sustained(in: folder)
        rows = cells.rows.map { row in
            guard let faults else { return row }
            var row = row
            row.faults = faults.filter { ($0.key.cellID, $0.key.repetition) == (row.key.cellID, row.key.repetition) }
            return row
        }
    }

    /// What an instance sustains; nothing of a sweep that does not say so.
    package let sustained: SustainedTable

    /// The runs of each cell, in the order of the plan.
    package var cells: [[CellRow]] {
        Dictionary(grouping: rows, by: \.key.cellID).sorted { $0.key < $1.key }.map { cell in
            cell.value.sorted { $0.key.repetition < $1.key.repetition }
        }
    }

    /// What the repetitions of each cell say together; nothing where none was repeated.
    package var estimates: [EstimateRow] {
        rows.contains { $0.key.repetition > 1 } ? EstimateRow.rows(of: cells, measures: Self.measures) : []
    }

    /// The figures that are in `cells.csv`.
    static let measures: [CellMeasure] = [
        .ackedPerSecond, .latency(.endToEndIntended, .p50), .latency(.endToEndIntended, .p99),
    ]

    /// The tables that the sweep ended with.
    package var parts: [ReportPart] {
        let table: any Reportable =
            rows.contains { $0.faults != nil }
            ? FaultTable(rows: rows) : SweepTable(axes: axes, rows: rows, estimates: estimates)
        return table.parts + sustained.parts
    }

    private static func sustained(in folder: String) throws(HarnessError) -> SustainedTable {
        guard FileManager.default.fileExists(atPath: "\(folder)/\(SustainedRow.fileName)") else {
            return SustainedTable(axes: [], rows: [])
        }
        let table: CSVReader<SustainedRow> = try Recorded.table(in: folder)
        return SustainedTable(axes: table.axes, rows: table.rows)
    }
}
