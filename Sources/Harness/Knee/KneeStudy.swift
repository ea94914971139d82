package import Measurement
import ReliableQueue
package import Reporting
import Workload

/// Looks for the highest rate that a set-up sustains: makes the probes that a ``KneeSearch`` asks for, each a whole run, and
/// writes what came of them.
///
/// It must be used on the process' main thread, like the ``Conductor`` of each probe.
package struct KneeStudy {
    private let settings: KneeSettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a search.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// A row a probe.
        package fileprivate(set) var rows: [KneeRow] = []
        /// How it ended; `nil` when it did not.
        package fileprivate(set) var result: KneeOutcome?
        package var wasInterrupted = false

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { rows.isEmpty }

        package var problem: String? {
            guard let result, !result.isFound else { return nil }
            return "no knee: \(result.words)"
        }

        /// The objective's figure over the repetitions at the knee, in microseconds; `nil` without a knee, and with fewer than
        /// 6 repetitions.
        package var interval: OrderStatisticInterval? {
            guard case .found(let rate, _) = result else { return nil }
            let repetitions = rows.filter { $0.stage == .confirm && $0.isUsable && $0.ratePerSecond == rate }
            return OrderStatisticInterval(repetitions.compactMap(\.objectiveMicroseconds))
        }

        /// 0 for a knee; 1 without; 130 after an interruption.
        package var exitStatus: Int32 {
            if result?.isFound == true { return 0 }
            return wasInterrupted ? 130 : 1
        }
    }

    /// A search; `report` hears of each probe.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: KneeSettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (self.settings, self.signals, self.report) = (settings, signals, report)
    }

    /// Makes the probes, and writes `knee.csv` and the manifest; also of the probes before one that can't be made.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: settings.output, signals: signals).run(measuring: search) { outcome, folder in
            try CSVWriter.write(outcome.rows, into: folder.path)
            return StudyRecord(
                files: [KneeRow.fileName] + outcome.rows.map { "\($0.run)/\(Manifest.fileName)" },
                seed: settings.run.scenario.seed, facts: facts(outcome), commandLine: settings.run.commandLine)
        }
    }

    private func search(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        var search = KneeSearch(settings.limits)
        while true {
            switch search.next {
            case .ended(let result):
                outcome.result = result
                return
            case .probe(let rate, let stage):
                guard !signals.stop.isSet,
                    let (row, finding) = try probe(rate, stage, folder, after: outcome.rows)
                else { return }
                outcome.rows.append(row)
                report(line(row))
                search.note(finding)
            }
        }
    }

    /// Makes one probe; `nil` when it was interrupted.
    private func probe(
        _ rate: Double, _ stage: KneeStage, _ folder: RunFolder, after rows: [KneeRow]
    ) throws(HarnessError) -> (KneeRow, KneeSearch.Finding)? {
        let rank = rows.count + 1
        let name = "probe-\(rank < 10 ? "0" : "")\(rank)"
        let same = rows.filter { $0.ratePerSecond == rate }
        let key = RunKey(
            runID: folder.runID, cellID: same.first?.key.cellID ?? "rate-\(rank)", repetition: same.count + 1)
        let run = try Conductor(
            settings.run(ofProbe: rank, at: rate, key, output: "\(folder.path)/\(name)"), signals: signals
        ).run()
        guard run.exitCode != 130 else { return nil }
        if let problem = run.problem { throw .run("the probe at \(HumanNumber.rate(rate)): \(problem)") }
        try RunFolder(existing: run.folder)?.removeJournals()
        return judge(run, rate, stage, key, rank, name)
    }

    private func judge(
        _ run: RunOutcome, _ rate: Double, _ stage: KneeStage, _ key: RunKey, _ rank: Int, _ name: String
    ) -> (KneeRow, KneeSearch.Finding) {
        let leftInRedis = run.summary.counts.leftInRedis
        let judgement = KneeJudgement(
            settings.objective, run.summary.pace, run.latencies, leftInRedis: leftInRedis)
        let row = KneeRow(
            key: key, stage: stage, rank: rank, ratePerSecond: rate, pace: run.summary.pace,
            latencyKind: settings.objective.latency, latency: judgement.latency,
            objectiveMicroseconds: judgement.figure, scheduleLagP99: judgement.scheduleLagP99,
            meetsObjective: judgement.isMet, isUsable: judgement.finding != .unusable, run: name,
            leftInRedis: leftInRedis)
        return (row, judgement.finding)
    }

    private func line(_ row: KneeRow) -> String {
        let figure = row.objectiveMicroseconds.map(HumanNumber.time(microseconds:)) ?? "no task done"
        let judgement = row.isUsable ? (row.meetsObjective ? "met" : "missed") : "unusable, the generator fell behind"
        return "\(row.stage.rawValue) \(row.rank): \(HumanNumber.rate(row.ratePerSecond)): "
            + "\(settings.objective.figure.rawValue) \(figure): \(judgement)"
    }

    /// The search as the manifest states it.
    private func facts(_ outcome: Outcome) -> [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "name": .string("knee"), "objective": .string("\(settings.objective)"),
            "arrival": .string(settings.arrival.rawValue), "from": .number(settings.from),
            "most": .number(settings.most), "resolution": .number(settings.resolution),
            "probe": .string(settings.probe.textWithUnit), "repetitions": .integer(Int64(settings.repetitions)),
            "scenario": .object(settings.run.scenario.facts),
            "outcome": .string(outcome.result?.name ?? "interrupted"),
        ]
        if case .found(let rate, let missed) = outcome.result {
            facts["knee_per_s"] = .number(rate)
            facts["lowest_missed_per_s"] = .number(missed)
        }
        if let interval = outcome.interval {
            facts["objective_median_us"] = .number(interval.median)
            facts["objective_low_us"] = .number(interval.low)
            facts["objective_high_us"] = .number(interval.high)
            facts["objective_coverage"] = .number(interval.coverage)
        }
        return facts
    }
}
