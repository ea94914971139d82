import Foundation
import TestSupport
import Testing

/// `fibq report`, `fibq compare` and `fibq verify` on a run that was just made.
@Suite struct RecordedCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func fibq(_ arguments: String...) throws -> FibqProgram.Ending {
        try FibqProgram.run(arguments, in: folder.path)
    }

    /// A text without its numbers, and without what their widths decide: those in files are rounded.
    private static func shape(_ text: String) -> String {
        text.replacing(/-?[0-9.,]+/, with: "#").replacing(#/ +/#, with: " ").replacing(/─+/, with: "─")
    }

    @Test func aRunIsReportedAsItPrintedItselfAndVerified() throws {
        let run = try fibq(
            "run", "--tasks", "500", "--mix", "fib-iterative:n=90,sleep:ms=1", "--workers", "1", "--slots", "4",
            "--out",
            "run", "--quiet")
        #expect(run.exitCode == 0, "\(run.errors)")
        let report = try fibq("report", "run")
        #expect(report.exitCode == 0, "\(report.errors)")
        #expect(Self.shape(run.output) == Self.shape(report.output + "\nFiles: run\n\n"))
        let verification = try fibq("verify", "run")
        #expect(verification.exitCode == 0, "\(verification.output)")
        #expect(verification.output.hasPrefix("run\n  ok     manifest: of schema version 1\n  ok     sums: "))
        let comparison = try fibq("compare", "run", "run", "--markdown")
        #expect(comparison.exitCode == 0, "\(comparison.errors)")
        #expect(comparison.output.contains("| too few runs to tell |"))
        let both = try fibq("report", "run", "run", "--markdown")
        #expect(both.output.components(separatedBy: "\n## run\n").count == 2)

        try FileManager.default.removeItem(atPath: folder.path(of: "run/io.csv"))
        let damaged = try fibq("verify", "run")
        #expect(damaged.exitCode == 1)
        #expect(damaged.output.contains("\n  WRONG  sums: io.csv is missing: get it once more\n"))
        #expect(damaged.errors == "fibq: something is wrong with run\n")
        let lacking = try fibq("report", "run")
        #expect(lacking.exitCode == 65)
        #expect(lacking.errors == "fibq: run/io.csv: there is no such file: name a folder that has it\n")
    }

    @Test func aSweepIsReportedAsItPrintedItselfAndVerified() throws {
        let plan = """
            name: small
            seed: 1
            repetitions: 2
            scenario: {tasks: 200, workers: 1, mix: "fib-iterative:n=90"}
            axes: {slots: [1, 2]}
            """
        _ = try folder.write(plan, to: "plan.yaml")
        let sweep = try fibq("sweep", "plan.yaml", "--out", "sweep", "--quiet")
        #expect(sweep.exitCode == 0, "\(sweep.errors)")
        let report = try fibq("report", "sweep")
        #expect(Self.shape(sweep.output) == Self.shape(report.output + "\nFiles: sweep\n\n"))
        let verification = try fibq("verify", "sweep")
        #expect(verification.exitCode == 0, "\(verification.output)")
        #expect(verification.output.contains("ok     estimates: ") && verification.output.contains("4 folders within"))
        let comparison = try FibqProgram.run(["compare", "c001", "./c002/"], in: folder.path(of: "sweep"))
        #expect(comparison.exitCode == 0, "\(comparison.errors)")
        #expect(comparison.output.contains("A: ./c001 · B: ./c002"), "\(comparison.output)")
    }

    @Test(arguments: [
        ["report", "."], ["verify", "."], ["compare", ".", "."], ["report", "nowhere"], ["verify", "nowhere"],
        ["compare", "nowhere", "."], ["compare", "/nowhere", "."], ["compare", "", "."],
    ])
    func whatHoldsNoResultsIsRefusedInOneLine(arguments: [String]) throws {
        let ending = try FibqProgram.run(arguments, in: folder.path)
        #expect(ending.exitCode == 65)
        #expect(ending.errorLines.count == 1 && ending.errors.contains("that fibq made"), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }
}
