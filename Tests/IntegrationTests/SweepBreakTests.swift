import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// Sweeps that are broken off, and gone on with.
@Suite struct SweepBreakTests {
    private static let cells = ["c001", "c002", "c003", "c004"]

    @Test(arguments: [0, 1, 2]) func aKilledSweepGoesOnWhereItWas(ended: Int) throws {
        let sweep = try SweepUnderTest(SweepUnderTest.slow)
        try sweep.awaitRun(after: ended)
        let processes = ProcessTable.descendants(of: sweep.program.processID)
        sweep.program.send(signal: SIGKILL)
        #expect(try sweep.program.end().signal == SIGKILL)
        #expect(!FileManager.default.fileExists(atPath: "\(sweep.folder)/cells.csv"))
        let before = try sweep.runs()
        #expect(before.count == ended + 1)
        let dates = try before.filter { FileManager.default.fileExists(atPath: "\(sweep.folder)/\($0)/manifest.json") }
            .map { ($0, try sweep.date(of: $0)) }
        #expect(dates.count == ended)

        try sweep.resume()
        let ending = try sweep.end()
        #expect(try sweep.cells().map { $0["cell_id"] } == Self.cells)
        #expect(try sweep.cells().allSatisfy { $0["status"] == "done" && $0["acked"] == "200" })
        #expect(Set(try sweep.cells().map { $0["run_id"] }).count == 1)
        #expect(sweep.finishedRuns == 4)
        #expect(try sweep.runs() == Self.cells.map { $0 + "-r1" })
        for (run, date) in dates { #expect(try sweep.date(of: run) == date) }
        if ended > 0 { #expect(ending.errorLines.first == "\(ended) of 4 runs have ended before") }
        #expect(eventually { processes.allSatisfy { !ProcessTable.isAlive($0) } })
        #expect(try eventually { try sweep.leftovers() == [] })
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedSweepWritesWhatHasEnded(signal: Int32) throws {
        let sweep = try SweepUnderTest(SweepUnderTest.slow)
        try sweep.awaitRun(after: 1)
        let processes = ProcessTable.descendants(of: sweep.program.processID)
        sweep.program.send(signal: signal)
        let ending = try sweep.end(exitCode: 130)
        #expect(
            ending.errorLines.last
                == "fibq: interrupted after 1 of 4 runs; go on with --resume --out \(sweep.folder)")
        #expect(try sweep.cells().count == 1)
        #expect(ending.output.hasPrefix("1 run\n"))
        let manifest = try Manifest.read(from: sweep.folder)
        #expect(manifest.exitStatus == 130)
        #expect(try manifest.changedFiles(in: sweep.folder) == [])
        #expect(processes.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(try sweep.leftovers() == [])

        try sweep.resume()
        try sweep.end()
        #expect(try sweep.cells().map { $0["cell_id"] } == Self.cells)
        // A sweep with nothing left to run says the same once more.
        try sweep.resume()
        #expect(try sweep.end().errorLines == ["4 of 4 runs have ended before"])
        #expect(try sweep.cells().count == 4)
    }

    @Test func anotherPlanIsRefusedUnlessForced() throws {
        let sweep = try SweepUnderTest(SweepUnderTest.tiny)
        try sweep.end()
        let other = SweepUnderTest.tiny.replacing("slots: [1, 2]", with: "slots: [1, 2, 3]")
        try sweep.resume(other)
        #expect(
            try sweep.end(exitCode: 64).errors
                == "fibq: the sweep in \(sweep.folder) was begun with another plan: "
                + "begin a new one, or say --force to resume it all the same\n")
        try sweep.resume(other, "--dry-run")
        #expect(try sweep.end(exitCode: 64).errors.contains("was begun with another plan"))
        #expect(try sweep.cells().count == 4)
        try sweep.resume(other, "--force", "--dry-run")
        #expect(try sweep.end().output.hasPrefix("2 runs; "))
        try sweep.resume(other, "--force")
        try sweep.end()
        #expect(try sweep.cells().map { $0["param_slots"] } == ["1", "1", "2", "2", "3", "3"])
        #expect(sweep.finishedRuns == 6)
        // Words and order of the plan's fields are no other plan.
        try sweep.resume("# The same.\ndescription: the same\n" + other)
        try sweep.end()
    }

    /// The last line of the journal is half written: its run counts as not made.
    @Test func aTornLineIsPassedOver() throws {
        let sweep = try SweepUnderTest(SweepUnderTest.tiny)
        try sweep.end()
        let path = "\(sweep.folder)/cells.journal"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try String(text.dropLast(20)).write(toFile: path, atomically: false, encoding: .utf8)
        try sweep.resume()
        #expect(try sweep.end().errorLines.first == "3 of 4 runs have ended before")
        #expect(try sweep.cells().map { $0["cell_id"] } == Self.cells)
        try sweep.resume()
        #expect(try sweep.end().errorLines == ["4 of 4 runs have ended before"])
    }

    @Test func twoAtOnceAreRefused() throws {
        let sweep = try SweepUnderTest(SweepUnderTest.slow)
        try sweep.awaitRun(after: 0)
        let first = sweep.program
        try sweep.resume()
        #expect(try sweep.end(exitCode: 64).errors.hasPrefix("fibq: another fibq is at work on the sweep in "))
        first.send(signal: SIGINT)
        #expect(try first.end().exitCode == 130)
    }
}
