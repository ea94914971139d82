import Fibonacci
import Foundation
import Measurement
import Multiprecision
import Reporting

/// The whole Fibonacci study: every table of it in one folder, with a manifest.
package struct AccuracyStudy: Sendable {
    private let folder: RunFolder
    private let source: SourceRevision
    private let commandLine: [String]
    private let to: Int

    /// Makes the folder; `output` is as for a run, `to` the greatest n that is timed.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when the folder is in use.
    package init(output: String?, to: Int, commandLine: [String]) throws(HarnessError) {
        // Before the folder is made, which would count as a change of the source tree.
        source = SourceRevision.current()
        folder = try RunFolder(output: output)
        self.commandLine = commandLine
        self.to = to
    }

    /// Computes, measures and writes everything. About a minute up to n = 10^7.
    package func run(progress: (String) -> Void) throws(HarnessError) {
        let began = Date()
        do {
            try writeAccuracy(progress)
            try writeDivergence(progress)
            try writeSources(progress)
            try writeTimings(progress)
            try writeManifest(began)
        } catch {
            throw HarnessError(error)
        }
    }

    private func writeAccuracy(_ progress: (String) -> Void) throws {
        progress("accuracy for n from 0 to 200")
        let names = AlgorithmRegistry.closedFormulas.map(\.name)
        let variants = try AlgorithmVariant.expand(
            names, precisions: [24, 53, 64, 113], roundings: [.nearest], defaults: ([], []))
        let sweep = try AccuracySweep(from: 0, to: 200, variants: variants, force: false)
        try CSVDestination.write(AccuracyRow.self, to: path(AccuracyRow.fileName)) { emit throws(HarnessError) in
            try sweep.run(folder.runID, emit: emit)
        }
    }

    private func writeDivergence(_ progress: (String) -> Void) throws {
        let names = AlgorithmRegistry.closedFormulas.map(\.name)
        let variants = try AlgorithmVariant.expand(
            names, precisions: AlgorithmVariant.studiedPrecisions, roundings: RoundingMode.allCases, defaults: ([], []))
        var rows: [DivergenceRow] = []
        var bounds: [BoundRow] = []
        for variant in variants {
            let bits = variant.algorithm.precisionBits ?? 0
            progress("first divergence of \(variant.algorithm.name), \(bits) bits, \(variant.rounding.rawValue)")
            let row = try DivergenceScan.row(folder.runID, variant)
            rows.append(row)
            if let bound = BoundRow(row, rounding: variant.rounding) { bounds.append(bound) }
        }
        try CSVWriter.write(rows, into: folder.path)
        try CSVWriter.write(bounds, into: folder.path)
        try BoundPlot.svg(bounds, rounding: RoundingMode.nearest.rawValue)
            .write(toFile: path(BoundPlot.fileName), atomically: true, encoding: .utf8)
    }

    private func writeSources(_ progress: (String) -> Void) throws {
        progress("sources of error")
        try CSVDestination.write(ErrorSourceRow.self, to: path(ErrorSourceRow.fileName)) { emit throws(HarnessError) in
            try ErrorSplit.sweep(
                folder.runID, from: 1, to: 200, precisions: [24, 53, 113], roundings: [.nearest], emit: emit)
        }
    }

    private func writeTimings(_ progress: (String) -> Void) throws {
        let sweep = try TimingSweep(AlgorithmRegistry.available.map(\.name), to: to)
        let timings = try sweep.timings(folder.runID, progress: progress)
        try CSVWriter.write(timings, into: folder.path)
        try CSVWriter.write(GrowthFit.rows(folder.runID, timings), into: folder.path)
        try CSVWriter.write(
            sweep.crossovers(folder.runID, timings, progress: progress), into: folder.path)
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// A run without Redis: what the manifest says of it is `none`.
    private func writeManifest(_ began: Date) throws {
        var manifest = Manifest(
            runID: folder.runID, startedAt: began, endedAt: Date(), exitStatus: 0, commit: source.commit,
            dirty: source.isDirty, host: try HostFacts.collect(), versions: Versions.all,
            redis: RedisFacts(
                version: "none", save: "", appendonly: "", appendfsync: "", maxmemory: "", maxmemoryPolicy: "",
                ioThreads: ""),
            transport: "none", protocolName: "none", durability: "none", instance: nil, seed: 0,
            workload: .object(["name": .string("fibonacci study"), "timed_to": .integer(Int64(to))]),
            commandLine: commandLine, sha256: [:])
        try manifest.sign(
            [
                AccuracyRow.fileName, DivergenceRow.fileName, BoundRow.fileName, BoundPlot.fileName,
                ErrorSourceRow.fileName, TimingRow.fileName, GrowthRow.fileName, CrossoverRow.fileName,
            ], in: folder.path)
        try manifest.write(into: folder.path)
    }
}
