import Foundation
import InstanceLimits
import Reporting
import Workload

/// How a sweep ended.
package struct SweepOutcome: Sendable {
    /// The folder with its files and those of its runs.
    package let folder: String
    /// The table for whoever ran it.
    package let table: String
    /// What went wrong, in one line; `nil` when nothing did.
    package let problem: String?
    /// 0; 1 when runs failed; 130 when it was interrupted.
    package let exitCode: Int32
}

/// Turns what a sweep has finished into its files and its table.
struct SweepReport {
    let settings: SweepSettings
    let source: SourceRevision

    /// Writes `cells.csv`, `estimates.csv`, what else its runs have to say, and `manifest.json`.
    func write(_ folder: borrowing SweepFolder, wasInterrupted: Bool) throws -> SweepOutcome {
        let plan = settings.plan
        let ended = plan.ended(finished: folder.rows.mapValues(\.parameters))
        let runs = try ended.compactMap { trial in
            try folder.rows[plan.name(of: trial)].map { (scenario: try plan.scenario(of: trial), row: $0) }
        }
        let prediction = SweepPrediction(runs)
        let rows = runs.map { scenario, row in
            var row = row
            row.predictedPerSecond = prediction.perSecond(scenario, row)
            return row
        }
        try CSVWriter.write(rows, axes: plan.axisNames, into: folder.path)
        let estimates = estimates(rows)
        try CSVWriter.write(estimates, axes: plan.axisNames, into: folder.path)
        let rates = SustainedRates(axes: plan.axisNames)
        // Runs that are missing might have shown the opposite.
        let sustained = wasInterrupted ? [] : try sustained(rates, runs, in: folder.path)
        if sustained.isEmpty {
            try removeOldAnswer(from: folder.path)
        } else {
            try CSVWriter.write(sustained, axes: rates.axes, into: folder.path)
        }
        let faults = rows.compactMap(\.faults)
        if !faults.isEmpty { try CSVWriter.write(faults.joined(), into: folder.path) }
        let failovers = runs.contains(where: { $0.scenario.mayMoveMaster }) ? FailoverRow.rows(of: rows) : []
        if !failovers.isEmpty { try CSVWriter.write(failovers, into: folder.path) }
        let failed = rows.count { $0.status == .failed }
        let exitCode: Int32 = wasInterrupted ? 130 : failed > 0 ? 1 : 0
        let tables =
            [CellRow.fileName, EstimateRow.fileName] + (sustained.isEmpty ? [] : [SustainedRow.fileName])
            + (faults.isEmpty ? [] : [FaultRow.fileName]) + (failovers.isEmpty ? [] : [FailoverRow.fileName])
        try writeManifest(folder, rows, ended, signing: tables, exitStatus: exitCode)
        let answer = SustainedTable(axes: rates.axes, rows: sustained).render()
        return SweepOutcome(
            folder: folder.path, table: table(rows, estimates, failovers) + (answer.isEmpty ? "" : "\n" + answer),
            problem: problem(folder.path, ended: rows.count, failed: failed, wasInterrupted), exitCode: exitCode)
    }

    /// What the runs of each cell say together.
    private func estimates(_ rows: [CellRow]) -> [EstimateRow] {
        let plan = settings.plan
        let runs = Dictionary(grouping: rows, by: \.key.cellID)
        let judged = plan.stopRule.flatMap { CellMeasure($0.measure) }
        return EstimateRow.rows(
            of: (0..<plan.cellCount).map { runs[plan.cellID($0)] ?? [] },
            measures: CellMeasure.estimated(until: plan.stopRule)
        ) { measure, values in
            measure == judged ? plan.stopRule?.isMet(by: values) : nil
        }
    }

    /// What the sweep said before it was resumed does not hold any more.
    private func removeOldAnswer(from folder: String) throws {
        let file = "\(folder)/\(SustainedRow.fileName)"
        if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
    }

    private func sustained(
        _ rates: SustainedRates, _ runs: [SustainedRates.Run], in folder: String
    ) throws -> [SustainedRow] {
        // Both questions are about the same files, which are read once.
        var forecasts: [String: InstanceForecast] = [:]
        return try rates.rows(of: runs) { row in
            forecasts[row.name] = try forecast(row, in: folder)
            return forecasts[row.name]?.wasHeldBack ?? false
        } span: { row in
            forecasts[row.name]?.span
        }
    }

    /// What a run used of the processors, on its own instance; `nil` where it did nothing, or its files are gone.
    private func forecast(_ row: CellRow, in folder: String) throws -> InstanceForecast? {
        let run = "\(folder)/\(row.name)"
        guard let type = row.summary["instance"], row.summary["acked"] != "0",
            FileManager.default.fileExists(atPath: "\(run)/\(SummaryRow.fileName)")
        else { return nil }
        return try InstanceForecast(
            RecordedRun(run), in: settings.catalogue, type: type, starts: [.full, .launch], rate: nil, speed: 1)
    }

    private func table(_ rows: [CellRow], _ estimates: [EstimateRow], _ failovers: [FailoverRow]) -> String {
        guard failovers.isEmpty else { return FailoverTable(rows: failovers).render() }
        guard !rows.contains(where: { $0.faults != nil }) else { return FaultTable(rows: rows).render() }
        let isRepeated = settings.plan.mostRepetitions > 1
        return SweepTable(axes: settings.plan.axisNames, rows: rows, estimates: isRepeated ? estimates : []).render()
    }

    private func problem(_ folder: String, ended: Int, failed: Int, _ wasInterrupted: Bool) -> String? {
        let failures = "\(failed) of \(ended) runs failed"
        guard wasInterrupted else { return failed > 0 ? failures + ": see the column reason of cells.csv" : nil }
        let plan = settings.plan
        let planned = plan.stopRule == nil ? "of \(plan.trialCount) runs" : "runs"
        return "interrupted after \(ended) \(planned); "
            + (failed > 0 ? failures + "; " : "") + "go on with --resume --out \(folder)"
    }

    private func writeManifest(
        _ folder: borrowing SweepFolder, _ rows: [CellRow], _ ended: [SweepTrial], signing tables: [String],
        exitStatus: Int32
    ) throws {
        let manifests = rows.map { "\($0.name)/\(Manifest.fileName)" }
        let record = StudyRecord(
            files: tables + manifests.filter { FileManager.default.fileExists(atPath: "\(folder.path)/\($0)") },
            seed: settings.plan.seed, facts: facts(folder.identity, ended), commandLine: settings.commandLine)
        var manifest = Manifest(
            of: record, runID: folder.identity.runID, startedAt: folder.identity.startedAt, host: folder.identity.host,
            source: source, exitStatus: exitStatus)
        try manifest.sign(record.files, in: folder.path)
        try manifest.write(into: folder.path)
    }

    /// The plan, and the order that follows from it and, where it has a stop rule, from how the runs ended.
    private func facts(_ identity: SweepIdentity, _ ended: [SweepTrial]) -> [String: JSONValue] {
        let plan = settings.plan
        return [
            "name": .string(plan.name), "description": .string(plan.description), "plan": .string(settings.planText),
            "plan_sha256": .string(identity.planSHA256), "program_sha256": .string(identity.programSHA256),
            "cells": .integer(Int64(plan.cellCount)), "repetitions": .integer(Int64(plan.repetitions)),
            "order": .array(plan.order(ended: ended).map { .string(plan.name(of: $0)) }),
        ]
    }
}

extension Scenario {
    /// True when another server may become the queue's master: by a fault, or since others decide who is.
    fileprivate var mayMoveMaster: Bool { fault?.kind.movesQueue ?? false || fault != nil && topology != .standalone }
}
