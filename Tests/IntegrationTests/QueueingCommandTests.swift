import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// The study of waits, from the command line to its files. What it says of a few hundred tasks is chance; that its figures fit
/// together is not.
@Suite struct QueueingCommandTests {
    private let folder: TemporaryFolder
    private let output: String

    init() throws {
        folder = try TemporaryFolder()
        output = folder.path(of: "study")
    }

    private func rows() throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(output)/queueing.csv", encoding: .utf8))
    }

    @Test func aTrialMeasuresAndPredicts() throws {
        let ending = try FibqProgram.run(
            ["queueing", "--loads", "60,30", "--tasks", "400", "--service", "4ms", "--out", output], in: folder.path)
        // So few tasks may well be more than 10 % off.
        #expect(ending.exitCode == 0 || ending.exitCode == 1, "\(ending.errors)")
        #expect(ending.output.contains("Waits, predicted"))
        let rows = try rows()
        #expect(rows.map { $0["cell_id"] } == ["md1-30", "md1-60", "mm1-30", "mm1-60"])
        for row in rows {
            #expect(try row.count("tasks") == 399)
            let (rate, mean) = try (row.number("arrivals_per_s"), row.number("occupancy_us") / 1e6)
            let (square, load) = try (row.number("occupancy_second_moment_s2"), row.number("utilisation"))
            #expect(abs(load - rate * mean) < 1e-3 && load > 0.1)
            if load < 0.95 {
                let predicted = try row.number("predicted_wait_us")
                #expect(abs(predicted / (rate * square / (2 * (1 - rate * mean)) * 1e6) - 1) < 0.01)
                #expect(abs(try row.number("measured_wait_us") / predicted - row.number("wait_ratio")) < 1e-3)
            }
            #expect(try row.number("queue_wait_us") > row.number("measured_wait_us"))
            #expect(try row.number("measured_wait_p99_us") >= row.number("measured_wait_us"))
            #expect(try row.number("busy_share") > 0 && row.number("busy_share") < 1)
            if row["model"] == "M/D/1" { #expect(try row.number("occupancy_us") >= 4_000) }
            let run = "\(output)/\(row["cell_id"])"
            #expect(FileManager.default.fileExists(atPath: "\(run)/summary.csv"))
            #expect(!(try FileManager.default.contentsOfDirectory(atPath: run)).contains { $0.hasSuffix(".journal") })
        }
        let manifest = try Manifest.read(from: output)
        #expect(try manifest.changedFiles(in: output) == [])
        #expect(manifest.sha256.count == 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: output).count == 6)
    }

    @Test func aSignalKeepsTheRunsThatHaveEnded() throws {
        let program = try FibqProgram(
            [
                "queueing", "--loads", "50,2", "--tasks", "100", "--service", "4ms", "--out", output,
            ], in: folder.path)
        #expect(
            eventually(within: .seconds(60)) { program.printedErrors.components(separatedBy: "-50: done").count == 3 })
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        #expect(try rows().map { $0["cell_id"] } == ["md1-50", "mm1-50"])
        #expect(try Manifest.read(from: output).exitStatus == 130)
    }

    @Test(arguments: [
        (["--loads", "50,x"], "--loads"), (["--loads", "100"], "--loads"), (["--loads", "50,50"], "--loads"),
        (["--tasks", "3"], "--tasks"), (["--service", "10us"], "--service"), (["--parallel", "0"], "--parallel"),
    ]) func whatMakesNoSenseIsRefused(arguments: [String], word: String) throws {
        let ending = try FibqProgram.run(["queueing"] + arguments, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains(word), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
    }
}
