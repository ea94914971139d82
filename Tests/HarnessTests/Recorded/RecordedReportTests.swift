import Foundation
import Harness
import Reporting
import TestSupport
import Testing

/// What `fibq report` prints of recorded folders.
@Suite struct RecordedReportTests {
    private func report(_ name: String, as format: ReportFormat = .terminal) throws -> String {
        try RecordedReport("\(RecordedCopy.results)/\(name)").render(as: format)
    }

    @Test(
        arguments: [
            (
                "20261125-044912-48a8",
                "20261125-044912-48a8\n  lease · durability everysec · unix · poisson:2000 · 2 × 1 slots"
            ),
            ("identical", "24 runs; medians over the repetitions with their 95 % intervals\n"),
            ("starved", "2 runs\n"), ("faults", "1,"), ("knee-check", "Is p99 end_to_end_intended < 20ms?\n"),
            ("queueing", "Waits, predicted from occupancy and arrivals, and measured\n"),
            ("recovery", "1,000,000 orphaned tasks"), ("growth", "Cost of a task by backlog, lease, medians\n"),
            ("growth-measuring", "Cost of measuring, lease, medians\n"), ("fibonacci", "Growth of time\n"),
        ])
    func eachKindHasItsTables(name: String, beginning: String) throws {
        let text = try report(name)
        #expect(text.hasPrefix(beginning), "\(text)")
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
        #expect(try report(name, as: .markdown).contains("|---:|"))
    }

    @Test func aRunWithFaultsShowsThem() throws {
        let text = try report("soak")
        #expect(text.contains("Where the time went\n") && text.contains("\n1,381 faults in 1 run\n"))
        // A line a kind of fault, with what followed from those of it.
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("  lease     always") }
        #expect(lines.count > 3)
        let twice = lines.compactMap { $0.split(separator: " ", omittingEmptySubsequences: true).dropFirst(7).first }
        #expect(twice.compactMap { Int($0.replacing(",", with: "")) }.reduce(0, +) <= 1_040)
    }

    @Test func aCheckOfTheKneeEndsWithWhatWasFound() throws {
        #expect(try report("knee-check").contains("\n\nfound 709/s, known 723/s, ratio 0.980\n"))
    }

    @Test func aForecastIsShownWhereverItLies() throws {
        let folder = try TemporaryFolder()
        let row = ForecastRow(blank: RunKey(runID: "run", cellID: "a", repetition: 1), parameters: [])
        try CSVWriter.write([row], into: folder.path)
        #expect(try RecordedReport(folder.path).render().hasPrefix("run on : "))
    }

    @Test func aFolderThatCannotBeReadIsRefusedWithTheLine() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.edit("latency.csv") { $0.replacing(",service,", with: ",serfice,") }
        try copy.sign("latency.csv")
        let error = try #require(throws: HarnessError.self) { try RecordedReport(copy.path) }
        #expect(error.exitCode == 65)
        #expect("\(error)".contains("latency.csv:"))
        let none = try #require(throws: HarnessError.self) { try RecordedReport("\(RecordedCopy.results)/peers") }
        #expect("\(none)".hasSuffix("has no manifest.json: name a folder that fibq made"))
    }

    /// Each table that the report is made of, of which a digit was changed.
    @Test(
        arguments: [
            ("starved/c001-r1", "summary.csv"), ("starved/c001-r1", "latency.csv"), ("starved/c001-r1", "io.csv"),
            ("starved/c001-r1", "accuracy.csv"), ("soak", "faults.csv"), ("starved", "cells.csv"),
            ("queueing", "queueing.csv"), ("recovery", "recovery.csv"),
            ("growth", "growth_trials.csv"), ("knee-check", "knee_check.csv"), ("knee-check/knee", "knee.csv"),
        ])
    func aChangedTableIsRefused(folder: String, name: String) throws {
        let copy = try RecordedCopy(of: folder)
        try copy.edit(name) { text in
            let digit = text.lastIndex(where: \.isNumber) ?? text.startIndex
            return text.replacingCharacters(in: digit...digit, with: text[digit] == "1" ? "2" : "1")
        }
        let error = try #require(throws: HarnessError.self) { try RecordedReport(copy.path) }
        #expect(error.exitCode == 65)
        #expect(
            "\(error)" == "\(copy.path)/\(name): is not the file that manifest.json signs: get it once more; "
                + "`fibq verify \(copy.path)` shows more")
    }

    @Test func aTableThatNobodySignedIsRefused() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try FileManager.default.copyItem(
            atPath: "\(RecordedCopy.results)/soak/faults.csv", toPath: "\(copy.path)/faults.csv")
        let error = try #require(throws: HarnessError.self) { try RecordedReport(copy.path) }
        #expect("\(error)".contains("/faults.csv: is not the file that manifest.json signs"))
    }

    @Test func aFolderInPlaceOfATableIsRefusedAndNamedOnce() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.remove("io.csv")
        try FileManager.default.createDirectory(atPath: "\(copy.path)/io.csv", withIntermediateDirectories: false)
        let error = try #require(throws: HarnessError.self) { try RecordedReport(copy.path) }
        #expect("\(error)" == "\(copy.path)/io.csv: can't be read (read: Is a directory): get the file once more")
    }
}
