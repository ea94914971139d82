import Measurement
package import Reporting
import Workload

/// Has `fibq knee` look for a knee that is known: that of one slot whose tasks all sleep equally long, M/D/1.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
package struct KneeCheck {
    /// The limit of the objective, in sleeps: far enough above one for the steep part of the curve.
    private static let limit = 20.0
    /// The length of a probe, in sleeps: with that many tasks a 99th percentile says where it is.
    private static let probe = 20_000.0
    /// Where the search begins, as a share of what the slot can do.
    private static let start = 0.2

    private let service: Duration
    private let seed: UInt64
    private let output: String?
    private let commandLine: [String]
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a check.
    package struct Outcome: StudyOutcome {
        package let folder: String
        /// The search; `nil` when it was not begun.
        package fileprivate(set) var knee: KneeStudy.Outcome?
        /// Found and known; `nil` without a knee.
        package fileprivate(set) var row: KneeCheckRow?
        package var wasInterrupted = false

        package init(folder: String) { self.folder = folder }

        package var isEmpty: Bool { knee?.isEmpty ?? true }

        package var problem: String? {
            guard let row else { return "no knee: \(knee?.result?.words ?? "the search was not begun")" }
            return row.isWithinTolerance ? nil : "found and known differ by more than 5 %"
        }

        /// 0 when the knee was found where it is, 1 otherwise, 130 after an interruption.
        package var exitStatus: Int32 {
            if problem == nil { return 0 }
            return wasInterrupted ? 130 : 1
        }
    }

    /// A check with the tasks and the folder of these settings; `report` hears what it is at.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for settings that make no sense.
    package init(
        _ settings: QueueingSettings, signals: TerminationSignals, report: @escaping (String) -> Void
    ) throws(HarnessError) {
        try settings.validate()
        (service, seed, output) = (settings.service, settings.seed, settings.output)
        (commandLine, self.signals, self.report) = (settings.commandLine, signals, report)
    }

    /// Calibrates, searches, calibrates again, and writes `knee_check.csv` of a knee that was found; the search's own files go to
    /// the folder `knee`.
    package func run() throws(HarnessError) -> Outcome {
        try StudyCourse(output: output, signals: signals).run(measuring: check) { outcome, folder in
            var files = ["knee/\(Manifest.fileName)"]
            if let row = outcome.row {
                try CSVWriter.write([row], into: folder.path)
                files.append(KneeCheckRow.fileName)
            }
            return StudyRecord(
                files: files, seed: seed,
                facts: ["name": .string("knee-check"), "service": .string(service.textWithUnit)],
                commandLine: commandLine)
        }
    }

    private func check(_ folder: RunFolder, _ outcome: inout Outcome) throws {
        let bench = SlotBench(
            service: service, runs: ParallelRuns(parallel: 1, stop: signals.stop), seed: seed)
        report("calibration")
        guard let before = try bench.calibrate(in: folder, name: "before") else { return }
        let settings = try settings(occupancy: before, output: "\(folder.path)/knee")
        let knee = try KneeStudy(settings, signals: signals, report: report).run()
        outcome.knee = knee
        guard case .found(let rate, _) = knee.result, let after = try bench.calibrate(in: folder, name: "after")
        else { return }
        let occupancy = (before + after) / 2
        let limit = settings.objective.limitMicroseconds
        guard
            let utilisation = FixedServiceQueue.utilisation(atSojourn: limit / (occupancy * 1e6), share: 0.99)
        else { throw HarnessError.run("a task occupies the slot for longer than the objective's limit") }
        outcome.row = KneeCheckRow(
            key: .study(folder.runID), objective: "\(settings.objective)", limitMicroseconds: limit,
            occupancyBefore: before * 1e6, occupancyAfter: after * 1e6, knownUtilisation: utilisation,
            foundPerSecond: rate)
    }

    private func settings(occupancy: Double, output: String) throws -> KneeSettings {
        var scenario = Scenario()
        scenario.mix = try QueueModel.fixed.mix(service: service)
        (scenario.workers, scenario.slots, scenario.claim) = (1, 1, 1)
        (scenario.monitorInterval, scenario.seed) = (SlotBench.monitorInterval, seed)
        var run = RunSettings(scenario: scenario)
        run.commandLine = commandLine
        var settings = KneeSettings(
            run: run,
            objective: KneeObjective(figure: .p99, latency: .endToEndIntended, limit: service * Self.limit))
        settings.from = Self.start / occupancy
        settings.probe = service * Self.probe
        settings.output = output
        return settings
    }
}
