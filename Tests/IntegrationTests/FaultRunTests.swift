import Foundation
import TestSupport
import Testing

/// Runs with faults: what each does, and what is known of it afterwards.
@Suite struct FaultRunTests {
    private static func run(_ arguments: String...) throws -> RunUnderTest {
        try RunUnderTest.finished(
            [
                "--arrival", "constant:300", "--workers", "2", "--lease", "300ms", "--monitor-interval", "50ms",
                "--fault-pause", "50ms",
            ] + arguments)
    }

    private func expectNothingLost(_ run: RunUnderTest, _ sourceLocation: SourceLocation = #_sourceLocation) throws {
        let summary = try run.summary()
        for column in ["lost", "dead", "left_in_redis", "unexpected", "wrong_results"] {
            #expect(try summary.count(column) == 0, "\(column)", sourceLocation: sourceLocation)
        }
        #expect(try summary.count("acked") == summary.count("sent"), sourceLocation: sourceLocation)
    }

    /// A worker dies at every point of its protocol in turn, and another goes on.
    @Test(arguments: [
        (
            "lease",
            ["claim:before", "claim:sent", "claim:after", "ack:before", "ack:sent", "ack:after", "task", "effect"]
        ),
        ("lock", ["LMOVE:before", "LMOVE:sent", "LMOVE:after", "SET:before", "SET:sent", "SET:after"]),
        (
            "stream",
            ["stream_claim:before", "stream_claim:sent", "stream_claim:after", "stream_ack:before", "stream_ack:sent"]
        ),
    ]) func aWorkerDiesAtEveryBoundary(protocolName: String, boundaries: [String]) throws {
        let run = try Self.run(
            "--protocol", protocolName, "--duration", "8s", "--mix", "fib-iterative:n=90,sleep:ms=1", "--fault",
            "kill-worker@every", "--faults", "\(boundaries.count)")
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        // As many as there was time for, and most of them.
        let reached = faults.map { $0["boundary"] }
        #expect(reached.count >= 5 && boundaries.starts(with: reached), "\(reached)")
        #expect(faults.allSatisfy { $0["fault"] == "kill-worker" && $0["protocol"] == protocolName })
        #expect(try run.summary().count("worker_deaths") == reached.count)
        #expect(try faults.allSatisfy { try $0.count("lost") == 0 })
    }

    /// The control is not blind: what a killed worker had popped is lost, and laid at its fault's door.
    @Test func popLosesWhatItsWorkersHeld() throws {
        let run = try RunUnderTest([
            "--arrival", "constant:300", "--protocol", "pop", "--duration", "4s", "--mix", "sleep:ms=3", "--fault",
            "kill-worker@task", "--faults", "4",
        ])
        _ = try run.end(exitCode: 1)
        let lost = try run.summary().count("lost")
        #expect(lost >= 4)
        let faults = try run.table("faults.csv")
        #expect(faults.count == 4)
        #expect(try faults.reduce(0) { try $0 + $1.count("lost") } == lost)
        #expect(try faults.allSatisfy { try $0.count("in_flight") >= 1 })
    }

    /// A worker that is stopped for longer than its lease, and goes on.
    @Test func aWorkerSleepsAtItsAck() throws {
        let run = try Self.run(
            "--duration", "4s", "--mix", "message,fib-iterative:n=90", "--slots", "8", "--fault",
            "pause-worker@ack_tasks:before", "--faults", "2")
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        #expect(faults.map { $0["boundary"] } == Array(repeating: "ack_tasks:before", count: faults.count))
        #expect(!faults.isEmpty)
        #expect(try faults.allSatisfy { try $0.number("lasted_s") > 0.6 })
        #expect(try run.summary().count("messages_placed_twice") == 0)
        #expect(try run.summary().count("worker_deaths") == 0)
    }

    /// A point that no process comes to is left out: the others go round, as often as was asked for.
    @Test func whatNeverComesIsLeftOut() throws {
        let run = try Self.run(
            "--duration", "8s", "--mix", "fib-iterative:n=90,sleep:ms=1", "--fault", "kill-worker@every", "--faults",
            "12", "--fault-patience", "500ms")
        try expectNothingLost(run)
        let round = [
            "claim:before", "claim:sent", "claim:after", "ack:before", "ack:sent", "ack:after", "task", "effect",
        ]
        // Tasks of a millisecond are acked long before their lease is renewed.
        #expect(try run.table("faults.csv").map { $0["boundary"] } == round + round.prefix(4))
    }

    /// A worker whose task outlasts the patience is asked to make room, and still comes to its ack before it does: that
    /// fault is on record like any other, and the next one follows.
    @Test(arguments: ["kill-worker", "pause-worker"]) func aWorkerThatWasGivenUpIsHitAfterAll(kind: String) throws {
        let run = try RunUnderTest.finished([
            "--arrival", "constant:3", "--duration", "7s", "--mix", "sleep:ms=400", "--workers", "2", "--slots", "1",
            "--lease", "300ms", "--monitor-interval", "50ms", "--fault", "\(kind)@ack:before", "--faults", "2",
            "--fault-patience", "100ms",
        ])
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        #expect(faults.map { $0["boundary"] } == ["ack:before", "ack:before"])
        #expect(try run.summary().count("worker_deaths") == (kind == "kill-worker" ? 2 : 0))
        if kind == "pause-worker" { #expect(try faults.allSatisfy { try $0.number("lasted_s") >= 0.6 }) }
    }

    /// The master dies again and again, and each time a replica has all that was acknowledged.
    @Test func aReplicaTakesOver() throws {
        let run = try Self.run(
            "--duration", "4s", "--mix", "fib-iterative:n=90,sleep:ms=1", "--durability", "replicated:1",
            "--producer-keeps", "0", "--fault", "fail-over", "--faults", "3")
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        #expect(faults.map { $0["fault"] } == ["fail-over", "fail-over", "fail-over"])
        #expect(faults.allSatisfy { $0["durability"] == "replicated:1" })
    }

    /// A master without a file that is started again is empty: what waited is lost, and the audit says how much.
    @Test func anEmptyMasterLosesWhatWaited() throws {
        let run = try RunUnderTest([
            "--arrival", "constant:300", "--workers", "1", "--slots", "1", "--lease", "300ms", "--monitor-interval",
            "50ms", "--duration", "3s", "--mix", "sleep:ms=6", "--durability", "replicated:1", "--producer-keeps", "0",
            "--fault", "kill-redis", "--faults", "1", "--fault-pause", "1s",
        ])
        let words = try run.end(exitCode: 1)
        let lost = try run.summary().count("lost")
        #expect(lost > 0)
        #expect(words.errors.contains("\(lost) acknowledged tasks are lost"))
        #expect(try run.table("faults.csv").map { try $0.count("lost") } == [lost])
    }

    /// The producer dies, and another sends the rest: nothing that was acknowledged is lost, and all is accounted for.
    @Test(arguments: ["kill-producer", "kill-producer@every"]) func theProducerDies(fault: String) throws {
        let run = try Self.run("--duration", "4s", "--mix", "fib-iterative:n=90", "--fault", fault, "--faults", "3")
        let summary = try run.summary()
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("sent") + summary.count("unacknowledged") >= 1_200)
        #expect(try summary.count("acked") == summary.count("sent"))
        #expect(try !run.table("faults.csv").isEmpty)
    }

    @Test(arguments: ["kill-monitor@every", "kill-monitor", "pause-monitor", "pause-all-monitors"])
    func monitorsDieAndSleep(fault: String) throws {
        let run = try Self.run(
            "--duration", "4s", "--mix", "fib-iterative:n=90", "--monitors", "2", "--fault", fault, "--faults", "3")
        try expectNothingLost(run)
        #expect(try !run.table("faults.csv").isEmpty)
    }

    @Test(arguments: ["cut-connections", "hang-redis", "slow-redis", "out-of-memory"])
    func redisIsInTrouble(fault: String) throws {
        let run = try Self.run(
            "--duration", "5s", "--mix", "message,fib-iterative:n=90", "--fault", fault, "--faults", "2")
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        #expect(!faults.isEmpty)
        #expect(faults.allSatisfy { $0["target"] == "redis" })
    }

    /// Redis dies, or the power fails: with `always` nothing that was acknowledged is lost, and nobody has to be restarted.
    @Test(arguments: [
        ("lease", "kill-redis"), ("lease", "power-cut"), ("stream", "kill-redis"), ("stream", "power-cut"),
        ("lease", "full-disk"),
    ]) func redisDiesWithoutALoss(protocolName: String, fault: String) throws {
        let run = try Self.run(
            "--protocol", protocolName, "--duration", "5s", "--mix", "message,fib-iterative:n=90", "--fault", fault,
            "--faults", "2", "--durability", "always")
        try expectNothingLost(run)
        let faults = try run.table("faults.csv")
        #expect(!faults.isEmpty)
        #expect(try faults.allSatisfy { try $0.number("lasted_s") > 0 })
        #expect(try run.summary().count("messages_placed_twice") == 0)
        #expect(try run.summary().count("worker_deaths") == 0)
    }

    /// A Redis that keeps nothing loses what was in it: what the producer can't send again the audit finds, with its number.
    @Test func aRedisWithoutAFileLosesTasks() throws {
        let run = try RunUnderTest([
            "--arrival", "constant:2000", "--duration", "4s", "--mix", "sleep:ms=4", "--lease", "300ms", "--fault",
            "kill-redis", "--faults", "1",
        ])
        let ending = try run.end(exitCode: 1)
        let lost = try run.summary().count("lost")
        #expect(lost > 0)
        #expect(ending.errorLines.contains("fibq: \(lost) acknowledged tasks are lost"), "\(ending.errors)")
        #expect(try run.table("faults.csv").first?.count("lost") == lost)
    }

    /// Twenty seconds with a random fault each second: nothing is lost, and no process is left behind. (`make soak` is the
    /// long form.)
    @Test(arguments: ["lease", "stream"]) func aRandomFaultEachSecond(protocolName: String) throws {
        let run = try Self.run(
            "--protocol", protocolName, "--duration", "20s", "--mix", "message,fib-iterative:n=90", "--monitors", "1",
            "--durability", "always", "--fault", "any", "--faults", "20", "--fault-pause", "400ms")
        let summary = try run.summary()
        for column in ["lost", "left_in_redis", "messages_placed_twice", "messages_missing", "unexpected"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        #expect(try run.table("faults.csv").count >= 5)
        #expect(ProcessTable.children(of: run.program.processID, role: "worker").isEmpty)
    }

    @Test(arguments: [
        ("--fault kill-wroker", 64, "unknown fault"), ("--fault kill-monitor", 64, "a monitor for the fault"),
        ("--fault power-cut --redis redis://127.0.0.1:1", 64, "for a private server"), ("--faults 0", 64, "faults"),
    ]) func badFaultsAreRefused(arguments: String, exitCode: Int32, words: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(
            ["run", "--tasks", "1"] + arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == exitCode, "\(ending.errors)")
        #expect(ending.errorLines.count == 1 && ending.errors.contains(words), "\(ending.errors)")
    }

    /// A boundary that the protocol does not have is never reached: the run says so, and fails.
    @Test func aFaultThatNeverHappensFailsTheRun() throws {
        let run = try RunUnderTest([
            "--tasks", "100", "--mix", "fib-iterative:n=90", "--fault", "kill-worker@nonsense:sent",
        ])
        let ending = try run.end(exitCode: 1)
        #expect(ending.errorLines.last == "fibq: no fault was injected")
    }

    /// A matrix: losses are results; a row a fault, a row a run.
    @Test func aMatrixIsASweep() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            scenario:
              {arrival: "constant:300", duration: 2s, mix: "sleep:ms=2", lease: 200ms, monitor-interval: 50ms, faults: 2,
               fault: kill-worker@task}
            axes: {protocol: [lease, pop]}
            """, to: "plan.yaml")
        let ending = try FibqProgram.run(["faults", "plan.yaml", "--out", "matrix", "--quiet"], in: folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.hasPrefix("4 faults in 2 runs\n"), "\(ending.output)")
        let lines = try String(contentsOfFile: folder.path(of: "matrix/faults.csv"), encoding: .utf8)
            .split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("schema_version,run_id,cell_id,repetition,protocol,durability,fault,boundary,"))
        _ = try folder.write("scenario: {tasks: 1}\naxes: {workers: [1, 2]}", to: "none.yaml")
        let refused = try FibqProgram.run(["faults", "none.yaml"], in: folder.path)
        #expect(refused.exitCode == 64 && refused.errors.contains("the fault of a cell"), "\(refused.errors)")
    }
}
