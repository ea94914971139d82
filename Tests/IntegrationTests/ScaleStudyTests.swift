import Foundation
import Reporting
import TestSupport
import Testing

/// The study of what a task costs over shards and servers, from the command line to its files.
@Suite struct ScaleStudyTests {
    private let folder: TemporaryFolder
    private let output: String

    init() throws {
        folder = try TemporaryFolder()
        output = folder.path(of: "study")
    }

    private func scale(_ arguments: [String], exitCode: Int32 = 0) throws -> FibqProgram.Ending {
        let ending = try FibqProgram.run(["scale", "--out", output] + arguments, in: folder.path)
        #expect(ending.exitCode == exitCode, "\(ending.errors)")
        return ending
    }

    /// One server and two of a Cluster, at a pace and as fast as can be, and near and far.
    @Test func cellsAreMeasured() throws {
        let cells = ["paced-4x4-c256-w8-rtt1000", "paced-1x1-c16-w2", "plain-4x4-c16-w8", "limit-2x2-c16-w8"]
        _ = try scale(
            [
                "--only", cells.joined(separator: ","), "--repetitions", "2", "--length", "300ms", "--rate", "8000",
                "--backlog", "4000",
            ])
        let text = try String(contentsOfFile: "\(output)/scale_trials.csv", encoding: .utf8)
        let trials = try CSVRow.rows(of: text)
        // Forwards, then backwards.
        #expect(trials.map { $0["cell_id"] } == cells + cells.reversed())
        for row in trials {
            #expect(try row.number("redis_us_per_task") > 0 && row.number("worker_us_per_task") > 0)
            #expect(try row.number("tasks_per_claim") <= row.number("claim"))
            #expect(try row.number("bytes_per_task") > 0 && row.number("round_trips_per_task") > 0)
            #expect(try row.count("tasks") > 0)
            #expect((row["offered_per_s"] == "") == row["cell_id"].hasPrefix("limit"))
        }
        #expect(try Manifest.read(from: output).changedFiles(in: output) == [])
    }

    @Test(arguments: [
        (["--only", "nowhere"], "there is no such cell"), (["--rate", "1"], "--rate takes a number"),
        (["--length", "1ms"], "no turn each"), (["--servers", "5"], "--servers takes a number"),
    ])
    func whatMakesNoSenseIsRefused(arguments: [String], message: String) throws {
        let ending = try scale(arguments, exitCode: 64)
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: output))
    }
}
