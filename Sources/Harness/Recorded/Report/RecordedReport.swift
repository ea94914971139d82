package import Reporting

/// What a folder shows: the tables that the command which made it printed, from its files alone.
package struct RecordedReport: Reportable {
    package let parts: [ReportPart]

    /// Reads a folder. A forecast was written wherever its reader wanted it, also beside a run, or by itself.
    ///
    /// - Throws: ``HarnessError/results(_:)`` for one that can't be read, or of which a table is not as it was signed.
    package init(_ path: String) throws(HarnessError) {
        let forecasts: [ForecastRow]? = try Recorded.rows(in: path)
        let isForecastOnly = forecasts != nil && !RecordedFolder.hasManifest(path)
        let recorded = isForecastOnly ? [] : try Self.parts(try RecordedFolder(path))
        parts = recorded + ForecastTable(rows: forecasts ?? []).parts
    }

    private static func parts(_ folder: RecordedFolder) throws(HarnessError) -> [ReportPart] {
        let path = folder.path
        switch folder.kind {
        case .run:
            let run = try RecordedTables(folder)
            let faults = run.faults == nil ? [] : FaultTable(rows: [run.cell]).parts
            return RunTable(
                summary: run.summary, latencies: run.latencies, io: run.io, accuracy: run.accuracy,
                clocks: run.clocks ?? []
            ).parts + faults
        case .sweep: return try RecordedSweep(folder).parts
        case .knee: return try knee(folder)
        case .kneeCheck:
            let checks: [KneeCheckRow] = try rows(folder)
            let knee = folder.has("knee") ? try RecordedReport("\(path)/knee").parts : []
            return knee + checks.flatMap { KneeCheckTable(row: $0).parts }
        case .queueing: return QueueingTable(rows: try rows(folder)).parts
        case .recovery: return RecoveryTable(rows: try rows(folder)).parts
        case .growth:
            return QueueGrowthTable(trials: try rows(folder), exponents: try rows(folder)).parts
                + MeasuringTable(rows: try rows(folder)).parts
        case .scale: return ScaleTable(trials: try rows(folder)).parts
        case .plan: return PlanTable(model: try rows(folder), plans: try rows(folder)).parts
        case .fibonacci: return GrowthTable(growth: try rows(folder), crossovers: try rows(folder)).parts
        case .other:
            return [.text(["\(path): no command prints a table of such a folder; its files can be read as they are"])]
        }
    }

    private static func knee(_ folder: RecordedFolder) throws(HarnessError) -> [ReportPart] {
        let rows: [KneeRow] = try rows(folder)
        return KneeTable(objective: folder.manifest.workload["objective"]?.text ?? "the objective met", rows: rows)
            .parts
    }

    /// The rows of a table; none where the folder has no such file.
    private static func rows<Row: ReadableCSVTable>(_ folder: RecordedFolder) throws(HarnessError) -> [Row] {
        try folder.rows() ?? []
    }
}
