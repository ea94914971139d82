import Reporting
import Testing
import TestSupport
import Workload

/// One small run of every kind of task, looked at from every side.
@Suite struct MixedRunTests {
    private static let mix = [
        "fib-recursive:n=10..15", "fib-iterative:n=1..93:weight=3", "fib-gmp:n=100..300", "fib-gmp-doubling:n=100..300",
        "fib-binet:n=1..120", "sleep:ms=1:weight=0.2",
    ].joined(separator: ",")
    private static let tasks = 2_000
    private static let files = [
        "summary.csv", "latency.csv", "io.csv", "accuracy.csv", "intervals.csv", "processes.csv",
        "generators.csv",
    ]

    @Test func countsAgreeInAllFilesAndWithThePlan() throws {
        let run = try RunUnderTest.finished(["--tasks", "\(Self.tasks)", "--mix", Self.mix, "--seed", "7"])
        let planned = try Self.plannedCounts(seed: 7)
        let summary = try run.summary()
        for column in ["tasks_planned", "sent", "acked", "executions"] {
            #expect(try summary.count(column) == Self.tasks, "\(column)")
        }
        for column in ["lost", "duplicated", "failed", "dead", "unexpected", "left_in_redis", "wrong_results"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        let latencies = try run.table("latency.csv")
        #expect(latencies.count == planned.count * 8)
        for row in latencies {
            #expect(try row.count("count") == planned[row["task_kind"]], "\(row["task_kind"]) \(row["latency_kind"])")
        }
        for row in try run.table("io.csv") {
            #expect(try row.count("tasks") == planned[row["task_kind"]], "\(row["task_kind"]) \(row["role"])")
        }
        try Self.expectIntervals(of: run, planned)
        try Self.expectExport(of: run, seed: 7)
    }

    @Test func everyFileIsThereAndSigned() throws {
        let run = try RunUnderTest.finished(["--tasks", "500", "--mix", Self.mix])
        let manifest = try Manifest.read(from: run.folder)
        #expect(Set(manifest.sha256.keys) == Set(Self.files))
        #expect(try manifest.changedFiles(in: run.folder) == [])
        #expect(manifest.exitStatus == 0)
        #expect(manifest.durability == "none")
        #expect(manifest.transport == "unix")
        #expect(try run.summary()["run_id"] == manifest.runID)
        for file in Self.files {
            for row in try run.table(file) { #expect(row["schema_version"] == "1" && row["run_id"] == manifest.runID) }
        }
    }

    /// Binet's formula is right up to n = 70, and nothing that must be exact is ever wrong.
    @Test func inexactResultsAreBinetsAlone() throws {
        let run = try RunUnderTest.finished(["--tasks", "1000", "--mix", "fib-binet:n=1..120,fib-iterative:n=1..93"])
        let accuracy = try run.table("accuracy.csv")
        #expect(accuracy.filter { $0["algorithm"] == "iterative" }.allSatisfy { $0["is_exact"] == "true" })
        let binet = accuracy.filter { $0["algorithm"] == "binet" }
        #expect(try binet.filter { try $0.count("n") <= 70 }.allSatisfy { $0["is_exact"] == "true" })
        #expect(try binet.contains { try $0.count("n") > 70 && $0["is_exact"] == "false" })
        let inexact = Set(try binet.filter { $0["is_exact"] == "false" }.map { try $0.count("n") })
        let executions = try run.exportedTasks().filter { row in
            try row["task_kind"] == "fib-binet" && inexact.contains(row.count("parameter"))
        }
        #expect(try run.summary().count("inexact_results") == executions.count)
    }

    /// What the plan says, by kind.
    private static func plannedCounts(seed: UInt64) throws -> [String: Int] {
        try plan(seed: seed).reduce(into: [:]) { counts, task in counts[task.kind.name, default: 0] += 1 }
    }

    private static func plan(seed: UInt64) throws -> TaskPlan {
        try TaskPlan(
            mix: TaskMix(parsing: mix), arrival: .backlog, tasks: UInt64(tasks), duration: nil, seed: seed)
    }

    private static func expectIntervals(of run: RunUnderTest, _ planned: [String: Int]) throws {
        let rows = try run.table("intervals.csv").filter { !$0["task_kind"].isEmpty }
        for column in ["sent", "acked"] {
            let sums = try rows.reduce(into: [:]) { sums, row in
                sums[row["task_kind"], default: 0] += try row.count(column)
            }
            #expect(sums == planned, "\(column)")
        }
    }

    /// The journals hold one attempt of each planned task, with its kind, its parameter and an exact residue.
    private static func expectExport(of run: RunUnderTest, seed: UInt64) throws {
        let exported = try run.exportedTasks()
        try #require(exported.count == tasks)
        let bySequence = try exported.sorted { try $0.count("sequence") < $1.count("sequence") }
        for (row, task) in zip(bySequence, try plan(seed: seed)) {
            #expect(row["sequence"] == "\(task.sequence)")
            #expect(row["task_kind"] == task.kind.name)
            #expect(row["parameter"] == "\(task.parameter)")
            #expect(row["outcome"] == "acked")
            #expect(row["attempt"] == "1" && row["cell_id"] == "unnamed")
        }
    }
}
