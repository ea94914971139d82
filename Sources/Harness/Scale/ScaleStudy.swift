import Measurement
import Redis
import ReliableQueue
package import Reporting
import Workload

/// What a task costs over shards, servers, distances and workers: trials of each shape, at a pace that saturates nothing and as fast
/// as can be.
///
/// It must be used on the process' main thread, which its servers' lives are tied to.
package struct ScaleStudy {
    private let settings: ScaleSettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a study.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// A row a trial.
        package fileprivate(set) var trials: [ScaleTrialRow] = []
        package var wasInterrupted = false
        fileprivate var redis: RedisFacts?

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { trials.isEmpty }
    }

    /// A study; `report` hears what it is at.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: ScaleSettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (self.settings, self.signals, self.report) = (settings, signals, report)
    }

    /// Makes the trials, one after the other, and writes `scale_trials.csv` and the manifest; also of the trials before one that
    /// can't be made.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: settings.output, signals: signals).run(measuring: makeTrials) { outcome, folder in
            try CSVWriter.write(outcome.trials, into: folder.path)
            return StudyRecord(
                files: [ScaleTrialRow.fileName],
                setUp: outcome.redis.map { redis in
                    StudyRecord.SetUp(
                        redis: redis, transport: "tcp", protocolName: settings.protocols.joined(separator: ","),
                        durability: "\(Durability.none)")
                }, seed: 0, facts: settings.facts, commandLine: settings.commandLine)
        }
    }

    private func makeTrials(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        let trials = ScalePlan.trials(settings.shapes, repetitions: settings.repetitions)
        // All of them are there from the start, beside each trial the same: to start a Cluster takes longer than a trial.
        var fleets: [ScaleServers.Need: ScaleServers] = [:]
        defer { for servers in fleets.values { servers.stop() } }
        for need in Set(settings.shapes.map(ScaleServers.Need.init)) where !signals.stop.isSet {
            fleets[need] = try ScaleServers(need)
        }
        MonotonicClock.wakeOnTime()
        for (number, (shape, repetition)) in trials.enumerated() {
            guard !signals.stop.isSet else { return }
            report("\(shape.cell), repetition \(repetition), trial \(number + 1) of \(trials.count)")
            let key = RunKey(runID: folder.runID, cellID: shape.cell, repetition: repetition)
            guard let servers = fleets[ScaleServers.Need(shape)] else { return }
            let trial = ScaleTrial(shape: shape, settings: settings, servers: servers, stop: signals.stop)
            guard let result = try trial.run(key) else { return }
            outcome.trials.append(result.row)
            outcome.redis = outcome.redis ?? result.redis
        }
    }
}

extension ScaleSettings {
    /// The study as the manifest states it.
    fileprivate var facts: [String: JSONValue] {
        [
            "name": .string("scale"), "rate": .integer(Int64(rate)), "repetitions": .integer(Int64(repetitions)),
            "length": .string(length.textWithUnit), "backlog": .integer(Int64(backlog)),
            "shapes": .array(shapes.map { .string($0.cell) }),
        ]
    }
}
