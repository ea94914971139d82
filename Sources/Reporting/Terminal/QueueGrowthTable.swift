/// What a task costs in queues of growing size, for a person to read: a table a law, with medians, and one of exponents.
///
/// Pure: rows in, parts of a report out.
package struct QueueGrowthTable: Reportable {
    /// The trials.
    package var trials: [GrowthTrialRow]
    /// The fits.
    package var exponents: [ExponentRow]

    /// A table of the given rows.
    package init(trials: [GrowthTrialRow], exponents: [ExponentRow]) {
        self.trials = trials
        self.exponents = exponents
    }

    package var parts: [ReportPart] {
        let groups = GrowthCell.groups(of: trials)
        let laws = groups.reduce(into: [String]()) { laws, group in
            if laws.last != group[0].law { laws.append(group[0].law) }
        }
        let tables = laws.map { law in costs(law, groups.filter { $0[0].law == law }.flatMap { $0 }) }
        return (tables + [growth]).flatMap(\.parts)
    }

    private func costs(_ law: String, _ cells: [GrowthCell]) -> TitledTable {
        TitledTable(
            title: "Cost of a task by \(law), \(trials[0].protocolName), medians",
            headings: [
                .text("durability"), .number(law), .number("trials"), .number("Redis CPU"), .number("worker CPU"),
                .number("wall"), .number("tasks/s"), .number("tasks/claim"), .number("memory"),
            ],
            rows: cells.map { cell in
                let wall = cell.median(.wall)
                return [
                    cell.durability, HumanNumber.count(cell.size), HumanNumber.count(cell.trials.count),
                    HumanNumber.time(microseconds: cell.median(.redis)),
                    HumanNumber.time(microseconds: cell.median(.worker)), HumanNumber.time(microseconds: wall),
                    HumanNumber.rate(1e6 / wall), HumanNumber.number(cell.trials[0].tasksPerClaim),
                    HumanNumber.number(cell.median(.memory)) + " B",
                ]
            })
    }

    private var growth: TitledTable {
        let groups = exponents.reduce(into: [[ExponentRow]]()) { groups, row in
            if let last = groups.last?.last, last.law == row.law, last.durability == row.durability {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
        return TitledTable(
            title: "Growth: the exponent of the size, and what the greatest size costs against the least",
            headings: [.text("law"), .text("durability"), .number("sizes")]
                + ["Redis CPU", "worker CPU", "wall", "memory"].flatMap { [.number($0), .number("×")] },
            rows: groups.map { group in
                [group[0].law, group[0].durability, HumanNumber.count(group[0].sizes)]
                    + GrowthCell.Figure.allCases.flatMap { figure in
                        let row = group.first { $0.figure == figure.rawValue }
                        return [row.map(Self.exponent) ?? "–", row.map { $0.ratio.fixed($0.ratio < 1 ? 3 : 2) } ?? "–"]
                    }
            })
    }

    private static func exponent(_ row: ExponentRow) -> String {
        row.exponent.fixed(3) + (row.standardError.map { " ± \($0.fixed(3))" } ?? "")
    }
}
