import Foundation
import Reporting
import TestSupport
import Testing

/// A sweep over rates on an instance, from the plan to the answer.
@Suite(.enabled(if: InstanceGroups.arePossible, "no control groups here that this user may use"))
struct SustainedSweepTests {
    /// A set-up with credits and without, at two rates that leave most of a core idle.
    private static let plan = """
        seed: 3
        scenario: {instance: t2.small, arrival: "poisson:1", duration: 1s, drain: 300ms, workers: 1, mix: "fib-gmp:n=1000"}
        axes: {slots: [2], credits: [full, empty], rate: [50, 100]}
        """

    private static let title = "\n\nWhat is sustained: the highest rate of the sweep at which no run fell behind\n"

    @Test func whatIsSustainedIsWrittenSignedAndPrinted() throws {
        let sweep = try SweepUnderTest(Self.plan, "--quiet")
        let printed = try sweep.end().output
        let rows = try CSVRow.rows(of: String(contentsOfFile: "\(sweep.folder)/sustained.csv", encoding: .utf8))
        #expect(rows.map { "\($0["instance"]) \($0["param_slots"])" } == ["t2.small 2"])
        let manifest = try Manifest.read(from: sweep.folder)
        #expect(manifest.sha256["sustained.csv"] == (try SHA256Text.ofFile("\(sweep.folder)/sustained.csv")))
        #expect(try manifest.changedFiles(in: sweep.folder) == [])
        #expect(printed.contains(Self.title))
        let verification = try sweep.ending(of: "verify")
        #expect(verification.exitCode == 0, "\(verification.output)")
        #expect(verification.output.contains("  ok     tables: 3 tables are whole"), "\(verification.output)")
        #expect(!verification.output.contains("WRONG"))
        #expect(try sweep.ending(of: "report").output.contains(Self.title))
    }
}
