import Foundation
import ReliableQueue
package import Reporting

/// How monitors catch up after nobody had watched: tasks are orphaned, monitors start, and it is measured how soon the
/// tasks are claimable again, how long Redis was busy with a single call, and what a worker waits meanwhile.
package struct RecoveryStudy {
    private let settings: RecoverySettings
    private let signals: TerminationSignals
    private let report: (String) -> Void

    /// What came of a study.
    package struct Outcome {
        /// The folder of its files.
        package let folder: String
        /// A row a trial.
        package let rows: [RecoveryRow]
        /// True when a signal ended it before all trials were made.
        package let wasInterrupted: Bool
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

    /// Makes the trials, one after the other, and writes `recovery.csv` and the manifest.
    package func run() throws(HarnessError) -> Outcome {
        let (source, began) = (SourceRevision.current(), Date())
        let folder = try RunFolder(output: settings.output)
        do {
            var rows: [RecoveryRow] = []
            for repetition in 1...settings.repetitions {
                for monitors in settings.monitors {
                    guard !signals.stop.isSet else { break }
                    report("\(monitors) monitors, repetition \(repetition) of \(settings.repetitions)")
                    let key = RunKey(runID: folder.runID, cellID: "monitors-\(monitors)", repetition: repetition)
                    let trial = RecoveryTrial(settings: settings, monitors: monitors, stop: signals.stop)
                    if let row = try trial.run(key) { rows.append(row) }
                }
            }
            try CSVWriter.write(rows, into: folder.path)
            try writeManifest(folder, source, began)
            return Outcome(folder: folder.path, rows: rows, wasInterrupted: signals.wasInterrupted)
        } catch {
            folder.removeUnlessUsed()
            throw HarnessError(error)
        }
    }

    private func writeManifest(_ folder: RunFolder, _ source: SourceRevision, _ began: Date) throws {
        var manifest = Manifest(
            runID: folder.runID, startedAt: began, endedAt: Date(), exitStatus: signals.wasInterrupted ? 130 : 0,
            commit: source.commit, dirty: source.isDirty, host: try HostFacts.collect(), versions: Versions.all,
            redis: RedisFacts(
                version: "a private server a trial", save: "", appendonly: "", appendfsync: "", maxmemory: "",
                maxmemoryPolicy: "", ioThreads: ""),
            transport: "unix", protocolName: settings.queueProtocol.rawValue, durability: "\(settings.durability)",
            instance: nil, seed: 0, workload: .object(["name": .string("recovery")]),
            commandLine: settings.commandLine, sha256: [:])
        try manifest.sign([RecoveryRow.fileName], in: folder.path)
        try manifest.write(into: folder.path)
    }
}
