/// How the clocks of a run's hosts were brought in line, for a person to read.
struct ClockTable: Reportable {
    let rows: [ClockRow]

    var parts: [ReportPart] { rows.isEmpty ? [] : [.table(table, notes: notes)] }

    private var table: TitledTable {
        TitledTable(
            title: "Clocks",
            headings: [
                .verbatim("process"), .text("host"), .number("samples"), .number("round trip"), .number("error"),
                .number("drift"), .text("journals"),
            ],
            rows: rows.map { row in
                [
                    row.name, row.host, HumanNumber.count(row.samples), time(row.roundTripMicroseconds),
                    row.isShared ? "same clock" : time(row.errorMicroseconds),
                    row.driftPartsPerMillion.map { HumanNumber.number($0) + " ppm" } ?? "–",
                    row.isCollected ? "collected" : "MISSING",
                ]
            })
    }

    private var notes: [String] {
        // The two that are known least well may be the two ends of a latency.
        let errors = rows.compactMap(\.errorMicroseconds).sorted().suffix(2)
        guard let greatest = errors.last, greatest > 0 else { return [] }
        return [
            "All times are in the conductor's clock, to within \(HumanNumber.time(microseconds: greatest)).",
            "A latency from one process to another is uncertain by up to "
                + "\(HumanNumber.time(microseconds: errors.reduce(0, +))).",
        ]
    }

    /// The names of those whose journals are not in the tables.
    var missing: [String] { rows.filter { !$0.isCollected }.map(\.name) }

    private func time(_ microseconds: Double?) -> String {
        microseconds.map { HumanNumber.time(microseconds: $0) } ?? "–"
    }
}
