import Fibonacci
import Foundation
import Measurement
import Multiprecision
import Reporting

/// The whole Fibonacci study: every table of it in one folder, with a manifest.
package final class AccuracyStudy {
    private let folder: RunFolder
    private let source: SourceRevision
    private let commandLine: [String]
    private let to: Int
    private let timing: TimingSweep
    private let work: LongWork
    /// The files that are whole.
    private var written: [String] = []

    /// Makes the folder; `output` is as for a run, `to` the greatest n that is timed.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when the folder is in use, or `to` is below 1.
    package init(output: String?, to: Int, commandLine: [String], work: LongWork) throws(HarnessError) {
        timing = try TimingSweep(AlgorithmRegistry.available.map(\.name), to: to)
        // Before the folder is made, which would count as a change of the source tree.
        source = SourceRevision.current()
        folder = try RunFolder(output: output)
        self.commandLine = commandLine
        self.to = to
        self.work = work
    }

    /// Computes, measures and writes everything: some minutes up to n = 10^7. One that is interrupted leaves the tables
    /// that it finished and a manifest of them.
    ///
    /// - Returns: the folder.
    package func run() throws(HarnessError) -> String {
        let began = Date()
        do {
            try writeAccuracy()
            try writeDivergence()
            try writeSources()
            try writeTimings()
            try writeManifest(began, exitStatus: 0)
            return folder.path
        } catch HarnessError.interrupted(let reason) {
            let ending = HarnessError.interrupted("\(reason); what was measured so far is in \(folder.path)")
            do { try writeManifest(began, exitStatus: ending.exitCode) } catch { throw HarnessError(error) }
            throw ending
        } catch {
            throw HarnessError(error)
        }
    }

    private func writeAccuracy() throws {
        work.report("accuracy for n from 0 to 200")
        let variants = try AlgorithmVariant.expand(
            Self.formulas, precisions: [24, 53, 64, 113], roundings: [.nearest], defaults: ([], []))
        let sweep = try AccuracySweep(from: 0, to: 200, variants: variants, force: false)
        try write(AccuracyRow.self) { emit throws(HarnessError) in try sweep.run(folder.runID, work, emit: emit) }
    }

    private func writeDivergence() throws {
        let variants = try AlgorithmVariant.expand(
            Self.formulas, precisions: AlgorithmVariant.studiedPrecisions, roundings: RoundingMode.allCases,
            defaults: ([], []))
        var bounds: [BoundRow] = []
        try write(DivergenceRow.self) { emit throws(HarnessError) in
            for variant in variants {
                let row = try DivergenceScan.row(folder.runID, variant, work)
                try emit(row)
                if let bound = BoundRow(row, rounding: variant.rounding) { bounds.append(bound) }
            }
        }
        try write(bounds)
        try BoundPlot.svg(bounds, rounding: RoundingMode.nearest.rawValue)
            .write(toFile: "\(folder.path)/\(BoundPlot.fileName)", atomically: true, encoding: .utf8)
        written.append(BoundPlot.fileName)
    }

    private func writeSources() throws {
        work.report("sources of error")
        let sweep = try ErrorSplitSweep(from: 1, to: 200, precisions: [24, 53, 113], roundings: [.nearest])
        try write(ErrorSourceRow.self) { emit throws(HarnessError) in try sweep.run(folder.runID, work, emit: emit) }
    }

    private func writeTimings() throws {
        var timings: [TimingRow] = []
        // What was timed before an interruption is worth keeping.
        let ending = Result { () throws(HarnessError) in
            try timing.run(folder.runID, work) { row throws(HarnessError) in timings.append(row) }
        }
        try write(timings)
        try ending.get()
        try write(GrowthFit.rows(folder.runID, timings))
        try write(timing.crossovers(folder.runID, timings, work))
    }

    private static var formulas: [String] { AlgorithmRegistry.closedFormulas.map(\.name) }

    private func write<Row: CSVTable>(_ rows: [Row]) throws {
        try write(Row.self) { emit throws(HarnessError) in for row in rows { try emit(row) } }
    }

    private func write<Row: CSVTable>(
        _ table: Row.Type, _ produce: (_ emit: (Row) throws(HarnessError) -> Void) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        try CSVDestination("\(folder.path)/\(Row.fileName)").write(table, produce)
        written.append(Row.fileName)
    }

    /// A run without Redis: what the manifest says of it is `none`.
    private func writeManifest(_ began: Date, exitStatus: Int32) throws {
        let none = RedisFacts(
            version: "none", save: "", appendonly: "", appendfsync: "", maxmemory: "", maxmemoryPolicy: "",
            ioThreads: ""
        )
        let record = StudyRecord(
            files: written,
            setUp: StudyRecord.SetUp(redis: none, transport: "none", protocolName: "none", durability: "none"),
            seed: 0, facts: ["name": .string("fibonacci study"), "timed_to": .integer(Int64(to))],
            commandLine: commandLine)
        var manifest = Manifest(
            of: record, runID: folder.runID, startedAt: began, host: try HostFacts.collect(), source: source,
            exitStatus: exitStatus)
        try manifest.sign(written, in: folder.path)
        try manifest.write(into: folder.path)
    }
}
