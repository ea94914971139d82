import Foundation
import Glibc
import Reporting
import TestSupport
import Testing

/// Sweeps that go on until they know enough, and what the repetitions of their cells say.
@Suite struct SweepRuleTests {
    /// Runs of a third of a second.
    private static func plan(until rule: String) -> String {
        """
        repetitions: 2
        scenario: {arrival: "constant:100", tasks: 20, workers: 1, mix: "sleep:ms=100"}
        axes: {slots: [8, 16]}
        until: {\(rule)}
        """
    }

    /// Met by any six runs: a median that is thrice as long as the tasks sleep is out of the question.
    private static let early = plan(until: "percentile: p50, latency: service, within: 100%, most: 12")

    private static func repetitions(_ sweep: SweepUnderTest) throws -> [String: [Int]] {
        Dictionary(
            grouping: try sweep.cells().map { (cell: $0["cell_id"], repetition: try $0.count("repetition")) },
            by: \.cell
        ).mapValues { $0.map(\.repetition) }
    }

    /// Six are the fewest of which an interval can be told.
    @Test func theRuleEndsASweepEarly() throws {
        let sweep = try SweepUnderTest(Self.early)
        let ending = try sweep.end()
        #expect(try Self.repetitions(sweep) == ["c001": Array(1...6), "c002": Array(1...6)])
        let judged = try sweep.estimates().filter { $0["measure"] == "service_p50" }
        #expect(judged.map { $0["is_within"] } == ["true", "true"])
        #expect(try judged.allSatisfy { try $0.count("repetitions") == 6 })
        #expect(try judged.allSatisfy { try 100_000 <= $0.number("low_95") })
        #expect(try judged.allSatisfy { try $0.number("low_95") <= $0.number("median") })
        #expect(judged.map { $0["p_value"].isEmpty } == [true, false])
        let slots = [String](repeating: "8", count: 6) + [String](repeating: "16", count: 6)
        #expect(try sweep.estimates().map { $0["param_slots"] } == slots)
        #expect(ending.output.hasPrefix("12 runs; medians over the repetitions with their 95 % intervals\n"))
        #expect(ending.errorLines.first?.hasPrefix("1/4+ · ") == true)
        let manifest = try Manifest.read(from: sweep.folder)
        guard case .object(let workload) = manifest.workload, case .array(let order) = workload["order"] else {
            throw POSIXError(.EINVAL)
        }
        let names = ending.errorLines.map { String($0.split(separator: " ")[2]) }
        #expect(order == names.map { .string($0) })
        #expect(try manifest.changedFiles(in: sweep.folder) == [])
        let verification = try sweep.ending(of: "verify")
        #expect(verification.exitCode == 0, "\(verification.output)")
    }

    @Test func theMostRepetitionsEndItOtherwise() throws {
        let sweep = try SweepUnderTest(Self.plan(until: "measure: acked_per_s, within: 0.000000001%, most: 7"))
        try sweep.end()
        #expect(try Self.repetitions(sweep) == ["c001": Array(1...7), "c002": Array(1...7)])
        let judged = try sweep.estimates().filter { $0["measure"] == "acked_per_s" }
        #expect(judged.map { $0["is_within"] } == ["false", "false"])
        #expect(try sweep.estimates().filter { $0["measure"] != "acked_per_s" }.allSatisfy { $0["is_within"] == "" })
    }

    /// Killed among the repetitions that every cell has, and among the further ones.
    @Test(arguments: [1, 5, 9]) func aKilledSweepGoesOnByTheRule(ended: Int) throws {
        let sweep = try SweepUnderTest(Self.early)
        try sweep.awaitRun(after: ended)
        let processes = ProcessTable.descendants(of: sweep.program.processID)
        sweep.program.send(signal: SIGKILL)
        #expect(try sweep.program.end().signal == SIGKILL)
        try sweep.resume()
        let ending = try sweep.end()
        #expect(try Self.repetitions(sweep) == ["c001": Array(1...6), "c002": Array(1...6)])
        #expect(try sweep.cells().allSatisfy { $0["status"] == "done" && $0["acked"] == "20" })
        #expect(sweep.finishedRuns == 12)
        #expect(ending.errorLines.first?.hasPrefix("\(ended) of ") == true, "\(ending.errors)")
        #expect(eventually { processes.allSatisfy { !ProcessTable.isAlive($0) } })
        #expect(try eventually { try sweep.leftovers() == [] })
        try sweep.resume()
        #expect(try sweep.end().errorLines == ["12 of 12 runs have ended before"])
    }

    /// The cell can't be run without a promise about the disk, and is given up; the other one goes on.
    @Test func aCellThatAlwaysFailsIsGivenUp() throws {
        let terminals = try Terminals()
        let plan = Self.early.replacing("slots: [8, 16]", with: "durability: [always, none]")
        let sweep = try SweepUnderTest(plan, "--redis", terminals.address)
        let ending = try sweep.end(exitCode: 1)
        let cells = try sweep.cells()
        #expect(cells.map { $0["status"] } == ["failed", "failed"] + [String](repeating: "done", count: 6))
        #expect(cells[0]["reason"].hasPrefix("durability always was asked for"))
        #expect(ending.errorLines.last == "fibq: 2 of 8 runs failed: see the column reason of cells.csv")
        #expect(try sweep.estimates().filter { $0["cell_id"] == "c001" }.allSatisfy { $0["median"] == "" })
        #expect(try terminals.keys() == [])
    }

    @Test func zippedAxesAndExclusionsMakeTheCells() throws {
        let sweep = try SweepUnderTest(
            """
            scenario: {duration: 300ms, arrival: "poisson:1", mix: "fib-gmp:n=1,sleep:ms=1"}
            zip: [{workers: [1, 2], slots: [2, 1]}]
            cells: [{n: 90, rate: 200}, {n: 1..93, rate: 100}]
            exclude: [{workers: 2, rate: 100}]
            """)
        try sweep.end()
        let cells = try sweep.cells()
        #expect(
            cells.map { "\($0["param_workers"]) \($0["param_slots"]) \($0["param_n"]) \($0["param_rate"])" } == [
                "1 2 90 200", "1 2 1..93 100", "2 1 90 200",
            ])
        #expect(cells.map { $0["arrival"] } == ["poisson:200", "poisson:100", "poisson:200"])
        #expect(cells.map { $0["workers"] } == ["1", "1", "2"])
        #expect(try sweep.runs() == ["c001-r1", "c002-r1", "c003-r1"])
    }

    @Test func aDryRunForecastsCreditsAndFurtherRuns() throws {
        let plan = """
            repetitions: 2
            scenario: {arrival: "constant:10", duration: 60s, drain: 0s, time-scale: 60}
            axes: {instance: [t2.small], credits: [launch, empty]}
            until: {percentile: p99, within: 5%, most: 10}
            """
        let sweep = try SweepUnderTest(plan, "--dry-run")
        let lines = try sweep.end().output.split(separator: "\n")
        #expect(
            lines[0]
                == "4 runs and up to 16 more; 4:00 as planned for the first 4, and what it takes to start, drain and stop"
        )
        #expect(
            lines[1] == "CPU credits: 240 at most in 4 runs, each of which begins anew; "
                + "4 runs may run out and be slowed down, or pay for more")
        #expect(lines.dropFirst(4).allSatisfy { $0.contains("60.0") && $0.contains("12.0") })
        #expect(!FileManager.default.fileExists(atPath: sweep.folder))
    }
}
