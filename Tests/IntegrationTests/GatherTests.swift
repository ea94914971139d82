import Foundation
import Glibc
import Measurement
import Redis
import Reporting
import TestSupport
import Testing

/// Runs that gather their parts, all on this host.
@Suite struct GatherTests {
    private static func url(_ topology: TestTopology = .standalone) throws -> String { try topology.endpoint().url }

    /// The keys of a run's meeting place and of its queue that are left.
    private static func keys(of gathered: GatheredRun) throws -> [String] {
        let connection = try RedisConnection(to: TestServer.shared().endpoint)
        let runID = try Manifest.read(from: gathered.run.folder).runID
        let meeting = try connection.call("KEYS", "{fibq-run:\(gathered.name)}:*").texts()
        return try meeting + connection.call("KEYS", "*\(runID)*").texts()
    }

    /// The same files as any run makes, and one more.
    @Test func partsFormOneRun() throws {
        let gathered = try GatheredRun(at: try Self.url())
        try gathered.end()
        let summary = try gathered.run.summary()
        #expect(try summary.count("sent") > 500)
        #expect(try summary.count("sent") == summary.count("acked"))
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("messages_placed") == summary.count("acked") - fibonaccis(of: gathered))
        #expect(try summary.count("messages_missing") == 0)
        for part in ["a", "b", "x", "s"] {
            let row = try gathered.clock(of: part)
            #expect(row["is_shared"] == "true")
            #expect(try row.number("offset_us") == 0)
            #expect(try row.count("samples") > 64)
            #expect(try gathered.leftovers(of: part) == [])
        }
        let manifest = try Manifest.read(from: gathered.run.folder)
        #expect(manifest.hosts?.map(\.name).sorted() == ["a", "b", "s", "x"])
        #expect(manifest.hosts?.allSatisfy { $0.host.kernel == manifest.host.kernel } == true)
        #expect(manifest.sha256["clocks.csv"] != nil)
        #expect(try Set(gathered.run.table("processes.csv").map { $0["process"] }) == ["a", "b", "s", "x"])
        #expect(try Self.keys(of: gathered) == [])
        let verified = try FibqProgram.run(["verify", gathered.run.folder], in: gathered.temporary.path)
        #expect(verified.exitCode == 0, "\(verified.output)")
        let report = try FibqProgram.run(["report", gathered.run.folder], in: gathered.temporary.path)
        #expect(report.output.contains("same clock"))
    }

    private func fibonaccis(of gathered: GatheredRun) throws -> Int {
        try gathered.run.table("latency.csv")
            .filter { $0["task_kind"] == "fib-iterative" && $0["latency_kind"] == "service" }
            .reduce(0) { try $0 + $1.count("count") }
    }

    /// The meeting place is in one slot, and its server found as the queue's is.
    @Test(arguments: [TestTopology.sentinel, .cluster]) func theyMeetOnEveryTopology(topology: TestTopology) throws {
        let gathered = try GatheredRun(at: try Self.url(topology))
        try gathered.end()
        #expect(try gathered.run.summary().count("lost") == 0)
        #expect(try gathered.run.summary().count("sent") == gathered.run.summary().count("acked"))
    }

    /// All of a backlog is sent before the workers start, by several generators.
    @Test func aBacklogIsSentFirst() throws {
        let gathered = try GatheredRun(
            ["--tasks", "20000", "--mix", "fib-iterative:n=90", "--workers", "2", "--generators", "2"],
            [.init("worker", "a"), .init("worker", "b"), .init("load", "x"), .init("load", "y")], at: try Self.url())
        try gathered.end()
        let summary = try gathered.run.summary()
        #expect(try summary.count("acked") == 20_000)
        #expect(try gathered.run.table("generators.csv").map { $0["name"] } == ["x", "y"])
        let attempts = try gathered.attempts()
        let lastSent = attempts.map(\.record.sent).max() ?? .max
        #expect(attempts.allSatisfy { $0.record.claimed > lastSent })
    }

    /// What was measured is collected and written.
    @Test func anInterruptedRunCollectsWhatThereIs() throws {
        let gathered = try GatheredRun(
            ["--mix", "fib-iterative:n=90", "--arrival", "poisson:500", "--duration", "300s", "--workers", "2"],
            [.init("worker", "a"), .init("worker", "b"), .init("load", "x")], at: try Self.url())
        try gathered.awaitAttempts(100, of: "a")
        gathered.run.program.send(signal: SIGINT)
        try gathered.end(exitCode: 130)
        let summary = try gathered.run.summary()
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("acked") >= 100)
        #expect(try Self.keys(of: gathered) == [])
    }

    /// Nothing is removed that is not known to be elsewhere.
    @Test func journalsThatWereNotCollectedAreKept() throws {
        let gathered = try GatheredRun(
            ["--mix", "fib-iterative:n=90", "--arrival", "poisson:500", "--duration", "2s", "--workers", "1"],
            [.init("worker", "a"), .init("load", "x")], at: try Self.url())
        try gathered.awaitAttempts(10, of: "a")
        // Where a file is to be is a folder.
        try FileManager.default.createDirectory(
            atPath: "\(gathered.run.folder)/a.slot-0.attempts.journal", withIntermediateDirectories: false)
        let ending = try gathered.run.end(exitCode: 1)
        #expect(ending.errors.contains("a.slot-0.attempts.journal"))
        let part = try #require(gathered.parts["a"]).end()
        #expect(part.exitCode == 69)
        let kept = gathered.folder(of: "a")
        #expect(
            part.errorLines.last
                == "fibq: the run \(gathered.name) ended without this part's journals; its journals are kept in \(kept)"
        )
        #expect(
            try gathered.leftovers(of: "a") == ["a.slot-0.attempts.journal", "a.slot-0.cycles.journal"])
    }

    /// A part that is told to stop hands in what it has at the end of the run; the others do its work.
    @Test func aPartThatIsStoppedStaysUntilTheEnd() throws {
        let gathered = try GatheredRun(at: try Self.url())
        try gathered.awaitAttempts(20, of: "a")
        gathered.parts["a"]?.send(signal: SIGTERM)
        try gathered.end()
        #expect(try gathered.run.summary().count("lost") == 0)
        #expect(try gathered.clock(of: "a")["is_collected"] == "true")
    }

    /// Nobody could be heard meanwhile, and so nobody has vanished.
    @Test func aServerThatHangsMakesNobodyVanish() throws {
        let server = try TestServer.own()
        let gathered = try GatheredRun(
            ["--mix", "fib-iterative:n=90", "--arrival", "poisson:500", "--duration", "3s", "--workers", "2"],
            [.init("worker", "a"), .init("worker", "b"), .init("load", "x")], at: server.endpoint.url)
        try gathered.awaitAttempts(100, of: "a")
        server.send(signal: SIGSTOP)
        // Longer than a part may be silent.
        usleep(11_000_000)
        server.send(signal: SIGCONT)
        try gathered.end()
        #expect(!gathered.run.program.printedErrors.contains("vanished"))
        #expect(try gathered.run.summary().count("lost") == 0)
        #expect(try gathered.run.summary().count("worker_deaths") == 0)
    }

    /// Another may have its name and its place.
    @Test func aPartThatDiesBeforeTheStartIsReplaced() throws {
        let gathered = try GatheredRun(
            ["--mix", "fib-iterative:n=90", "--tasks", "1000", "--workers", "1"], [.init("worker", "a")],
            at: try Self.url())
        #expect(eventually { gathered.run.program.printedErrors.contains("a joined: a worker on ") })
        gathered.parts["a"]?.send(signal: SIGKILL)
        #expect(eventually(within: .seconds(60)) { gathered.run.program.printedErrors.contains("a left again") })
        try gathered.start(.init("worker", "a"))
        try gathered.start(.init("load", "x"))
        try gathered.end()
        #expect(try gathered.run.summary().count("acked") == 1_000)
        #expect(try gathered.run.summary().count("worker_deaths") == 0)
    }

    /// It is called off, and its parts go.
    @Test func aRunThatIsInterruptedBeforeItBeganLeavesNothing() throws {
        let gathered = try GatheredRun(GatheredRun.scenario, [.init("worker", "a")], at: try Self.url())
        #expect(eventually { gathered.run.program.printedErrors.contains("a joined: a worker on ") })
        gathered.run.program.send(signal: SIGINT)
        let ending = try gathered.run.end(exitCode: 130)
        let reason = "interrupted before all parts of the run \(gathered.name) had come"
        #expect(ending.errorLines.last == "fibq: \(reason)")
        let part = try #require(gathered.parts["a"]).end()
        #expect(part.exitCode == 69)
        #expect(part.errorLines.last == "fibq: the run \(gathered.name) was called off: \(reason)")
        #expect(!FileManager.default.fileExists(atPath: gathered.run.folder))
    }

    // MARK: Refusals

    @Test func aRunWithoutItsPartsNamesThoseThatAreMissing() throws {
        let gathered = try GatheredRun(
            GatheredRun.scenario + ["--wait", "4s"], [.init("worker", "a"), .init("worker", "b")], at: try Self.url())
        #expect(eventually { gathered.run.program.printedErrors.contains("b joined: a worker on ") })
        gathered.parts["b"]?.send(signal: SIGTERM)
        #expect(try gathered.parts["b"]?.end().exitCode == 0)
        let ending = try gathered.run.end(exitCode: 69)
        let reason =
            "the run \(gathered.name) still lacks 1 sink, 1 worker, 1 generator (fibq load) after 4s: "
            + "start them with --join \(gathered.name), or allow more time with --wait"
        #expect(ending.errorLines.last == "fibq: \(reason)")
        #expect(ending.errorLines.contains("b left again"))
        #expect(!FileManager.default.fileExists(atPath: gathered.run.folder))
        let part = try #require(gathered.parts["a"]).end()
        #expect(part.exitCode == 69)
        #expect(part.errorLines.last == "fibq: the run \(gathered.name) was called off: \(reason)")
    }

    /// Three that come too many: one by its name, one by its role, one after the run has begun.
    @Test func whoIsTooManyIsRefused() throws {
        let gathered = try GatheredRun(
            GatheredRun.scenario, [.init("worker", "a"), .init("worker", "b")], at: try Self.url())
        let isFull = eventually(within: .seconds(60)) {
            gathered.run.program.printedErrors.matches(of: /joined: a worker/).count == 2
        }
        #expect(isFull)
        let surplus = try gathered.start(.init("worker", "c")).end()
        #expect(surplus.exitCode == 64)
        #expect(surplus.errorLines.last == "fibq: the run \(gathered.name) has its 2 workers already")
        let folder = gathered.temporary.path(of: "elsewhere")
        let namesake = try FibqProgram.run(
            ["load", "--join", gathered.name, "--name", "a", "--journals", folder, "--redis", gathered.url],
            in: gathered.temporary.path)
        #expect(namesake.exitCode == 64)
        #expect(namesake.errorLines.last == "fibq: the run \(gathered.name) has a part a already: say another --name")
        let twin = try FibqProgram.run(
            ["run", "--gather", gathered.name, "--tasks", "1", "--redis", gathered.url], in: gathered.temporary.path)
        #expect(twin.exitCode == 64)
        #expect(twin.errors.hasPrefix("fibq: there is a run \(gathered.name) already"))

        try gathered.start(GatheredRun.usual[3])
        try gathered.start(GatheredRun.usual[2])
        try gathered.awaitAttempts(1, of: "a")
        let late = try FibqProgram.run(
            ["worker", "--join", gathered.name, "--name", "d", "--redis", gathered.url], in: gathered.temporary.path)
        #expect(late.exitCode == 64)
        #expect(late.errorLines.last == "fibq: the run \(gathered.name) has begun: it takes no more parts")
        _ = try gathered.run.end()
    }

    @Test func aPartOfARunThatNobodyGathersGivesUp() throws {
        let folder = try TemporaryFolder()
        let url = try Self.url()
        let ending = try FibqProgram.run(
            ["worker", "--join", "nowhere", "--wait", "300ms", "--redis", url, "--name", "a"], in: folder.path)
        #expect(ending.exitCode == 69)
        #expect(ending.errorLines.last?.hasPrefix("fibq: no run nowhere is gathered at unix://") == true)
    }

    /// A run of another version is refused before anything is done.
    @Test func anotherVersionIsRefused() throws {
        let folder = try TemporaryFolder()
        let connection = try RedisConnection(to: TestServer.shared().endpoint)
        let name = TestServer.uniqueName("version")
        _ = try connection.call("SET", "{fibq-run:\(name)}:call", #"{"format":99}"#, "PX", "60000")
        let ending = try FibqProgram.run(
            ["worker", "--join", name, "--redis", try Self.url(), "--name", "a"], in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors == "fibq: the run \(name) is of another version of fibq: use the same one on all hosts\n")
    }

    @Test(arguments: [
        (
            ["worker", "--join", "trial", "--slots", "4"],
            "the run that is joined says what --slots would: leave it out"
        ),
        (["load", "--join", "trial", "--tasks=4"], "the run that is joined says what --tasks would: leave it out"),
        (["monitor", "--wait", "4s"], "--wait goes with --join"),
        (["run", "--journals", "x"], "--wait and --journals go with --gather"),
        (["sink", "--address", "tcp://127.0.0.1:0", "--name", "s"], "--redis, --name and --journals go with --join"),
    ]) func whatMeansNothingIsRefused(arguments: [String], words: String) throws {
        let folder = try TemporaryFolder()
        let ending = try FibqProgram.run(arguments, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains(words), "\(ending.errors)")
    }

    @Test(arguments: [
        (["--gather", "x"], "no server: say --redis URL, or set FIBQ_REDIS_URL"),
        (
            ["--gather", "x", "--redis", "unix:///nowhere", "--rtt", "1ms"],
            "rtt is for processes that the run starts itself"
        ),
        (["--gather", "x", "--redis", "unix:///nowhere", "--fault", "kill-worker"], "fault is for processes that"),
        (
            ["--gather", "x", "--redis", "unix:///nowhere", "--arrival", "closed:4"],
            "a closed loop follows"
        ),
        (["--gather", "a b", "--redis", "URL"], "'a b' is no name for a run"),
    ]) func whatAGatheredRunCannotDoIsRefused(arguments: [String], words: String) throws {
        let folder = try TemporaryFolder()
        let url = try Self.url()
        let ending = try FibqProgram.run(
            ["run", "--tasks", "9"] + arguments.map { $0 == "URL" ? url : $0 }, in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains(words), "\(ending.errors)")
    }

    @Test func aServerThatIsAwayOrWantsAnotherPasswordIsUnavailable() throws {
        let folder = try TemporaryFolder()
        let server = try TestServer.own(acceptsReplicas: true)
        var wrong = server.endpoint
        wrong.password = "wrong"
        for url in [wrong.url, "unix://\(folder.path)/nowhere"] {
            for command in [
                ["worker", "--join", "trial", "--name", "a"], ["run", "--gather", "trial", "--tasks", "1"],
            ] {
                let ending = try FibqProgram.run(command + ["--redis", url], in: folder.path)
                #expect(ending.exitCode == 69, "\(ending.errors)")
                #expect(ending.errorLines.count == 1)
            }
        }
    }
}
