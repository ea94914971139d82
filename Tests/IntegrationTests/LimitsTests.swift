import Foundation
import TestSupport
import Testing

/// `fibq limits` and what is below it.
@Suite struct LimitsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func limits(_ arguments: String...) throws -> FibqProgram.Ending {
        try FibqProgram.run(["limits"] + arguments, in: folder.path)
    }

    @Test func aloneItShowsTheCatalogue() throws {
        let ending = try limits()
        #expect(ending.exitCode == 0)
        #expect(ending.output.hasPrefix("Machines\n"))
        #expect(ending.output.contains("t2.small"))
        #expect(try limits("list").output == ending.output)
    }

    @Test func aRunIsForecastForAnyType() throws {
        let run = try RunUnderTest.finished(
            ["--tasks", "200", "--mix", "fib-iterative:n=90", "--workers", "1"], in: folder)
        let ending = try limits("forecast", "--instance", "t2.small", "--from", run.folder, "--out", "forecast.csv")
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains("on t2.small"))
        let rows = try CSVRow.rows(of: String(contentsOfFile: folder.path(of: "forecast.csv"), encoding: .utf8))
        #expect(rows.map { $0["credits"] } == ["launch", "full", "empty"])
        let summary = try run.summary()
        for row in rows {
            #expect(row["run_id"] == summary["run_id"])
            let cpu = try summary.number("cpu_redis_s") + summary.number("cpu_worker_s")
            #expect(abs(try row.number("cpu_per_task_us") - cpu / 200 * 1e6) < 0.01)
        }
        let fixed = try limits("forecast", "--instance", "a1.medium", "--from", run.folder)
        #expect(fixed.exitCode == 0)
        #expect(fixed.output.contains("for ever"))
        let slow = try limits(
            "forecast", "--instance", "t2.small", "--from", run.folder, "--credits", "12.5", "--rate", "0.01",
            "--speed", "0.5")
        #expect(slow.output.contains("12.5") && slow.output.contains("for ever"))
    }

    /// What a busy machine can't spoil: the group is held, and the governor keeps the model's account.
    @Test(.enabled(if: InstanceGroups.arePossible, "no control groups here that this user may use"))
    func throttledRunsAreHeldAgainstTheirForecast() throws {
        func run(_ credits: String) throws -> String {
            try RunUnderTest.finished(
                [
                    "--instance", "t2.small", "--credits", credits, "--time-scale", "60", "--mix", "fib-gmp:n=50000",
                    "--tasks", "1000000", "--duration", "3s", "--workers", "1",
                ], in: folder
            ).folder
        }
        let (full, empty) = (try run("full"), try run("empty"))
        for arguments in [["check", full, empty], ["forecast", "--from", full, "--check", empty]] {
            let ending = try FibqProgram.run(["limits"] + arguments, in: folder.path)
            // A bar may be missed where the run at full speed had no core for itself.
            #expect([0, 1].contains(try #require(ending.exitCode)), "\(ending.errors)")
            #expect(ending.output.contains("\nholds: the governor's balance is the model's"), "\(ending.output)")
            #expect(ending.output.contains("empty"))
            #expect(ending.errors.isEmpty == (ending.exitCode == 0))
        }
    }

    @Test(arguments: [
        (["forecast", "--instance", "t2.small", "--from", "."], "holds no run"),
        (["forecast", "--instance", "t2.small", "--from", "nowhere"], "nowhere holds no run"),
        (["check", "nowhere"], "nowhere holds no run"),
        (["forecast", "--from", "."], "holds no run"),
        (["forecast", "--instance", "t2.small"], "--from"),
        (["check"], "folders"),
    ])
    func whatCanNotBeIsRefusedInOneLine(_ arguments: [String], _ words: String) throws {
        let ending = try FibqProgram.run(["limits"] + arguments, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.contains(words), "\(ending.errors)")
        #expect(ending.output.isEmpty)
    }

    @Test func unknownNamesAreRefusedInOneLine() throws {
        let run = try RunUnderTest.finished(["--tasks", "50", "--workers", "1"], in: folder)
        for (arguments, words) in [
            (["--instance", "t9"], "unknown instance type \"t9\""),
            (["--instance", "t2.small", "--credits", "some"], "--credits cannot be \"some\""),
            (["--instance", "t2.small", "--speed", "0"], "--speed cannot be 0"),
            (["--instance", "t2.small", "--rate", "0"], "--rate cannot be 0"),
            ([], "say which --instance"),
            (["--check", run.folder], "was on no burstable instance"),
        ] {
            let ending = try FibqProgram.run(["limits", "forecast", "--from", run.folder] + arguments, in: folder.path)
            #expect(ending.exitCode == 64)
            #expect(ending.errorLines.count == 1 && ending.errors.contains(words), "\(ending.errors)")
        }
    }
}
