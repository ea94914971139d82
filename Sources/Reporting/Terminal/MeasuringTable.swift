import Measurement

/// What measuring costs, for a person to read: medians with and without, and the ratios of the pairs.
///
/// Pure: rows in, parts of a report out.
package struct MeasuringTable: Reportable {
    /// The drains.
    package var rows: [MeasuringRow]

    /// A table of the given drains.
    package init(rows: [MeasuringRow]) { self.rows = rows }

    /// Throughput with journals ÷ throughput without, of each pair that is whole.
    package var ratios: [Double] { pairs.map { $0.with.tasksPerSecond / $0.without.tasksPerSecond } }

    /// The same with the time of the audit added to the time of a whole drain.
    package var ratiosWithAudit: [Double] {
        pairs.map { pair in
            let tasks = Double(pair.with.tasks)
            let seconds = tasks / pair.with.tasksPerSecond + (pair.with.auditSeconds ?? 0)
            return tasks / seconds / pair.without.tasksPerSecond
        }
    }

    package var parts: [ReportPart] {
        let table = TitledTable(
            title: "Cost of measuring, \(rows.first?.protocolName ?? ""), medians",
            headings: [
                .text("journals"), .number("trials"), .number("tasks/s"), .number("worker CPU"), .number("Redis CPU"),
                .number("journal"), .number("audit"), .number("analysis"),
            ],
            rows: [true, false].compactMap { hasJournals in
                cells(rows.filter { $0.hasJournals == hasJournals })
            })
        guard !rows.isEmpty else { return [] }
        let lines = [
            line("Throughput with journals ÷ without", ratios),
            line("The same if the drain waited for the audit", ratiosWithAudit),
        ]
        return [.table(table, notes: lines.compactMap { $0 })]
    }

    private var pairs: [(with: MeasuringRow, without: MeasuringRow)] {
        rows.filter(\.hasJournals).compactMap { with in
            rows.first { !$0.hasJournals && $0.key.repetition == with.key.repetition }.map { (with, $0) }
        }
    }

    private func cells(_ rows: [MeasuringRow]) -> [String]? {
        guard let first = rows.first else { return nil }
        func median(_ value: (MeasuringRow) -> Double?) -> Double? { rows.compactMap(value).median }
        func time(_ microseconds: Double?) -> String { microseconds.map(HumanNumber.time(microseconds:)) ?? "–" }
        return [
            first.hasJournals ? "on" : "off", HumanNumber.count(rows.count),
            median(\.tasksPerSecond).map(HumanNumber.rate) ?? "–", time(median(\.workerMicrosecondsPerTask)),
            time(median(\.redisMicrosecondsPerTask)),
            median(\.journalBytesPerTask).map { HumanNumber.number($0) + " B" } ?? "–",
            time(median { $0.auditSeconds.map { $0 * 1e6 } }), time(median { $0.analysisSeconds.map { $0 * 1e6 } }),
        ]
    }

    private func line(_ title: String, _ ratios: [Double]) -> String? {
        guard let median = ratios.median, let least = ratios.min(), let most = ratios.max() else { return nil }
        let pairs = ratios.count == 1 ? "1 pair" : "\(ratios.count) pairs"
        return "\(title): \(median.fixed(3)) (\(least.fixed(3)) to \(most.fixed(3)), \(pairs))"
    }
}
