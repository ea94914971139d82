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
            ("20261125-044912-48a8", "20261125-044912-48a8\n  lease · durability everysec · unix · poisson:2000 · 2 × 1 slots"),
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
        let error = try #require(throws: HarnessError.self) { try RecordedReport(copy.path) }
        #expect(error.exitCode == 65)
        #expect("\(error)".contains("latency.csv:"))
        let none = try #require(throws: HarnessError.self) { try RecordedReport("\(RecordedCopy.results)/peers") }
        #expect("\(none)".hasSuffix("has no manifest.json: name a folder that fibq made"))
    }
}
