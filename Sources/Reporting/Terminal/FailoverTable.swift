/// What became of queues whose server was replaced by another, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct FailoverTable: Reportable, Sendable {
    /// A set-up and a kind of fault each.
    package var rows: [FailoverRow]

    /// A table of the given rows.
    package init(rows: [FailoverRow]) { self.rows = rows }

    package var parts: [ReportPart] { table.parts }

    private var table: TitledTable {
        let faults = rows.reduce(0) { $0 + $1.faults }
        return TitledTable(
            title: "\(HumanNumber.count(faults)) faults: what was lost, and how long no task was acked",
            headings: [
                .text("topology"), .text("protocol"), .text("durability"), .number("min replicas"), .text("fault"),
                .number("runs"), .number("faults"), .number("lost"), .number("run twice"), .number("with loss"),
                .number("95 % below"), .number("stall p50"), .number("max"), .number("recovered p50"), .number("max"),
                .number("end to end p99"),
            ],
            rows: rows.map(Self.cells))
    }

    private static func cells(of row: FailoverRow) -> [String] {
        func time(_ seconds: Double?) -> String {
            seconds.map { HumanNumber.time(microseconds: $0 * 1e6) } ?? "–"
        }
        func count(_ count: Int?) -> String { count.map { HumanNumber.count($0) } ?? "–" }
        return [
            row.topology, row.protocolName, row.durability, count(row.minReplicas), row.fault, count(row.repetitions),
            count(row.faults), count(row.lost), count(row.duplicated), count(row.faultsWithLoss),
            row.lossShareBound.map { "\(($0 * 100).fixed(2)) %" } ?? "–", time(row.stallMedianSeconds),
            time(row.stallMaxSeconds), time(row.recoverMedianSeconds), time(row.recoverMaxSeconds),
            row.p99Microseconds.map { HumanNumber.time(microseconds: $0) } ?? "–",
        ]
    }
}
