import ReliableQueue
package import Reporting
import Workload

/// How monitors catch up after nobody had watched: tasks are orphaned, monitors start, and it is measured how soon the
/// tasks are claimable again, how long Redis was busy with a single call, and what a worker waits meanwhile.
package struct RecoveryStudy {
    private let settings: RecoverySettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a study.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// A row a trial.
        package fileprivate(set) var rows: [RecoveryRow] = []
        package var wasInterrupted = false
        fileprivate var redis: RedisFacts?

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { rows.isEmpty }
    }

    /// A study; `report` hears what it is at.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: RecoverySettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (self.settings, self.signals, self.report) = (settings, signals, report)
    }

    /// Makes the trials, one after the other, and writes `recovery.csv` and the manifest; also of the trials before one that
    /// can't be made.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: settings.output, signals: signals).run(measuring: makeTrials) { outcome, folder in
            try CSVWriter.write(outcome.rows, into: folder.path)
            return StudyRecord(
                files: [RecoveryRow.fileName],
                setUp: outcome.redis.map { redis in
                    StudyRecord.SetUp(
                        redis: redis, transport: "unix", protocolName: settings.queueProtocol.rawValue,
                        durability: "\(settings.durability)")
                }, seed: 0, facts: settings.facts, commandLine: settings.commandLine)
        }
    }

    private func makeTrials(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        for repetition in 1...settings.repetitions {
            for monitors in settings.monitors {
                guard !signals.stop.isSet else { return }
                report("\(monitors) monitors, repetition \(repetition) of \(settings.repetitions)")
                let key = RunKey(runID: folder.runID, cellID: "monitors-\(monitors)", repetition: repetition)
                let trial = RecoveryTrial(settings: settings, monitors: monitors, stop: signals.stop)
                guard let result = try trial.run(key) else { continue }
                outcome.rows.append(result.row)
                outcome.redis = outcome.redis ?? result.redis
            }
        }
    }
}

extension RecoveryStudy.Outcome {
    /// What is wrong with it, one line; `nil` when every monitor put everything back and every task was done once.
    package var problem: String? {
        for row in rows where row.monitors > 0 && (row.acked != row.tasks || row.doubled > 0) {
            return
                "with \(row.monitors) monitors \(row.acked) of \(row.tasks) tasks were done, \(row.doubled) of them twice"
        }
        return nil
    }
}

extension RecoverySettings {
    /// The study as the manifest states it.
    fileprivate var facts: [String: JSONValue] {
        [
            "name": .string("recovery"), "tasks": .integer(Int64(tasks)), "claim": .integer(Int64(claim)),
            "lease": .string(lease.textWithUnit), "outage": .string(outage.textWithUnit),
            "monitors": .array(monitors.map { .integer(Int64($0)) }),
            "monitor_interval": .string(interval.textWithUnit), "repetitions": .integer(Int64(repetitions)),
        ]
    }
}
