import Reporting

/// What must hold between the tables of a run, whatever happened in it.
///
/// All of it follows from how the tables are made (``RunAnalysis``): what is only likely is not checked.
struct RunLaws {
    let tables: RecordedSheets
    private let summary: CSVSheet

    /// The laws of a run's tables; one that is not there is not asked.
    init(_ tables: RecordedSheets) {
        self.tables = tables
        guard let summary = tables[SummaryRow.self] else { preconditionFailure("a run has a summary") }
        self.summary = summary
    }

    /// What each law found.
    var outcomes: [CheckOutcome] {
        [counts, latencies, costs] + [sink, generators, credits].compactMap(\.self)
    }

    /// Whether the summary has a number in each of these columns.
    func tells(_ columns: String...) -> Bool { columns.allSatisfy { summary.number($0) != nil } }

    /// How many rows the summary has.
    var runs: Int { summary.records.count }

    /// The number in a column of the summary; 0 where it is empty, or older than the column.
    func told(_ column: String) -> Double { summary.number(column) ?? 0 }

    private var latencies: CheckOutcome {
        let order = ["min_us", "p50_us", "p90_us", "p95_us", "p99_us", "p99_9_us", "p99_99_us", "max_us"]
        guard let sheet = tables[LatencyRow.self] else { return CheckOutcome(.latencies, "none") }
        let columns = order.compactMap { sheet.texts($0)?.map { Double($0) ?? 0 } }
        let problems = sheet.records.indices.compactMap { row -> String? in
            let values = columns.map { $0[row] }
            guard zip(values, values.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                return "latency.csv:\(sheet.records[row].line): a percentile is below one before it"
            }
            return nil
        }
        return CheckOutcome(.latencies, "percentiles do not fall", problems: problems)
    }

    private var costs: CheckOutcome {
        var laws = Agreements()
        if let io = tables[IORow.self] {
            checkTasks(of: io, &laws)
            checkShares(of: io, &laws)
            let parts = ["cpu_s", "io_wait_s", "other_wait_s", "residual_s"].reduce(0) { $0 + io.sum($1) }
            // Each is rounded to a microsecond.
            laws.expect(
                "io.csv: cpu_s + io_wait_s + other_wait_s + residual_s", parts, "wall_s", io.sum("wall_s"),
                within: 2.5e-6 * Double(io.records.count))
        }
        if let acked = summary.number("acked"), acked > 0 {
            for (column, total, within) in [
                ("redis_commands_per_task", summary.number("redis_commands"), 5e-5),
                ("redis_cpu_us_per_task", summary.number("cpu_redis_s").map { $0 * 1e6 }, 5e-4 + 0.5 / acked),
            ] {
                guard let total, let told = summary.number(column) else { continue }
                laws.expect(
                    "summary.csv: \(column)", told, "what is used ÷ acked", total / acked, within: within + 1e-9 * told)
            }
        }
        return CheckOutcome(.costs, "times and tasks of io.csv add up", problems: laws.problems)
    }

    /// What ran is what was executed, and what the sink refused, unless a worker died between writing down the one and the other.
    private func checkTasks(of io: CSVSheet, _ laws: inout Agreements) {
        guard told("worker_deaths") == 0 else { return }
        let (tasks, executions) = (io.sum("tasks", where: "role", is: "worker"), told("executions"))
        let most = executions + told("messages_refused") + told("unexpected")
        laws.expectAtMost("summary.csv: executions", executions, "tasks of the workers in io.csv", tasks)
        laws.expectAtMost(
            "io.csv: tasks of the workers", tasks, "executions + messages_refused + unexpected", most)
    }

    /// Shares follow from the times, each of which is rounded to a microsecond.
    private func checkShares(of io: CSVSheet, _ laws: inout Agreements) {
        for (share, part) in [("cpu_share", "cpu_s"), ("io_share", "io_wait_s")] {
            let values = zip(zip(io.texts(share) ?? [], io.texts(part) ?? []), io.texts("wall_s") ?? [])
            for (record, ((share, time), wall)) in zip(io.records, values) {
                guard let told = Double(share), let time = Double(time), let wall = Double(wall), wall > 0 else {
                    continue
                }
                laws.expect(
                    "io.csv:\(record.line): \(part) ÷ wall_s", time / wall, "its share", told,
                    within: 5.1e-5 + 5e-7 * (1 + told) / wall)
            }
        }
    }

    private var sink: CheckOutcome? {
        guard let sink = tables[SinkRow.self], summary.number("messages_placed") != nil else { return nil }
        var laws = Agreements()
        for name in ["placed", "repeated", "refused"] {
            laws.expect("sink.csv: sum of \(name)", sink.sum(name), "messages_\(name)", told("messages_\(name)"))
        }
        return CheckOutcome(.sink, "sink.csv and messages_* add up", problems: laws.problems)
    }

    private var generators: CheckOutcome? {
        guard let generators = tables[GeneratorRow.self] else { return nil }
        var laws = Agreements()
        if let intervals = tables[IntervalRow.self] {
            laws.expect(
                "generators.csv: sum of sent", generators.sum("sent"), "the sum of sent in intervals.csv",
                intervals.sum("sent"))
        }
        laws.expect(
            "number of rows in generators.csv", Double(generators.records.count), "generators", told("generators"))
        if let lag = generators.numbers("lag_p99_us").max() {
            laws.expect(
                "generators.csv: greatest lag_p99_us", lag, "generator_lag_p99_us", told("generator_lag_p99_us"))
        }
        return CheckOutcome(.generators, "generators.csv adds up", problems: laws.problems)
    }

    private var credits: CheckOutcome? {
        guard let credits = tables[CreditRow.self] else { return nil }
        let times = credits.numbers("at_s")
        let problems = zip(times, times.dropFirst()).enumerated().filter { $0.element.0 > $0.element.1 }.map {
            "credits.csv:\(credits.records[$0.offset + 1].line): is of an earlier moment than the row before"
        }
        return CheckOutcome(.credits, "time does not go back in credits.csv", problems: problems)
    }
}
