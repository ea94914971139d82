/// What faults did, for a person to read: a line for each protocol, durability and fault.
///
/// Pure: rows in, text out.
package struct FaultTable {
    /// The runs that have ended.
    package var rows: [CellRow]

    /// A table of the given runs.
    package init(rows: [CellRow]) { self.rows = rows }

    private struct Group {
        let name: [String]
        var runs: [CellRow] = []
        var faults: [FaultRow] = []
    }

    /// The text, ending with a line break.
    package func render() -> String {
        let groups = groups()
        let faults = groups.reduce(0) { $0 + $1.faults.count }
        let failed = rows.count { $0.status == .failed }
        let headline =
            "\(HumanNumber.count(faults)) faults in \(HumanNumber.runs(rows.count))"
            + (failed == 0 ? "" : ", \(HumanNumber.count(failed)) FAILED")
        let table = TerminalTable(
            title: headline,
            headings: [
                .text("protocol"), .text("durability"), .text("fault"), .number("runs"), .number("faults"),
                .number("in flight"), .number("lost"), .number("run twice"), .number("placed twice"),
                .number("recovered p50"), .number("p99"), .number("max"),
            ],
            rows: groups.map(cells))
        return (table.rendered ?? headline) + "\n"
    }

    private func groups() -> [Group] {
        var groups: [[String]: Group] = [:]
        var order: [[String]] = []
        for row in rows {
            guard let faults = row.faults, let first = faults.first else { continue }
            let name = [first.protocolName, first.durability, first.fault]
            if groups[name] == nil { order.append(name) }
            groups[name, default: Group(name: name)].runs.append(row)
            groups[name]?.faults += faults
        }
        return order.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { groups[$0] }
    }

    private func cells(of group: Group) -> [String] {
        func total(_ column: String) -> String {
            let values = group.runs.compactMap { $0.summary[column].flatMap { Int($0) } }
            return values.isEmpty ? "–" : HumanNumber.count(values.reduce(0, +))
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
