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
    /// How its hosts' clocks were brought in line; `nil` for a run on one.
    package let clocks: [ClockRow]?

    /// Reads the tables in a run's folder.
    ///
    /// - Throws: ``HarnessError/results(_:)`` when one is missing, can't be read, or is not as it was signed.
    package init(_ folder: RecordedFolder) throws(HarnessError) {
        let summaries: CSVReader<SummaryRow> = try folder.table()
        guard let summary = summaries.rows.first else {
            throw .results(
                ResultsError(
                    path: "\(folder.path)/\(SummaryRow.fileName)", problem: "has no row: get the file once more"))
        }
        self.summary = summary
        latencies = try folder.table().rows
        io = try folder.table().rows
        accuracy = try folder.table().rows
        faults = try folder.rows()
        clocks = try folder.rows()
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
