import Measurement

/// How monitors caught up, for a person to read: a line a trial.
///
/// Pure: rows in, parts of a report out.
package struct RecoveryTable: Reportable {
    /// The trials.
    package var rows: [RecoveryRow]

    /// A table of the given trials.
    package init(rows: [RecoveryRow]) { self.rows = rows }

    package var parts: [ReportPart] {
        let title = rows.first.map { row in
            "\(HumanNumber.count(row.tasks)) orphaned tasks in \(HumanNumber.count(row.claims)) claims, \(row.protocolName)"
        }
        let table = TitledTable(
            title: title ?? "no trial was made",
            headings: [
                .number("monitors"), .number("caught up"), .number("longest call"), .number("over 1 ms"),
                .number("wait p50"), .number("p99"), .number("max"), .number("after p50"), .number("p99"),
                .number("drained"), .number("acked"), .number("twice"),
            ],
            rows: rows.map(cells))
        return [table.partOrTitle]
    }

    private func cells(of row: RecoveryRow) -> [String] {
        func time(_ microseconds: Double?) -> String { microseconds.map(HumanNumber.time(microseconds:)) ?? "–" }
        return [
            HumanNumber.count(row.monitors), time(row.caughtUpSeconds.map { $0 * 1e6 }),
            row.longestCallMicroseconds.map(HumanNumber.time(microseconds:)) ?? "< 500 µs",
            HumanNumber.count(row.callsOverOneMillisecond), time(row.waitDuring?.p50), time(row.waitDuring?.p99),
            time(row.waitDuring?.max), time(row.waitAfter?.p50), time(row.waitAfter?.p99),
            time(row.drainedSeconds.map { $0 * 1e6 }), HumanNumber.count(row.acked), HumanNumber.count(row.doubled),
        ]
    }
}
