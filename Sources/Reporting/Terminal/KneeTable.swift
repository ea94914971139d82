import Measurement

/// The probes of a search for the knee, for a person to read: the curve of throughput and latency, by rate.
///
/// Pure: rows in, parts of a report out.
package struct KneeTable: Reportable {
    /// What is demanded, in words.
    package var objective: String
    /// The probes.
    package var rows: [KneeRow]

    /// A table of the given probes.
    package init(objective: String, rows: [KneeRow]) { (self.objective, self.rows) = (objective, rows) }

    package var parts: [ReportPart] {
        let table = TitledTable(
            title: rows.isEmpty ? "no probe was made" : "Is \(objective)?",
            headings: [
                .text("stage"), .number("rate"), .number("acked"), .number("p50"), .number("p90"), .number("p99"),
                .number("p99.9"), .number("max"), .text("backlog"), .number("generator late"), .text("met"),
            ],
            rows: rows.sorted { ($0.ratePerSecond, $0.rank) < ($1.ratePerSecond, $1.rank) }.map(Self.cells))
        return [table.partOrTitle]
    }

    private static func cells(of row: KneeRow) -> [String] {
        func time(_ microseconds: Double?) -> String { microseconds.map(HumanNumber.time(microseconds:)) ?? "–" }
        let latency = row.latency
        return [
            row.stage.rawValue, HumanNumber.rate(row.ratePerSecond),
            row.pace.ackedPerSecond.map(HumanNumber.rate) ?? "–", time(latency?.p50), time(latency?.p90),
            time(latency?.p99), time(latency?.p99_9), time(latency?.max), row.pace.verdict?.rawValue ?? "–",
            time(row.scheduleLagP99), row.isUsable ? (row.meetsObjective ? "yes" : "no") : "unusable",
        ]
    }
}
