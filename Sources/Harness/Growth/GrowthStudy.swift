import Redis
import ReliableQueue
package import Reporting
import Workload

/// What a task costs as a queue grows: trials at each size of each law, and the exponents of growth; and what the harness' own
/// measuring costs.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
package struct GrowthStudy {
    private let settings: GrowthSettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a study.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// A row a trial.
        package fileprivate(set) var trials: [GrowthTrialRow] = []
        /// A row a drain, of the law of measuring.
        package fileprivate(set) var drains: [MeasuringRow] = []
        /// The fits.
        package fileprivate(set) var exponents: [ExponentRow] = []
        package var wasInterrupted = false
        fileprivate var redis: RedisFacts?

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { trials.isEmpty && drains.isEmpty }
    }

    /// A study; `report` hears what it is at.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: GrowthSettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (self.settings, self.signals, self.report) = (settings, signals, report)
    }

    /// Makes the trials, one after the other, and writes `growth_trials.csv`, `exponents.csv`, `measuring.csv` and the
    /// manifest; also of the trials before one that can't be made.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: settings.output, signals: signals).run(measuring: measure, writing: write)
    }

    private func measure(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        defer { outcome.exponents = GrowthExponents.rows(folder.runID, outcome.trials) }
        try makeTrials(folder, &outcome)
        if settings.laws.contains(.measuring) { try makeDrains(folder, &outcome) }
    }

    private func makeTrials(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        for (point, repetition) in GrowthPlan.trials(settings) {
            guard !signals.stop.isSet else { return }
            report("\(point.cell), repetition \(repetition) of \(settings.repetitions)")
            let key = RunKey(runID: folder.runID, cellID: point.cell, repetition: repetition)
            let trial = GrowthTrial(point: point, settings: settings, stop: signals.stop)
            guard let result = try trial.run(key) else { return }
            outcome.trials.append(result.row)
            outcome.redis = outcome.redis ?? result.redis
        }
    }

    /// Pairs of drains, with and without journals, the order of a pair the other one than that of the last.
    private func makeDrains(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        for repetition in 1...settings.repetitions {
            for place in 1...2 {
                guard !signals.stop.isSet else { return }
                let hasJournals = (repetition + place) % 2 == 0
                report(
                    "measuring, \(hasJournals ? "with" : "without") journals, repetition \(repetition) of"
                        + " \(settings.repetitions)")
                let key = RunKey(
                    runID: folder.runID, cellID: "measuring-\(hasJournals ? "on" : "off")", repetition: repetition)
                let trial = MeasuringTrial(
                    settings: settings, hasJournals: hasJournals, place: place, folder: folder, stop: signals.stop)
                guard let result = try trial.run(key) else { return }
                outcome.drains.append(result.row)
                outcome.redis = outcome.redis ?? result.redis
            }
        }
    }

    /// Writes the tables that have rows.
    private func write(_ outcome: Outcome, _ folder: RunFolder) throws -> StudyRecord {
        var files: [String] = []
        func write<Row: CSVTable>(_ rows: [Row]) throws {
            guard !rows.isEmpty else { return }
            try CSVWriter.write(rows, into: folder.path)
            files.append(Row.fileName)
        }
        try write(outcome.trials)
        try write(outcome.exponents)
        try write(outcome.drains)
        // The law of claims has each durability.
        let durabilities = settings.laws.contains(.claim) ? Durability.ofOneServer : [.none]
        return StudyRecord(
            files: files,
            setUp: outcome.redis.map { redis in
                StudyRecord.SetUp(
                    redis: redis, transport: "unix", protocolName: settings.queueProtocol.rawValue,
                    durability: durabilities.map(\.description).joined(separator: ","))
            }, seed: 0, facts: settings.facts, commandLine: settings.commandLine)
    }
}

extension GrowthSettings {
    /// The study as the manifest states it.
    fileprivate var facts: [String: JSONValue] {
        var facts: [String: JSONValue] = [
            "name": .string("growth"), "laws": .array(laws.map { .string($0.rawValue) }),
            "repetitions": .integer(Int64(repetitions)), "tasks": .integer(Int64(tasks)),
            "backlog": .integer(Int64(backlog)), "workers": .integer(Int64(workers)), "claim": .integer(Int64(claim)),
            "limit": .string(limit.textWithUnit), "drain": .integer(Int64(drain)),
        ]
        for law in laws where law.possibleSizes != nil {
            facts["sizes_\(law.rawValue.replacing("-", with: "_"))"] = .array(
                sizes(of: law).map { .integer(Int64($0)) })
        }
        return facts
    }
}
