import Foundation
import Reporting
import TestSupport
import Testing

/// The search for the knee, from the command line to its files.
@Suite struct KneeCommandTests {
    private let folder: TemporaryFolder
    private let output: String

    /// A slot that sleeps for 20 ms: no machine that runs tests does more than 50 a second with it.
    private static let setUp = ["--mix", "sleep:ms=20", "--workers", "1", "--slots", "1", "--claim", "1"]

    init() throws {
        folder = try TemporaryFolder()
        output = folder.path(of: "knee")
    }

    private func knee(_ arguments: [String], exitCode: Int32 = 0) throws -> FibqProgram.Ending {
        let ending = try FibqProgram.run(["knee", "--out", output] + Self.setUp + arguments, in: folder.path)
        #expect(ending.exitCode == exitCode, "\(ending.errors)")
        return ending
    }

    private func rows() throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(output)/knee.csv", encoding: .utf8))
    }

    @Test func aKneeIsFoundBelowWhatTheSlotCanDo() throws {
        let ending = try knee([
            "--objective", "p90 end_to_end_intended < 400ms", "--arrival", "constant", "--from", "20", "--resolution",
            "50%", "--probe", "3s", "--repetitions", "1",
        ])
        #expect(ending.output.contains("the knee is at"))
        let rows = try rows()
        #expect(rows.first?["rate_per_s"] == "20.000")
        #expect(rows.last?["stage"] == "confirm" && rows.last?["meets_objective"] == "true")
        #expect(rows.map { $0["rank"] } == (1...rows.count).map(String.init))
        #expect(try #require(rows.last).number("rate_per_s") < 50)
        #expect(rows.contains { $0["meets_objective"] == "false" })
        for row in rows {
            #expect(row["latency_kind"] == "end_to_end_intended")
            #expect(try row.number("p90_us") == row.number("objective_us"))
            let run = "\(output)/\(row["run"])"
            #expect(FileManager.default.fileExists(atPath: "\(run)/summary.csv"))
            let left = try FileManager.default.contentsOfDirectory(atPath: run)
            #expect(!left.contains { $0.hasSuffix(".journal") })
        }
        let manifest = try Manifest.read(from: output)
        #expect(try manifest.changedFiles(in: output) == [])
        #expect(manifest.sha256.count == rows.count + 1 && manifest.exitStatus == 0)
        guard case .object(let facts) = manifest.workload else {
            Issue.record("\(manifest.workload)")
            return
        }
        #expect(facts["outcome"] == .string("found") && facts["arrival"] == .string("constant"))
    }

    @Test func withoutALimitThereIsNoKnee() throws {
        let ending = try knee(
            [
                "--objective", "max end_to_end_intended < 1h", "--from", "20", "--most", "20", "--probe", "500ms",
                "--quiet",
            ], exitCode: 1)
        #expect(ending.errors == "fibq: no knee: no limit up to --most, 20.0/s\n")
        #expect(try rows().count == 1)
        #expect(try Manifest.read(from: output).exitStatus == 1)
    }

    /// No sleep is over before it was begun.
    @Test func anObjectiveThatCannotBeMetIsNotMetAtAnyRate() throws {
        let ending = try FibqProgram.run(
            [
                "knee", "--out", output, "--mix", "sleep:ms=500", "--workers", "1", "--slots", "40", "--objective",
                "p50 service < 500ms", "--from", "40", "--probe", "500ms", "--quiet",
            ], in: folder.path)
        #expect(ending.exitCode == 1)
        #expect(ending.errorLines.last == "fibq: no knee: not even 20.0/s")
        #expect(try rows().map { $0["rate_per_s"] } == ["40.000", "20.000"])
    }

    @Test func whatWasProbedBeforeASignalStays() throws {
        let program = try FibqProgram(
            [
                "knee", "--out", output, "--objective", "max end_to_end_intended < 1h", "--from", "10", "--probe", "1s",
            ] + Self.setUp, in: folder.path)
        #expect(eventually(within: .seconds(60)) { program.printedErrors.contains("search 1") })
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        #expect(ending.errorLines.last == "fibq: interrupted; what was measured so far is in \(output)")
        #expect(try !rows().isEmpty)
        #expect(try Manifest.read(from: output).exitStatus == 130)
    }

    @Test(arguments: [
        (["--objective", "p99 < 5ms"], "objective"),
        (["--objective", "p99 claim < 1ms", "--arrival", "poisson:5"], "--arrival"),
        (["--objective", "p99 claim < 1ms", "--tasks", "5"], "--tasks"),
        (["--objective", "p99 claim < 1ms", "--from", "0"], "--from"),
        (["--objective", "p99 claim < 1ms", "--from", "1", "--probe", "1s"], "--probe"),
        (["--objective", "p99 claim < 1ms", "--resolution", "2"], "--resolution"),
        (["--objective", "p99 claim < 1ms", "--resolution", "60%"], "--resolution"),
        (["--objective", "p99 claim < 1ms", "--repetitions", "0"], "--repetitions"),
        (["--objective", "p99 claim < 1ms", "--fault", "kill-worker"], "fault"), ([], "--objective"),
    ]) func whatMakesNoSenseIsRefused(arguments: [String], word: String) throws {
        let ending = try FibqProgram.run(["knee"] + arguments, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains(word), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
    }
}
