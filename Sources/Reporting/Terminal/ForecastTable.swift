/// What a run would come to on an instance type, for a person to read.
///
/// Pure: rows in, parts of a report out.
package struct ForecastTable: Reportable {
    /// A start of the credits each.
    package var rows: [ForecastRow]

    /// A table of these forecasts.
    package init(rows: [ForecastRow]) { self.rows = rows }

    package var parts: [ReportPart] {
        guard let row = rows.first else { return [] }
        let table = TitledTable(
            title:
                "\(row.key.runID) on \(row.instance): \(HumanNumber.time(microseconds: row.cpuPerTaskMicroseconds)) of CPU "
                + "a task, \(row.wantedProcessors.fixed(2)) processors wanted",
            headings: [
                .text("credits"), .number("would last"), .number("slows after"), .number("spent after"),
                .number("with credits"), .number("afterwards"), .number("a million"), .number("afterwards"),
            ],
            rows: rows.map(Self.cells))
        return [table.partOrTitle, .text(notes(row))]
    }

    private static func cells(of row: ForecastRow) -> [String] {
        [
            row.credits ?? "–", span(row.lastsSeconds),
            row.slowsAfterSeconds.map { HumanNumber.clock(seconds: $0) } ?? "never",
            row.endsAfterSeconds.map { HumanNumber.clock(seconds: $0) } ?? "never",
            HumanNumber.rate(row.withCreditsPerSecond), HumanNumber.rate(row.afterwardsPerSecond),
            price(row.withCreditsUSDPerMillion), price(row.afterwardsUSDPerMillion),
        ]
    }

    private static func span(_ seconds: Double?) -> String {
        seconds.map { HumanNumber.clock(seconds: $0) } ?? "for ever"
    }

    private static func price(_ dollars: Double?) -> String { dollars.map { "$\($0.fixed(4))" } ?? "–" }

    private func notes(_ row: ForecastRow) -> [String] {
        let speed =
            row.speed == 1
            ? "Its processors are taken to be as fast as those of the run; say --speed where they are not"
            : "Its processors are taken to be \(HumanNumber.number(row.speed)) times as fast as those of the run"
        let surplus =
            row.surplusUSDPerHour > 0
            ? ["Surplus credits: $\(row.surplusUSDPerHour.fixed(4)) an hour, counted in full."] : []
        return surplus + [
            speed + " (a t2's are some years old).",
            "Left out: memory, network and disk, and what a throttled processor's cold caches cost.",
        ]
    }
}
