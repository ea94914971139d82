import Measurement

/// The end of a run for a person to read: how fast, how late, where the time went, what was inexact, what was lost.
///
/// Pure: rows in, parts of a report out, at most 100 columns wide on a terminal.
package struct RunTable: Reportable {
    /// The run's line.
    package var summary: SummaryRow
    /// Its latencies.
    package var latencies: [LatencyRow]
    /// Where its time went.
    package var io: [IORow]
    /// How right its results were.
    package var accuracy: [AccuracyRow]

    /// How its hosts' clocks were brought in line; none for a run on one.
    package var clocks: [ClockRow]

    /// A table of the given rows; a part without rows is left out.
    package init(
        summary: SummaryRow, latencies: [LatencyRow], io: [IORow], accuracy: [AccuracyRow], clocks: [ClockRow] = []
    ) {
        self.summary = summary
        self.latencies = latencies
        self.io = io
        self.accuracy = accuracy
        self.clocks = clocks
    }

    package var parts: [ReportPart] {
        [headline] + [throughput, generator, latency].flatMap(\.parts) + ClockTable(rows: clocks).parts
            + [inputOutput, inexact, audit, messages].flatMap(\.parts)
    }

    private var headline: ReportPart {
        let setup = summary.setup
        let detail = """
            \(setup.protocolName) · durability \(setup.durability) · \(setup.transport) · \(setup.arrival) · \
            \(setup.workers) × \(setup.slots) slots · claim \(setup.claim)
            """
        return .heading(summary.key.runID, detail: detail)
    }

    private var throughput: TitledTable {
        let (counts, pace) = (summary.counts, summary.pace)
        return TitledTable(
            title: "Throughput",
            headings: [
                .number("tasks sent"), .number("acked"), .number("offered/s"), .number("sent/s"), .number("acked/s"),
                .number("backlog/s"), .number("duration"), .text("verdict"),
            ],
            rows: [
                [
                    HumanNumber.count(counts.sent), HumanNumber.count(counts.acked), number(pace.offeredPerSecond),
                    number(pace.sentPerSecond), number(pace.ackedPerSecond), number(pace.backlogSlopePerSecond),
                    HumanNumber.time(microseconds: pace.durationSeconds * 1e6), pace.verdict?.rawValue ?? "–",
                ]
            ])
    }

    private var generator: TitledTable {
        guard let generators = summary.pace.generators, let verdict = generators.verdict else {
            return TitledTable(title: "", headings: [], rows: [])
        }
        return TitledTable(
            title: generators.isUsable ? "Generator" : "UNUSABLE: THE GENERATOR FELL BEHIND",
            headings: [
                .number("processes"), .number("planned"), .number("sent"), .number("late, p99"), .number("CPU"),
                .text("verdict"),
            ],
            rows: [
                [
                    HumanNumber.count(generators.count), HumanNumber.count(summary.setup.tasksPlanned),
                    HumanNumber.count(summary.counts.sent + summary.counts.unacknowledged),
                    HumanNumber.time(microseconds: generators.lagP99),
                    generators.cpuShare.map(HumanNumber.percent) ?? "–", verdict.rawValue.replacing("_", with: " "),
                ]
            ])
    }

    private var latency: TitledTable {
        let columns: [(String, KeyPath<LatencySummary, Double>)] = [
            ("p50", \.p50), ("p95", \.p95), ("p99", \.p99), ("p99.9", \.p99_9), ("max", \.max),
        ]
        return TitledTable(
            title: "Latency",
            headings: [.text("task kind"), .text("latency"), .number("tasks")] + columns.map { .number($0.0) },
            rows: latencies.enumerated().map { index, row in
                let isRepeated = index > 0 && latencies[index - 1].taskKind == row.taskKind
                let times = columns.map { HumanNumber.time(microseconds: row.summary[keyPath: $0.1]) }
                let count = HumanNumber.count(Int(row.summary.count))
                return [isRepeated ? "" : row.taskKind, row.latencyKind.title, count] + times
            })
    }

    private var inputOutput: TitledTable {
        TitledTable(
            title: "Where the time went",
            headings: [
                .text("task kind"), .text("role"), .number("tasks"), .number("wall"), .number("CPU"), .number("I/O"),
                .number("no core"), .number("rest"), .number("concurrency"),
            ],
            rows: io.map { row in
                let shares = [row.cpuSeconds, row.ioWaitSeconds, row.otherWaitSeconds, row.residualSeconds].map {
                    row.wallSeconds > 0 ? HumanNumber.percent($0 / row.wallSeconds) : "–"
                }
                let wall = HumanNumber.time(microseconds: row.wallSeconds * 1e6)
                return [row.taskKind, row.role, HumanNumber.count(row.tasks), wall] + shares
                    + [number(row.suggestedConcurrency)]
            })
    }

    private var inexact: TitledTable {
        TitledTable(
            title: "Inexact results",
            headings: [
                .text("algorithm"), .number("bits"), .number("n checked"), .number("inexact"), .number("first at n"),
                .number("most ulp"),
            ],
            rows: AlgorithmAccuracy.grouped(accuracy).map { group in
                [
                    group.algorithm, group.precisionBits.map(String.init) ?? "–", HumanNumber.count(group.checked),
                    HumanNumber.count(group.inexact), group.firstInexact.map(HumanNumber.count) ?? "–",
                    number(group.greatestULP),
                ]
            })
    }

    private var audit: TitledTable {
        let counts = summary.counts
        let columns: [(String, Int?)] = [
            ("lost", counts.lost), ("duplicated", counts.duplicated), ("recovered", counts.recovered),
            ("unexpected", counts.unexpected), ("failed", counts.failed), ("dead", counts.dead),
            ("stale acks", counts.staleAcks), ("left in Redis", counts.leftInRedis), ("wrong", counts.wrongResults),
        ]
        return TitledTable(
            title: verdict(on: counts.lost), headings: columns.map { .number($0.0) },
            rows: [columns.map { $0.1.map(HumanNumber.count) ?? "–" }])
    }

    private var messages: TitledTable {
        guard let messages = summary.messages else { return TitledTable(title: "", headings: [], rows: []) }
        let columns = [
            ("placed", messages.placed), ("repeated", messages.repeated), ("refused", messages.refused),
            ("placed twice", messages.placedTwice), ("missing", messages.missing),
        ]
        let isWhole = messages.placedTwice == 0 && messages.missing == 0
        return TitledTable(
            title: isWhole ? "Messages, each placed once" : "MESSAGES ARE MISSING, OR THERE TWICE",
            headings: columns.map { .number($0.0) }, rows: [columns.map { HumanNumber.count($0.1) }])
    }

    private func verdict(on lost: Int?) -> String {
        let missing = ClockTable(rows: clocks).missing
        return switch lost {
        case nil where !missing.isEmpty: "Not audited: the journals of \(missing.joined(separator: ", ")) are missing"
        case nil: "Not audited: Redis could not be asked"
        case 0: "Nothing was lost"
        default: "TASKS WERE LOST"
        }
    }

    private func number(_ value: Double?) -> String { value.map(HumanNumber.number) ?? "–" }
}
