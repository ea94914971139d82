/// What faults did, for a person to read: a line for each protocol, durability and fault.
///
/// Pure: rows in, parts of a report out.
package struct FaultTable: Reportable {
    /// The runs that have ended.
    package var rows: [CellRow]

    /// A table of the given runs.
    package init(rows: [CellRow]) { self.rows = rows }

    private struct Group {
        let name: [String]
        var runs: [CellRow] = []
        var faults: [FaultRow] = []
    }

    package var parts: [ReportPart] {
        let groups = groups()
        let faults = groups.reduce(0) { $0 + $1.faults.count }
        let failed = rows.count { $0.status == .failed }
        let headline =
            "\(HumanNumber.count(faults)) faults in \(HumanNumber.runs(rows.count))"
            + (failed == 0 ? "" : ", \(HumanNumber.count(failed)) FAILED")
        let table = TitledTable(
            title: headline,
            headings: [
                .text("protocol"), .text("durability"), .text("fault"), .number("runs"), .number("faults"),
                .number("in flight"), .number("lost"), .number("run twice"), .number("placed twice"),
                .number("recovered p50"), .number("p99"), .number("max"),
            ],
            rows: groups.map(cells))
        return [table.partOrTitle]
    }

    private func groups() -> [Group] {
        var groups: [[String]: Group] = [:]
        var order: [[String]] = []
        for row in rows.flatMap(Self.byFault) {
            guard let faults = row.faults, let first = faults.first else { continue }
            let name = [first.protocolName, first.durability, first.fault]
            if groups[name] == nil { order.append(name) }
            groups[name, default: Group(name: name)].runs.append(row)
            groups[name]?.faults += faults
        }
        return order.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { groups[$0] }
    }

    /// A run with faults of several kinds as one of each kind: what became of its tasks is then what followed those faults.
    private static func byFault(_ row: CellRow) -> [CellRow] {
        let kinds = Dictionary(grouping: row.faults ?? [], by: \.fault)
        guard kinds.count > 1 else { return [row] }
        return kinds.values.map { faults in
            var part = row
            part.faults = faults
            part.summary = ["duplicated": String(faults.reduce(0) { $0 + $1.duplicated })]
            let lost = faults.compactMap(\.lost)
            // Where the audit of a run could not ask Redis, nothing is known of any of its faults.
            if lost.count == faults.count { part.summary["lost"] = String(lost.reduce(0, +)) }
            return part
        }
    }

    private func cells(of group: Group) -> [String] {
        func total(_ column: String) -> String {
            HumanNumber.total(group.runs.map { $0.summary[column].flatMap { Int($0) } })
        }
        let times = group.faults.compactMap(\.recoverSeconds).sorted()
        func time(_ fraction: Double) -> String {
            guard !times.isEmpty else { return "–" }
            let rank = max(1, Int((fraction * Double(times.count)).rounded(.up)))
            return HumanNumber.time(microseconds: times[rank - 1] * 1e6)
        }
        return group.name + [
            HumanNumber.count(group.runs.count), HumanNumber.count(group.faults.count),
            HumanNumber.count(group.faults.reduce(0) { $0 + $1.inFlight }), total("lost"), total("duplicated"),
            total("messages_placed_twice"), time(0.5), time(0.99), time(1),
        ]
    }
}
