/// How algorithms' times grow and where they change places, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct GrowthTable: Reportable {
    /// The fits.
    package var growth: [GrowthRow]
    /// The changes of places.
    package var crossovers: [CrossoverRow]

    /// A table of the given rows; a part without rows is left out.
    package init(growth: [GrowthRow], crossovers: [CrossoverRow]) {
        self.growth = growth
        self.crossovers = crossovers
    }

    package var parts: [ReportPart] { [fits, places].flatMap(\.parts) }

    private var fits: TitledTable {
        TitledTable(
            title: "Growth of time",
            headings: [
                .text("algorithm"), .number("from n"), .number("to n"), .number("points"), .text("time grows as"),
                .number("deviation"),
            ],
            rows: growth.map { row in
                [
                    row.algorithm, HumanNumber.count(row.fromN), HumanNumber.count(row.toN),
                    HumanNumber.count(row.points), Self.law(row), HumanNumber.percent(row.deviation),
                ]
            })
    }

    private var places: TitledTable {
        TitledTable(
            title: "Changes of places",
            headings: [.text("algorithm"), .text("is overtaken by"), .number("from n")],
            rows: crossovers.map { [$0.algorithm, $0.overtakenBy, HumanNumber.count($0.n)] })
    }

    private static func law(_ row: GrowthRow) -> String {
        if let exponent = row.exponent { return "n^\(exponent.fixed(2))" }
        return row.base.map { "\($0.fixed(3))^n" } ?? "–"
    }
}
