import Foundation
import TestSupport
import Testing

/// The study of how monitors catch up, from the command line to its file.
@Suite struct RecoveryStudyTests {
    @Test(arguments: ["lease", "stream"]) func everyTaskIsPutBackAndDoneOnce(protocolName: String) throws {
        let folder = try TemporaryFolder()
        let output = folder.path(of: "study")
        let ending = try FibqProgram.run(
            [
                "recovery", "--protocol", protocolName, "--tasks", "2000", "--claim", "100", "--lease", "200ms",
                "--monitors", "1,2", "--monitor-interval", "50ms", "--outage", "300ms", "--out", output,
            ], in: folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        let rows = try CSVRow.rows(of: String(contentsOfFile: "\(output)/recovery.csv", encoding: .utf8))
        #expect(rows.map { $0["monitors"] } == ["1", "2"])
        for row in rows {
            #expect(try row.count("tasks") == 2_000)
            #expect(try row.count("claims") == 20)
            #expect(try row.count("recovered") == 2_000)
            #expect(try row.count("acked") == 2_000)
            #expect(try row.count("acked_twice") == 0)
            #expect(try row.number("caught_up_s") > 0)
            #expect(try row.number("drained_s") >= row.number("caught_up_s"))
        }
    }

    @Test func withoutAMonitorNothingComesBack() throws {
        let folder = try TemporaryFolder()
        let output = folder.path(of: "study")
        let ending = try FibqProgram.run(
            [
                "recovery", "--tasks", "100", "--lease", "50ms", "--monitors", "0", "--out", output,
            ], in: folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        let row = try #require(
            try CSVRow.rows(of: String(contentsOfFile: "\(output)/recovery.csv", encoding: .utf8)).first)
        #expect(row["caught_up_s"] == "")
        #expect(try row.count("recovered") == 0)
        #expect(try row.count("acked") == 0)
    }

    /// What was measured before stays.
    @Test func aSignalInALaterTrialKeepsTheEarlierOnes() throws {
        let folder = try TemporaryFolder()
        let output = folder.path(of: "study")
        let program = try FibqProgram(
            ["recovery", "--tasks", "100", "--lease", "100ms", "--monitors", "1,0", "--out", output], in: folder.path)
        #expect(eventually { program.printedErrors.contains("0 monitors") })
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        let rows = try CSVRow.rows(of: String(contentsOfFile: "\(output)/recovery.csv", encoding: .utf8))
        #expect(rows.map { $0["monitors"] } == ["1"])
    }

    @Test(arguments: [
        (["--protocol", "pop"], "pop"), (["--protocol", "lock"], "lock"), (["--monitors", "1,x"], "--monitors"),
        (["--tasks", "0"], "--tasks"),
        (["--durability", "replicated:1"], "--durability"), (["--monitors", ""], "--monitors"),
    ]) func whatMakesNoSenseIsRefused(arguments: [String], word: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(["recovery"] + arguments, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains(word), "\(ending.errors)")
        #expect(ending.errors.split(separator: "\n").count == 1)
    }
}
