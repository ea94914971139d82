import Foundation
import Redis
import TestSupport
import Testing

/// What the options of `fibq run` change.
@Suite struct RunOptionTests {
    private static let cheap = ["--tasks", "1000", "--mix", "fib-iterative:n=1..93"]

    /// (The monitor of `lock` may see a task between its move and its lock, and double it: one of the pattern's races.)
    @Test(arguments: ["lease", "lock", "lock-setex", "stream", "pop"]) func everyProtocolDoesTheJob(name: String) throws
    {
        let run = try RunUnderTest.finished(Self.cheap + ["--protocol", name])
        let summary = try run.summary()
        #expect(summary["protocol"] == name)
        #expect(try summary.count("acked") == 1_000)
        #expect(try summary.count("executions") == 1_000 + summary.count("duplicated"))
        if !name.hasPrefix("lock") { #expect(try summary.count("duplicated") == 0) }
    }

    @Test(arguments: ["none", "everysec", "always"]) func everyDurabilityDoesTheJob(name: String) throws {
        let run = try RunUnderTest.finished(Self.cheap + ["--durability", name])
        #expect(try run.summary()["durability"] == name)
        #expect(try run.summary().count("acked") == 1_000)
    }

    @Test func everySlotHasJournalsAndWork() throws {
        let run = try RunUnderTest.finished(["--tasks", "200", "--mix", "sleep:ms=2", "--slots", "4", "--workers", "1"])
        #expect(run.journals("attempts").count == 4)
        let workers = Set(try run.exportedTasks().map { $0["worker"] })
        #expect(workers == Set((0..<4).map { "worker-1.slot-\($0)" }))
        #expect(try run.summary().count("acked") == 200)
    }

    @Test func standaloneMonitorsRunBesideTheWorkers() throws {
        let run = try RunUnderTest(["--tasks", "400", "--mix", "sleep:ms=5", "--monitors", "2"])
        try run.awaitAttempts(10)
        #expect(eventually { ProcessTable.children(of: run.program.processID, role: "monitor").count == 2 })
        #expect(run.workers.count == 2)
        _ = try run.end()
    }

    /// What a backlog's time does not suffice for stays in Redis, and is no failure.
    @Test func aDurationEndsABacklog() throws {
        let run = try RunUnderTest.finished(["--tasks", "100000", "--mix", "sleep:ms=5", "--duration", "500ms"])
        let summary = try run.summary()
        #expect(try summary.count("left_in_redis") > 0)
        #expect(try summary.count("acked") > 0)
        #expect(try summary.count("acked") + summary.count("left_in_redis") == 100_000)
        #expect(try summary.count("lost") == 0)
    }

    @Test func aQuietRunSaysNothingButItsTable() throws {
        let run = try RunUnderTest(Self.cheap + ["--quiet"])
        let ending = try run.end()
        #expect(ending.errors == "")
        #expect(ending.output.contains("Nothing was lost"))
    }

    /// Keys that are not the run's stay as they are, and the run's own are gone.
    @Test(arguments: ["lease", "lock", "stream", "pop"]) func aGivenServerIsLeftAsItWas(name: String) throws {
        let terminals = try Terminals()
        _ = try terminals.connection.call("SET", "foreign", "1")
        _ = try terminals.connection.call("RPUSH", "{fibq}:pending", "somebody else's")
        let run = try RunUnderTest.finished(
            ["--tasks", "100000", "--mix", "sleep:ms=5", "--duration", "300ms", "--protocol", name]
                + ["--redis", terminals.address])
        #expect(try run.summary().count("left_in_redis") > 0)
        #expect(try terminals.keys() == ["foreign", "{fibq}:pending"])
        #expect(try terminals.connection.call("LRANGE", "{fibq}:pending", "0", "-1").text(at: 0) == "somebody else's")
    }

    @Test func theSameSeedGivesTheSameTasks() throws {
        let mix = "fib-gmp:n=1..1000,fib-iterative:n=1..93,sleep:ms=uniform(0,1)"
        let tasks = try ["3", "3", "4"].map { seed in
            let run = try RunUnderTest.finished(["--tasks", "300", "--mix", mix, "--seed", seed])
            #expect(try run.summary()["seed"] == seed)
            return try run.exportedTasks().map { "\($0["sequence"]) \($0["task_kind"]) \($0["parameter"])" }.sorted()
        }
        #expect(tasks[0] == tasks[1])
        #expect(tasks[0] != tasks[2])
    }

    @Test func withoutAFolderTheResultsAreInOneNamedAfterTheRun() throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(["run"] + Self.cheap, in: folder.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path(of: "results"))
        try #require(runs.count == 1)
        #expect(ending.output.hasPrefix(runs[0]))
        #expect(FileManager.default.fileExists(atPath: folder.path(of: "results/\(runs[0])/summary.csv")))
    }

    /// What stands on the command line wins over the scenario.
    @Test func theCommandLineOverridesTheScenario() throws {
        let folder = try TemporaryFolder()
        let text = "name: small\nmix: fib-iterative:n=10\ntasks: 1000000000\nworkers: 3\nprotocol: lock\n"
        let file = try folder.write(text, to: "small.yaml")
        let run = try RunUnderTest.finished([file, "--tasks", "50", "--protocol", "lease"])
        let summary = try run.summary()
        #expect(summary["cell_id"] == "small")
        #expect(summary["protocol"] == "lease")
        #expect(try summary.count("acked") == 50)
        #expect(try summary.count("workers") == 3)
    }
}
