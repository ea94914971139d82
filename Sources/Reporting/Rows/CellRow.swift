/// How a run of a sweep ended.
package enum CellStatus: String, Codable, Sendable, CSVValue {
    /// It was measured, and nothing was wrong with it.
    case done
    /// It was measured, and its generator fell behind: what it says is of the generator, and not of the queue.
    case unusable
    /// It could not be measured, or it ended with an exit code that is not 0.
    case failed
}

/// A row of `cells.csv`: a run of a sweep in one line.
///
/// It is kept as text, so that a sweep can be resumed from what it wrote down, and needs no run's files for it.
package struct CellRow: CSVTable, Codable, Sendable, Equatable {
    package static let fileName = "cells.csv"
    package static let rowMeaning = "a cell × repetition of a sweep that has ended"
    package static let hasAxes = true

    package var key: RunKey
    package var parameters: [String]
    /// How it ended.
    package var status: CellStatus
    /// Why it failed; empty when it did not.
    package var reason: String
    /// Its latencies; `nil` without an acked task.
    package var latency: CellLatency?
    /// What a task of it took; `nil` when that is not known.
    package var demand: TaskDemand?
    /// Tasks a second that it was predicted to do; `nil` when there is nothing to predict it from.
    package var predictedPerSecond: Double?
    /// Its rows of `faults.csv`; `nil` for a run without faults.
    package var faults: [FaultRow]?
    /// Its row of `summary.csv` by column; empty when there is none.
    package var summary: [String: String]

    /// The row of a run.
    ///
    /// - Parameter summary: its line, if it could be measured.
    package init(
        key: RunKey, parameters: [String], status: CellStatus, reason: String, latency: CellLatency?,
        demand: TaskDemand?, summary: SummaryRow?
    ) {
        self.key = key
        self.parameters = parameters
        self.status = status
        self.reason = reason
        self.latency = latency
        self.demand = demand
        self.summary = summary?.texts ?? [:]
    }

    package static let attributes: [CSVAttribute<CellRow>] =
        [
            CSVAttribute(
                "status", .text, \.status,
                "`done`; `unusable`: the generator fell behind; `failed`: not measured, or with an exit code above 0"),
            CSVAttribute("reason", .text, \.reason, "why it failed, or is not usable; empty when it is done"),
            CSVAttribute(
                "end_to_end_intended_p50_us", .microseconds, \.latency, \.p50,
                "median of end_to_end_intended; with several task kinds, of the kind where it is greatest"),
            CSVAttribute(
                "end_to_end_intended_p99_us", .microseconds, \.latency, \.p99,
                "99th percentile of end_to_end_intended; with several task kinds, of the kind where it is greatest"),
            CSVAttribute(
                "wall_per_task_us", .microseconds, derived: \.demand?.wallMicroseconds,
                "time of a slot that a task takes: from its start to its end, and without a sink from its claim to its ack"
            ),
            CSVAttribute(
                "cpu_per_task_us", .microseconds, derived: \.demand?.cpuMicroseconds,
                "CPU time that it takes, claims and acks included, likewise"),
            CSVAttribute(
                "suggested_slots", .number, derived: \.demand?.suggestedSlots,
                "1 + I/O wait ÷ CPU: slots that would keep a core busy"),
            CSVAttribute(
                "predicted_per_s", .perSecond, \.predictedPerSecond,
                "min(slots ÷ wall, cores ÷ CPU), wall and CPU of each kind being those of the same cell with one slot, and "
                    + "the kinds as they came here; to be held against `acked_per_s`; empty without such a cell"),
        ] + SummaryRow.attributes.map(attribute(of:))

    /// A column of `summary.csv` as one of this table.
    private static func attribute(of summary: CSVAttribute<SummaryRow>) -> CSVAttribute<CellRow> {
        let column = summary.column
        let attribute = CSVAttribute<CellRow>(
            column.name, column.unit, get: { $0.summary[column.name] ?? "" },
            set: { row, text in if !text.isEmpty { row.summary[column.name] = text } }, column.meaning)
        return summary.isNewer ? attribute.newer : attribute
    }
}

extension SummaryRow {
    /// Its values after the key's by the names of their columns, without those that are empty.
    fileprivate var texts: [String: String] {
        let pairs = Self.attributes.map { ($0.column.name, $0.field(self).text) }
        return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.1.isEmpty })
    }
}
