import Foundation
import Harness
import Reporting
import TestSupport
import Testing

/// What `fibq compare` says, and what it does not.
@Suite struct ComparisonTests {
    private func results(_ name: String) -> String { "\(RecordedCopy.results)/\(name)" }

    private static let samples: [([Double], [Double], Bool, ComparisonTable.Verdict)] = [
        ([1, 2, 3, 4], [5, 6, 7, 8], true, .better), ([1, 2, 3, 4], [5, 6, 7, 8], false, .worse),
        ([5, 6, 7, 8], [1, 2, 3, 4], true, .worse), ([5, 6, 7, 8], [1, 2, 3, 4], false, .better),
        ([1, 3, 5, 7], [2, 4, 6, 8], true, .notDistinguishable),
        ([1, 1, 1, 1], [1, 1, 1, 1], true, .notDistinguishable),
        ([1, 2, 3], [100, 200, 300], true, .tooFewRuns), ([1], [100], true, .tooFewRuns),
        ([], [1, 2, 3, 4], true, .noFigure),
    ]

    @Test(arguments: Self.samples) func verdicts(
        first: [Double], second: [Double], isBetterHigher: Bool, verdict: ComparisonTable.Verdict
    ) {
        #expect(RunComparison.verdict(first, second, isBetterHigher: isBetterHigher) == verdict)
    }

    @Test func aSweepIsNotDistinguishableFromItself() throws {
        let comparison = try RunComparison(base: results("identical"), compared: results("identical"))
        let rows = comparison.figures.rows
        #expect(rows.count == 12)
        #expect(rows.allSatisfy { $0.verdict == .notDistinguishable && abs(($0.ratio ?? 0) - 1) < 1e-9 })
        #expect(rows.allSatisfy { $0.base.runs == 12 && $0.compared.runs == 12 })
        #expect(comparison.figures.axes == ["workers"])
        #expect(comparison.differences.rows.isEmpty)
        let text = comparison.render()
        #expect(
            text.contains(
                "0 of 12 comparisons are called different; of equal set-ups chance alone would call about 0.60 so"))
        #expect(text.contains("The set-ups are alike"))
    }

    @Test func ofSingleRunsNothingIsClaimed() throws {
        let (first, second) = (results("starved/c001-r1"), results("starved/c002-r1"))
        let comparison = try RunComparison(base: first, compared: second)
        #expect(comparison.figures.rows.map(\.verdict) == Array(repeating: .tooFewRuns, count: 6))
        #expect(comparison.render().contains("No comparison has runs enough to tell a difference from chance."))
        #expect(
            comparison.differences.rows == [
                DifferenceTable.Row(name: "protocol", base: "lease", compared: "stream")
            ])
        #expect(
            comparison.render(as: .markdown).contains(
                "| what | A | B |\n|---|---|---|\n| protocol | lease | stream |\n"))
    }

    @Test func aFolderOfRunsIsRepetitionsOfOneSetUp() throws {
        let folder = try TemporaryFolder()
        for repetition in 1...4 {
            try FileManager.default.copyItem(
                atPath: results("identical/c001-r\(repetition)"),
                toPath: folder.path(of: "r\(repetition)"))
        }
        let comparison = try RunComparison(base: results("starved/c001-r1"), compared: folder.path)
        let row = try #require(comparison.figures.rows.first)
        #expect(row.measure == "acked_per_s" && row.base.runs == 1 && row.compared.runs == 4)
        #expect(row.parameters.isEmpty && row.verdict == .tooFewRuns)
    }

    @Test(
        arguments: [
            (["identical/c001-r1", "identical/c001-r1"], "twice: a copy is no repetition"),
            (["starved/c001-r1", "starved/c002-r1"], "holds runs of several set-ups, which differ in protocol"),
        ]) func whatIsNoSetOfRepetitionsIsRefused(runs: [String], problem: String) throws
    {
        let folder = try TemporaryFolder()
        for (index, run) in runs.enumerated() {
            try FileManager.default.copyItem(atPath: results(run), toPath: folder.path(of: "r\(index)"))
        }
        let error = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("identical/c001-r1"), compared: folder.path)
        }
        #expect("\(error)".contains(problem), "\(error)")
        _ = try folder.write("", to: "cells.journal")
        let begun = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("identical/c001-r1"), compared: folder.path)
        }
        #expect("\(begun)".contains("is of a sweep that has not ended"))
    }

    @Test func aRunThatFailedDoesNotCount() throws {
        let copy = try RecordedCopy(of: "identical/c001-r1")
        let manifest = "\(copy.path)/manifest.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacing("\"exit_status\" : 0", with: "\"exit_status\" : 130")
            .write(toFile: manifest, atomically: true, encoding: .utf8)
        let comparison = try RunComparison(base: copy.path, compared: results("identical/c001-r2"))
        #expect(comparison.figures.rows[0].base.runs == 0)
        #expect(comparison.figures.notes == ["Runs of A that do not count, since they failed or are not usable: 1"])
    }

    @Test func cellsWithoutAPartnerAreNamed() throws {
        let copy = try RecordedCopy(of: "starved")
        try copy.set("param_protocol", of: 2, in: "cells.csv", to: "lock")
        let comparison = try RunComparison(base: results("starved"), compared: copy.path)
        #expect(Set(comparison.figures.rows.map(\.parameters)) == [["lease"]])
        #expect(
            comparison.figures.notes == [
                "Cells of A without a partner: 1 of 2: protocol stream",
                "Cells of B without a partner: 1 of 2: protocol lock",
            ])
    }

    @Test func whatHasNothingInCommonIsRefused() throws {
        let axes = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("starved"), compared: results("identical"))
        }
        #expect("\(axes)".contains("their axes are protocol and workers"))
        let kinds = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("starved"), compared: results("soak"))
        }
        #expect("\(kinds)".contains("is a sweep and") && kinds.exitCode == 64)
        let study = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("recovery"), compared: results("soak"))
        }
        #expect("\(study)".contains("is of a study"))
        let none = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("peers"), compared: results("soak"))
        }
        #expect(none.exitCode == 65)
    }

    @Test(arguments: [("starved", "cells.csv"), ("starved/c001-r1", "latency.csv")])
    func aChangedTableIsRefused(folder: String, name: String) throws {
        let copy = try RecordedCopy(of: folder)
        try copy.edit(name) { $0 + ($0.split(separator: "\n").last ?? "") + "\n" }
        for (base, compared) in [(copy.path, results(folder)), (results(folder), copy.path)] {
            let error = try #require(throws: HarnessError.self) { try RunComparison(base: base, compared: compared) }
            #expect(error.exitCode == 65)
            #expect("\(error)".hasPrefix("\(copy.path)/\(name): is not the file that manifest.json signs: "))
        }
    }

    // MARK: Cells

    @Test func twoCellsOfASweepAreCompared() throws {
        let comparison = try RunComparison(
            base: results("durability-cost/c002"), compared: results("durability-cost/c006/"))
        let rows = comparison.figures.rows
        #expect(comparison.figures.axes.isEmpty)
        #expect(rows.allSatisfy { $0.base.runs == 5 && $0.compared.runs == 5 && $0.interval != nil })
        let verdicts = Dictionary(uniqueKeysWithValues: rows.map { ($0.measure, $0.verdict) })
        #expect(verdicts["acked_per_s"] == .notDistinguishable && verdicts["end_to_end_intended_p50"] == .worse)
        #expect(comparison.differences.rows.contains { ($0.base, $0.compared) == ("none", "always") })
        #expect(comparison.render().contains("\(results("durability-cost/c006")) against "))
    }

    @Test func aCellIsComparedWithARunToo() throws {
        let comparison = try RunComparison(base: results("starved/c001"), compared: results("starved/c002-r1"))
        #expect(comparison.figures.rows.allSatisfy { $0.base.runs == 1 && $0.verdict == .tooFewRuns })
        #expect(
            comparison.differences.rows == [
                DifferenceTable.Row(name: "protocol", base: "lease", compared: "stream")
            ])
    }

    @Test func ofACellWithoutItsRunsFilesWhatTheSweepVariesIsKnown() throws {
        let copy = try RecordedCopy(of: "starved")
        for run in ["c001-r1", "c002-r1"] { try copy.remove(run) }
        let comparison = try RunComparison(base: "\(copy.path)/c001", compared: "\(copy.path)/c002")
        #expect(
            comparison.differences.rows == [
                DifferenceTable.Row(name: "workload.protocol", base: "lease", compared: "stream")
            ])
    }

    @Test func aCellThatIsNotThereIsRefused() throws {
        let error = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("starved/c009"), compared: results("starved/c001"))
        }
        #expect(error.exitCode == 64)
        #expect("\(error)".hasSuffix("/starved has no cell c009: name one of c001 to c002, or a folder of a run"))
        let none = try #require(throws: HarnessError.self) {
            try RunComparison(base: results("soak/c001"), compared: results("starved/c001"))
        }
        #expect("\(none)".contains("there is no such folder"))
    }

    // MARK: What does not count

    @Test func runsThatAreNotDoneDoNotCount() throws {
        let copy = try RecordedCopy(of: "identical")
        try copy.set("status", of: 1, in: "cells.csv", to: "unusable")
        let comparison = try RunComparison(base: copy.path, compared: results("identical"))
        #expect(comparison.figures.rows[0].base.runs == 11)
        #expect(comparison.figures.notes == ["Runs of A that do not count, since they failed or are not usable: 1"])
    }
}
