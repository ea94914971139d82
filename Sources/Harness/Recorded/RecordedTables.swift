package import Reporting

/// The tables of a run, read back.
package struct RecordedTables: Sendable {
    /// The run's line.
    package let summary: SummaryRow
    /// Its latencies.
    package let latencies: [LatencyRow]
    /// Where its time went.
    package let io: [IORow]
    /// How right its results were.
    package let accuracy: [AccuracyRow]
    /// The faults that were injected; `nil` for a run without any.
    package let faults: [FaultRow]?

    /// Reads the tables in a run's folder.
    ///
    /// - Throws: ``HarnessError/results(_:)`` when one is missing or can't be read.
    package init(in folder: String) throws(HarnessError) {
        do throws(ResultsError) {
            guard let summary = try CSVReader<SummaryRow>(in: folder).rows.first else {
                throw ResultsError(
                    path: "\(folder)/\(SummaryRow.fileName)", problem: "has no row: get the file once more")
            }
            self.summary = summary
            latencies = try CSVReader(in: folder).rows
            io = try CSVReader(in: folder).rows
            accuracy = try CSVReader(in: folder).rows
            faults = try CSVReader.rowsIfPresent(in: folder)
        } catch {
            throw .results(error)
        }
    }

    /// It as a run of a sweep without axes.
    package var cell: CellRow {
        let isUsable = summary.pace.generators?.isUsable ?? true
        var row = CellRow(
            key: summary.key, parameters: [], status: isUsable ? .done : .unusable, reason: "",
            latency: CellLatency(latencies), demand: nil, summary: summary)
        row.faults = faults
        return row
    }
}
