import Foundation
import TestSupport
import Testing

/// Runs whose Redis is Sentinel's or a Cluster: the short fault matrix, and what cannot be.
@Suite struct TopologyRunTests {
    private static func plan(_ topology: String) -> String {
        let others = topology == "cluster" ? ", {fault: move-slot, duration: 2s}" : ""
        return """
            name: topology
            scenario:
              {topology: \(topology), durability: "replicated:1", arrival: "constant:300", mix: "fib-iterative:n=90,sleep:ms=1",
               lease: 300ms, monitor-interval: 50ms, faults: 1, fault-pause: 50ms, producer-keeps: 0}
            cells:
              [{fault: kill-worker, duration: 2s}, {fault: kill-producer, duration: 2s}, {fault: cut-connections, duration: 2s},
               {fault: fail-over, duration: 3s}, {fault: rolling-restart, duration: 3s}\(others)]
            """
    }

    /// What a replica has is not lost, whoever becomes master, and everybody finds it.
    @Test(arguments: ["standalone", "sentinel", "cluster"]) func theShortMatrixLosesNothing(topology: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.plan(topology), to: "plan.yaml")
        let ending = try FibqProgram.run(["faults", "plan.yaml", "--out", "matrix", "--quiet"], in: folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains(" faults: what was lost, and how long no task was acked\n"), "\(ending.output)")
        func table(_ name: String) throws -> [CSVRow] {
            try CSVRow.rows(of: String(contentsOfFile: folder.path(of: "matrix/\(name)"), encoding: .utf8))
        }
        for run in try table("cells.csv") {
            #expect(run["status"] == "done", "\(run["fault"]): \(run["reason"])")
            #expect(run["topology"] == topology && run["min_replicas"] == "0")
            for column in ["lost", "left_in_redis", "unexpected", "wrong_results"] {
                #expect(try run.count(column) == 0, "\(run["param_fault"]): \(column)")
            }
            #expect(try run.count("acked") == run.count("sent"))
        }
        let kinds = try table("failover.csv").map { $0["fault"] }
        let expected = ["kill-worker", "kill-producer", "cut-connections", "fail-over", "rolling-restart"]
        #expect(kinds == expected + (topology == "cluster" ? ["move-slot"] : []))
        for fault in try table("faults.csv") where ["fail-over", "rolling-restart"].contains(fault["fault"]) {
            #expect(fault["target"] == "redis" && fault["topology"] == topology)
            #expect(try fault.number("lasted_s") > 0)
        }
        let verification = try FibqProgram.run(["verify", "matrix"], in: folder.path)
        #expect(verification.exitCode == 0, "\(verification.output)")
        let report = try FibqProgram.run(["report", "matrix"], in: folder.path)
        #expect(report.output.hasPrefix("\(kinds.count) faults: what was lost"), "\(report.output)")
    }

    /// What a master that is cut off takes is gone later, unless a replica had to have it.
    @Test(arguments: ["sentinel", "cluster"]) func aPartitionCostsNothingThatAReplicaHas(topology: String) throws {
        let run = try RunUnderTest.finished([
            "--topology", topology, "--durability", "replicated:1", "--min-replicas", "1", "--arrival", "constant:300",
            "--duration", "8s", "--mix", "sleep:ms=1", "--lease", "300ms", "--monitor-interval", "50ms", "--fault",
            "partition-master", "--faults", "1", "--producer-keeps", "0",
        ])
        #expect(try run.summary().count("lost") == 0)
        #expect(try run.summary().count("acked") == run.summary().count("sent"))
        let faults = try run.table("faults.csv")
        #expect(faults.map { $0["fault"] } == ["partition-master"])
        #expect(try faults.allSatisfy { try $0.number("lasted_s") >= 5 })
    }

    /// A master that hears from no replica takes nothing, and goes on once one is back.
    @Test func aMasterWithoutItsReplicaWaits() throws {
        let run = try RunUnderTest.finished([
            "--topology", "cluster", "--min-replicas", "1", "--durability", "replicated:1", "--arrival", "constant:300",
            "--duration", "3s", "--mix", "sleep:ms=1", "--lease", "300ms", "--monitor-interval", "50ms", "--fault",
            "fail-over",
            "--faults", "1", "--producer-keeps", "0",
        ])
        #expect(try run.summary()["min_replicas"] == "1" && run.summary()["topology"] == "cluster")
        #expect(try run.summary().count("lost") == 0)
        #expect(try run.summary().count("acked") == run.summary().count("sent"))
        #expect(try run.table("faults.csv").map { $0["fault"] } == ["fail-over"])
    }

    @Test(arguments: [
        ("--topology ring", "'standalone', 'sentinel' or 'cluster'"), ("--min-replicas 1", "min-replicas cannot be"),
        ("--topology cluster --durability replicated:2", "durability cannot be"),
        ("--topology sentinel --fault move-slot", "cluster for the fault move-slot"),
        ("--fault partition-master", "sentinel or cluster for the fault partition-master"),
        ("--topology sentinel --fault power-cut", "standalone for the fault power-cut"),
        ("--topology sentinel --rtt 1ms", "standalone with rtt"),
        ("--topology cluster --instance t2.small", "standalone on an instance"),
        ("--topology cluster --redis redis://127.0.0.1:1", "the topology cluster is for private servers"),
        ("--fault rolling-restart --redis redis://127.0.0.1:1", "is for a private server"),
    ]) func whatCannotBeIsRefused(arguments: String, words: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(
            ["run", "--tasks", "1"] + arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == 64, "\(ending.errors)")
        #expect(ending.errors.contains(words), "\(ending.errors)")
    }
}
