import TestSupport
import Testing

/// Tasks that kill their workers, fail, or never end: each is isolated, its neighbours complete.
@Suite struct MisbehaviourTests {
    private func run(_ mix: String, _ arguments: String...) throws -> (run: RunUnderTest, bad: Int) {
        let run = try RunUnderTest.finished(
            ["--tasks", "200", "--mix", mix, "--lease", "200ms", "--monitor-interval", "50ms"] + arguments)
        let kinds = ["crash", "fail", "hang"]
        let bad = Set(
            try run.exportedTasks().filter { kinds.contains($0["task_kind"]) }.map { $0["sequence"] }
        ).count
        let summary = try run.summary()
        #expect(bad > 0)
        for column in ["lost", "left_in_redis", "unexpected", "wrong_results"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        return (run, bad)
    }

    /// A task that no worker survives: its workers are replaced until it is a dead letter.
    @Test(arguments: ["lease", "stream"]) func aDeadlyTaskIsBuried(protocolName: String) throws {
        let (run, bad) = try run("fib-iterative:n=90:weight=99,crash", "--protocol", protocolName)
        let summary = try run.summary()
        #expect(try summary.count("dead") == bad)
        #expect(try summary.count("acked") == 200 - bad)
        // Its first loss, and five redeliveries; two in one claim may share some.
        #expect(try summary.count("worker_deaths") >= 6)
    }

    /// One that its second worker survives is done.
    @Test func whatKillsOnceIsDoneTheNextTime() throws {
        let (run, bad) = try run("fib-iterative:n=90:weight=49,crash:attempts=1")
        let summary = try run.summary()
        #expect(try summary.count("acked") == 200)
        #expect(try summary.count("worker_deaths") <= bad)
    }

    @Test(arguments: ["lease", "stream", "lock"]) func whatFailsIsTriedAgain(protocolName: String) throws {
        let (run, bad) = try run("fib-iterative:n=90:weight=19,fail:attempts=2", "--protocol", protocolName)
        #expect(try run.summary().count("acked") == (protocolName == "lock" ? 200 - bad : 200))
        // `lock` counts no attempts, so there each is the first: too many failures bury it.
        #expect(try run.summary().count("dead") == (protocolName == "lock" ? bad : 0))
        let failed = try run.summary().count("failed")
        // It may also run a task twice, whose failures count twice.
        #expect(protocolName == "lock" ? failed >= 6 * bad : failed == 2 * bad)
    }

    /// A task that never ends is given up at its time limit, with its process, and is a dead letter after six attempts;
    /// in a worker with a thread a slot as in one without.
    @Test(arguments: ["", "message,"]) func whatNeverEndsIsGivenUp(others: String) throws {
        let (run, bad) = try run(
            others + "fib-iterative:n=90:weight=98,hang", "--time-limit", "300ms", "--slots", "2")
        let summary = try run.summary()
        #expect(try summary.count("dead") == bad)
        #expect(try summary.count("acked") == 200 - bad)
        #expect(try summary.count("over_time_limit") >= 6 * bad)
        #expect(try summary.count("worker_deaths") == 0)
        #expect(try summary.count("worker_restarts") > 0)
    }

    /// Tasks that never end hold every compute thread of the only worker, with others in line behind them: it is replaced, over
    /// and over, and the run completes.
    @Test func aWorkerWithoutAFreeThreadIsReplaced() throws {
        let (run, bad) = try run(
            "message,fib-iterative:n=90:weight=95,hang:weight=4", "--time-limit", "200ms", "--slots", "8",
            "--cores", "1", "--workers", "1")
        let summary = try run.summary()
        #expect(try summary.count("dead") == bad)
        #expect(try summary.count("acked") == 200 - bad)
        #expect(try summary.count("over_time_limit") >= 6 * bad)
        #expect(try summary.count("worker_deaths") == 0)
        #expect(try summary.count("worker_restarts") > 0)
    }

    /// What only waits is cancelled at its time limit, and its process lives on.
    @Test func whatWaitsTooLongIsCancelled() throws {
        let run = try RunUnderTest.finished([
            "--tasks", "40", "--mix", "message:weight=9,sleep:ms=60000", "--time-limit", "200ms", "--slots", "8",
        ])
        let summary = try run.summary()
        #expect(try summary.count("dead") > 0)
        #expect(try summary.count("acked") + summary.count("dead") == 40)
        #expect(try summary.count("over_time_limit") >= 6 * summary.count("dead"))
        #expect(try summary.count("worker_restarts") == 0)
    }
}
