import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// Sweeps from the plan to the files.
@Suite struct SweepTests {
    @Test func everyCellIsARunOfItsOwn() throws {
        let sweep = try SweepUnderTest(SweepUnderTest.tiny)
        let ending = try sweep.end()
        let cells = try sweep.cells()
        #expect(cells.map { $0["cell_id"] } == ["c001", "c002", "c003", "c004"])
        #expect(cells.map { "\($0["param_slots"]) \($0["param_claim"])" } == ["1 1", "1 16", "2 1", "2 16"])
        for cell in cells {
            #expect(cell["status"] == "done")
            #expect(cell["reason"] == "")
            #expect(cell["slots"] == cell["param_slots"])
            #expect(try cell.count("acked") == 200)
            #expect(try cell.number("end_to_end_intended_p99_us") >= cell.number("end_to_end_intended_p50_us"))
        }
        #expect(Set(cells.map { $0["seed"] }).count == 4)
        #expect(try sweep.runs() == ["c001-r1", "c002-r1", "c003-r1", "c004-r1"])
        #expect(ending.output.hasPrefix("4 runs\n"))
        #expect(ending.output.hasSuffix("Files: \(sweep.folder)\n\n"))
        #expect(ending.errorLines.count == 4, "\(ending.errors)")
        #expect(try sweep.leftovers() == [])
    }

    /// The files of a run say which cell of which sweep they are of.
    @Test func theFilesOfARunBelongToTheSweep() throws {
        let sweep = try SweepUnderTest(SweepUnderTest.tiny, "--quiet")
        #expect(try sweep.end().errors == "")
        let manifest = try Manifest.read(from: sweep.folder)
        for run in try sweep.runs() {
            for file in ["summary.csv", "latency.csv", "io.csv", "intervals.csv", "accuracy.csv"] {
                let rows = try CSVRow.rows(
                    of: String(contentsOfFile: "\(sweep.folder)/\(run)/\(file)", encoding: .utf8))
                #expect(!rows.isEmpty)
                #expect(
                    rows.allSatisfy { $0["run_id"] == manifest.runID && "\($0["cell_id"])-r\($0["repetition"])" == run }
                )
            }
            #expect(try Manifest.read(from: "\(sweep.folder)/\(run)").runID == manifest.runID)
            #expect(try sweep.files(of: run).allSatisfy { !$0.hasSuffix(".journal") })
        }
        #expect(manifest.sha256.count == 6)
        #expect(try manifest.changedFiles(in: sweep.folder) == [])
        #expect(manifest.exitStatus == 0)
        guard case .object(let workload) = manifest.workload else { throw POSIXError(.EINVAL) }
        #expect(workload["plan"] == .string(SweepUnderTest.tiny))
        guard case .array(let order) = workload["order"] else { throw POSIXError(.EINVAL) }
        #expect(order.count == 4)
    }

    @Test func repetitionsAreRunsToo() throws {
        let sweep = try SweepUnderTest(
            "repetitions: 2\nscenario: {tasks: 100}\naxes: {workers: [1, 2]}", "--no-discard-journals")
        try sweep.end()
        #expect(
            try sweep.cells().map { "\($0["cell_id"]) \($0["repetition"])" } == [
                "c001 1", "c001 2", "c002 1", "c002 2",
            ])
        #expect(try sweep.files(of: "c002-r2").contains("worker-2.slot-0.attempts.journal"))
    }

    /// What the conducting process used for the runs before is not counted again: else each would cost more than the one
    /// before it, as 8 of equal cost do by chance in one of 40,320 sweeps.
    @Test func theConductorsCostIsThatOfTheRun() throws {
        let sweep = try SweepUnderTest("repetitions: 8\nscenario: {tasks: 50}\naxes: {workers: [1]}")
        try sweep.end()
        let costs = try sweep.cells().map { try $0.number("cpu_conductor_s") }
        #expect(costs.count == 8)
        #expect(costs.allSatisfy { $0 > 0 })
        #expect(costs != costs.sorted(), "\(costs)")
    }

    /// The server makes no promise about the disk, so that the cells that ask for one can't be run.
    @Test func aCellThatFailsIsWrittenDownAndTheSweepGoesOn() throws {
        let terminals = try Terminals()
        let plan = "scenario: {tasks: 100}\naxes: {durability: [always, none], workers: [1, 2]}"
        let sweep = try SweepUnderTest(plan, "--redis", terminals.address)
        let ending = try sweep.end(exitCode: 1)
        let cells = try sweep.cells()
        #expect(cells.map { $0["status"] } == ["failed", "failed", "done", "done"])
        #expect(cells[0]["reason"].hasPrefix("durability always was asked for"))
        #expect(cells[0]["acked"] == "")
        #expect(try cells[3].count("acked") == 100)
        #expect(ending.errors.contains("c001-r1 failed: durability always was asked for"))
        #expect(ending.errorLines.last == "fibq: 2 of 4 runs failed: see the column reason of cells.csv")
        #expect(try Manifest.read(from: sweep.folder).exitStatus == 1)
        #expect(try sweep.runs() == ["c003-r1", "c004-r1"])
        #expect(try terminals.keys() == [])
    }

    /// Unlike one that can't begin, a run that lost tasks has figures.
    @Test func aRunThatLosesTasksIsWrittenDownWithItsFigures() throws {
        let sweep = try SweepUnderTest(
            """
            repetitions: 2
            scenario: {tasks: 400, workers: 1, mix: "sleep:ms=2"}
            axes: {protocol: [pop]}
            """)
        try sweep.awaitRun(after: 0)
        kill(try RunUnderTest.haltWorkerAtWork(of: sweep.program, in: "\(sweep.folder)/c001-r1"), SIGKILL)
        let ending = try sweep.end(exitCode: 1)
        let cells = try sweep.cells()
        #expect(cells.map { $0["status"] } == ["failed", "done"])
        #expect(cells[0]["reason"] == "\(cells[0]["lost"]) acknowledged tasks are lost")
        #expect(try cells[0].count("lost") > 0)
        #expect(try cells[0].count("acked") + cells[0].count("lost") == 400)
        #expect(cells[0]["worker_deaths"] == "1")
        #expect(cells[1]["worker_deaths"] == "0")
        #expect(ending.errorLines.last == "fibq: 1 of 2 runs failed: see the column reason of cells.csv")
        #expect(try Manifest.read(from: "\(sweep.folder)/c001-r1").exitStatus == 1)
    }

    @Test func aDryRunShowsTheOrderAndRunsNothing() throws {
        let dry = try SweepUnderTest(SweepUnderTest.slow, "--dry-run")
        let lines = try dry.end().output.split(separator: "\n")
        #expect(lines.first == "4 runs; 0:04 as planned, and what it takes to start, drain and stop")
        #expect(!FileManager.default.fileExists(atPath: dry.folder))
        let names = lines.dropFirst(3).map { String($0.split(separator: " ")[1]) }
        let sweep = try SweepUnderTest(SweepUnderTest.tiny.replacing("seed: 5\n", with: ""))
        let begun = try sweep.end().errorLines.map { String($0.split(separator: " ")[2]) }
        #expect(names.count == 4)
        #expect(names == begun)
    }
}
