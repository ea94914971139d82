import Glibc
import TestSupport
import Testing

/// Workers that are killed in the middle of their work.
@Suite struct WorkerDeathTests {
    /// Short tasks with a few long ones among them: so there is always one in hand, and the run lasts long enough to be
    /// caught at work also on a busy machine.
    private static let mix = "fib-iterative:n=90:weight=19,sleep:ms=4"

    @Test(arguments: [("lease", 20_000), ("stream", 20_000), ("lock", 6_000), ("lock-setex", 6_000)])
    func nothingIsLost(protocolName: String, tasks: Int) throws {
        let run = try RunUnderTest([
            "--protocol", protocolName, "--tasks", "\(tasks)", "--mix", Self.mix, "--lease", "300ms",
            "--monitor-interval", "100ms",
        ])
        for death in 1...3 {
            try run.awaitAttempts(tasks * death / 8)
            try run.killWorkerAtWork()
        }
        let ending = try run.end()
        let summary = try run.summary()
        for column in ["sent", "acked"] { #expect(try summary.count(column) == tasks, "\(column)") }
        for column in ["lost", "wrong_results", "left_in_redis", "dead", "unexpected"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        #expect(try summary.count("worker_deaths") == 3)
        #expect(try summary.count("worker_restarts") == 3)
        #expect(ending.errorLines.filter { $0.contains("was ended by signal 9; started again") }.count == 3)
        let names = Set(try run.exportedTasks().map { $0["worker"] })
        #expect(names.contains { $0.hasPrefix("worker-1.2.") || $0.hasPrefix("worker-2.2.") }, "\(names)")
    }

    /// The control: what a killed worker has popped is gone, and the audit says so.
    @Test func popLosesWhatAKilledWorkerHeld() throws {
        let run = try RunUnderTest(["--protocol", "pop", "--tasks", "300", "--mix", "sleep:ms=10"])
        for death in 1...3 {
            try run.awaitAttempts(60 * death)
            try run.killWorkerAtWork()
        }
        let ending = try run.end(exitCode: 1)
        let summary = try run.summary()
        let lost = try summary.count("lost")
        #expect(lost >= 3)
        #expect(try summary.count("acked") == 300 - lost)
        #expect(ending.errorLines.last == "fibq: \(lost) acknowledged tasks are lost")
    }

    /// A worker that was held up for longer than its lease finds its work taken over: its ack is refused, and the task
    /// counts once.
    @Test func aWorkerThatLostItsLeaseIsRefused() throws {
        let run = try RunUnderTest([
            "--tasks", "200", "--mix", "sleep:ms=10", "--lease", "200ms", "--monitor-interval", "50ms",
        ])
        try run.awaitAttempts(20)
        let worker = try run.haltWorkerAtWork()
        #expect(eventually { run.attempts(repeatedOnly: true) > 0 })
        kill(worker, SIGCONT)
        _ = try run.end()
        let summary = try run.summary()
        #expect(try summary.count("acked") == 200)
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("stale_acks") >= 1)
        #expect(try summary.count("duplicated") >= 1)
        #expect(try summary.count("worker_deaths") == 0)
    }

    @Test func aWorkerIsNotStartedAgainWhenToldSo() throws {
        let run = try RunUnderTest([
            "--tasks", "400", "--mix", "sleep:ms=5", "--no-restart", "--lease", "300ms", "--monitor-interval", "100ms",
        ])
        try run.awaitAttempts(50)
        try run.killWorkerAtWork()
        let ending = try run.end()
        #expect(try run.summary().count("acked") == 400)
        #expect(try run.summary().count("worker_deaths") == 1)
        #expect(try run.summary().count("worker_restarts") == 0)
        #expect(ending.errors.contains("was ended by signal 9\n"))
    }

    @Test func aRunWithoutAnyWorkerLeftEnds() throws {
        let run = try RunUnderTest(["--workers", "1", "--tasks", "400", "--mix", "sleep:ms=5", "--no-restart"])
        try run.awaitAttempts(50)
        try run.killWorkerAtWork()
        let ending = try run.end(exitCode: 1)
        #expect(ending.errorLines.last?.contains("no worker is left") == true)
        #expect(try run.summary().count("lost") == 0)
        let counts = try ["acked", "left_in_redis"].map { try run.summary().count($0) }
        #expect(counts.reduce(0, +) == 400)
    }

    /// The only worker is gone before it has done anything, and none is started in its place: the run ends and says so.
    @Test func aRunWithoutWorkersEnds() throws {
        let run = try RunUnderTest(["--workers", "1", "--tasks", "5", "--mix", "sleep:ms=60000", "--no-restart"])
        try run.killWorkerAtWork()
        let ending = try run.end(exitCode: 1)
        #expect(ending.errors.contains("no worker is left"), "\(ending.errors)")
        #expect(try run.summary().count("left_in_redis") == 5)
    }

    /// A plan that was not carried out is no success, though nothing is lost.
    @Test func aGeneratorThatIsStoppedFailsTheRun() throws {
        let run = try RunUnderTest(["--mix", "sleep:ms=1", "--arrival", "constant:100", "--tasks", "6000"])
        try run.awaitAttempts(20)
        let generators = ProcessTable.children(of: run.program.processID, role: "load")
        for generator in generators { kill(generator, SIGTERM) }
        let ending = try run.end(exitCode: 1)
        #expect(ending.errors.contains("of 6000 planned tasks were sent"), "\(ending.errors)")
        #expect(try run.summary().count("lost") == 0)
    }
}
