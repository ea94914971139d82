import Foundation
import Glibc
import Redis
import Reporting
import TestSupport
import Testing

/// The study of what a task costs as a queue grows, from the command line to its files.
@Suite struct GrowthStudyTests {
    private let folder: TemporaryFolder
    private let output: String

    init() throws {
        folder = try TemporaryFolder()
        output = folder.path(of: "study")
    }

    private func growth(_ arguments: [String], exitCode: Int32 = 0) throws -> FibqProgram.Ending {
        let ending = try FibqProgram.run(["growth", "--out", output] + arguments, in: folder.path)
        #expect(ending.exitCode == exitCode, "\(ending.errors)")
        return ending
    }

    private func rows(of file: String) throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(output)/\(file)", encoding: .utf8))
    }

    @Test(arguments: ["lease", "lock", "stream", "pop"]) func aBacklogIsHeld(protocolName: String) throws {
        let ending = try growth(
            [
                "--protocol", protocolName, "--law", "backlog", "--sizes", "300,600", "--tasks", "1000", "--claim",
                "20",
                "--workers", "2", "--repetitions", "2",
            ])
        #expect(ending.output.contains("Cost of a task by backlog, \(protocolName), medians"))
        let trials = try rows(of: "growth_trials.csv")
        #expect(trials.map { $0["backlog"] } == ["300", "600", "600", "300"])
        #expect(trials.map { $0["repetition"] } == ["1", "1", "2", "2"])
        for row in trials {
            #expect(try row.count("tasks") >= 1_000 && row.count("tasks") < 1_100)
            #expect(try row.number("redis_us_per_task") > 0 && row.number("worker_us_per_task") > 0)
            #expect(try row.number("wall_us_per_task") > 0 && row.number("tasks_per_s") > 0)
            #expect(try row.number("tasks_per_claim") <= 20)
            // An element is longer than its 22 bytes of header.
            #expect(try row.number("redis_memory_bytes_per_task") > 22)
        }
        #expect(try rows(of: "exponents.csv").count == 4)
        let manifest = try Manifest.read(from: output)
        #expect(manifest.sha256.count == 2)
        #expect(try manifest.changedFiles(in: output) == [])
    }

    @Test(arguments: ["lease", "lock", "lock-setex", "stream"]) func tasksStayInFlight(protocolName: String) throws {
        _ = try growth(
            [
                "--protocol", protocolName, "--law", "in-flight", "--sizes", "7,300", "--tasks", "300", "--backlog",
                "500", "--claim", "32", "--repetitions", "1",
            ])
        #expect(try rows(of: "growth_trials.csv").map { $0["in_flight"] } == ["7", "300"])
    }

    @Test(arguments: [("workers", "1,3"), ("payload", "16,5000"), ("claim", "1,50")])
    func otherLaws(law: String, sizes: String) throws {
        _ = try growth(
            [
                "--law", law, "--sizes", sizes, "--tasks", "300", "--backlog", "400", "--claim", "32",
                "--repetitions", "1",
            ])
        let trials = try rows(of: "growth_trials.csv")
        switch law {
        case "workers": #expect(trials.map { $0["workers"] } == ["1", "3"])
        case "payload":
            #expect(trials.map { $0["payload_bytes_per_task"] } == ["16.000", "5000.000"])
            #expect(try trials[1].number("redis_memory_bytes_per_task") > 5_000)
        default:
            #expect(trials.map { $0["claim"] } == ["1", "50", "1", "50", "1", "50"])
            #expect(Set(trials.map { $0["durability"] }) == ["none", "everysec", "always"])
        }
    }

    /// More workers than tasks: they wait for each other, and nothing is lost.
    @Test func aQueueMayBeTooSmallForItsWorkers() throws {
        _ = try growth(
            ["--law", "workers", "--sizes", "8", "--backlog", "5", "--tasks", "200", "--repetitions", "1"])
        #expect(try #require(rows(of: "growth_trials.csv").first).count("tasks") >= 200)
    }

    @Test func aTrialEndsAtItsLimit() throws {
        _ = try growth(
            [
                "--law", "backlog", "--sizes", "1000", "--tasks", "100000000", "--limit", "200ms", "--repetitions", "1",
            ])
        let row = try #require(rows(of: "growth_trials.csv").first)
        #expect(try row.count("tasks") > 0 && row.number("duration_s") > 0.1)
        #expect(!FileManager.default.fileExists(atPath: "\(output)/exponents.csv"))
    }

    @Test func measuringIsMeasured() throws {
        let ending = try growth(["--law", "measuring", "--drain", "200000", "--repetitions", "2"])
        #expect(ending.output.contains("Throughput with journals ÷ without"))
        let drains = try rows(of: "measuring.csv")
        #expect(drains.map { $0["journals"] } == ["true", "false", "false", "true"])
        #expect(drains.map { $0["place"] } == ["1", "2", "1", "2"])
        for row in drains {
            #expect(try row.number("tasks_per_s") > 0 && row.number("worker_us_per_task") > 0)
            if row["journals"] == "true" {
                #expect(try row.number("audit_s") > 0 && row.number("journal_bytes_per_task") > 100)
            } else {
                #expect(row["audit_s"] == "" && row["journal_bytes_per_task"] == "")
            }
        }
        // The journals are gone, and so are the folders of the drains.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: output).sorted() == ["manifest.json", "measuring.csv"])
    }

    // MARK: Endings

    /// What was measured before stays.
    @Test func aSignalKeepsTheEarlierTrials() throws {
        let program = try FibqProgram(
            [
                "growth", "--law", "backlog", "--sizes", "100,200", "--tasks", "100000000", "--limit", "2s", "--out",
                output,
            ], in: folder.path)
        #expect(eventually(within: .seconds(60)) { program.printedErrors.contains("backlog-200") })
        let server = try Self.server(of: program)
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        #expect(ending.errorLines.last == "fibq: interrupted; what was measured so far is in \(output)")
        #expect(try rows(of: "growth_trials.csv").first?["size"] == "100")
        #expect(try Manifest.read(from: output).exitStatus == 130)
        #expect(!ProcessTable.isAlive(server))
    }

    @Test func anInterruptedDrainLeavesNothing() throws {
        let program = try FibqProgram(
            ["growth", "--law", "measuring", "--drain", "1000000", "--out", output], in: folder.path)
        #expect(
            eventually(within: .seconds(60)) { !ProcessTable.children(of: program.processID, role: "worker").isEmpty })
        let below = ProcessTable.descendants(of: program.processID)
        program.send(signal: SIGINT)
        let ending = try program.end()
        #expect(ending.exitCode == 130, "\(ending.errors)")
        #expect(ending.errorLines.last == "fibq: interrupted; nothing was measured")
        #expect(below.allSatisfy { !ProcessTable.isAlive($0) })
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func aServerThatDiesEndsTheStudy() throws {
        let program = try FibqProgram(
            [
                "growth", "--law", "backlog", "--sizes", "100,200", "--tasks", "100000000", "--limit", "2s", "--out",
                output,
            ], in: folder.path)
        #expect(eventually(within: .seconds(60)) { program.printedErrors.contains("backlog-200") })
        kill(try Self.server(of: program), SIGKILL)
        let ending = try program.end()
        #expect(ending.exitCode == 69, "\(ending.errors)")
        #expect(ending.errorLines.filter { $0.hasPrefix("fibq: ") }.count == 1, "\(ending.errors)")
        #expect(try rows(of: "growth_trials.csv").first?["size"] == "100")
        #expect(try Manifest.read(from: output).exitStatus == 69)
    }

    /// A queue that holds less than it should is no measurement.
    @Test func aStolenTaskFailsTheTrial() throws {
        let program = try FibqProgram(
            [
                "growth", "--law", "backlog", "--sizes", "100,5000", "--tasks", "100000000", "--limit", "2s", "--out",
                output,
            ], in: folder.path)
        #expect(eventually(within: .seconds(60)) { program.printedErrors.contains("backlog-5000") })
        // A server that has just been started is not in its folder yet.
        #expect(
            eventually(within: .seconds(60)) {
                let folder = ProcessTable.server(of: program.processID).flatMap(ProcessTable.folder)
                return folder.flatMap { try? Self.steal(from: "\($0)/redis.sock", atLeast: 4_000) } ?? false
            })
        let ending = try program.end()
        #expect(ending.exitCode == 1, "\(ending.errors)")
        #expect(ending.errors.contains("lost or doubled: 4999 wait"), "\(ending.errors)")
        #expect(try rows(of: "growth_trials.csv").first?["size"] == "100")
    }

    @Test(arguments: [
        (["--law", "speed"], "speed"), (["--law", "backlog", "backlog"], "once"),
        (["--sizes", "10,20"], "--sizes"), (["--law", "backlog", "workers", "--sizes", "1"], "--sizes"),
        (["--law", "measuring", "--sizes", "1"], "--sizes"), (["--law", "backlog", "--sizes", "1,x"], "'x'"),
        (["--law", "backlog", "--sizes", ""], "--sizes"), (["--law", "backlog", "--sizes", "5,5"], "twice"),
        (["--law", "backlog", "--sizes", "0"], "backlog"), (["--law", "claim", "--sizes", "5000"], "claim"),
        (["--law", "backlog", "--largest", "10"], "--largest"), (["--tasks", "0"], "--tasks"),
        (["--repetitions", "0"], "--repetitions"), (["--workers", "0"], "--workers"), (["--claim", "0"], "--claim"),
        (["--drain", "0"], "--drain"), (["--limit", "0s"], "--limit"), (["--backlog", "0"], "--backlog"),
        (["--protocol", "pop", "--law", "in-flight"], "pop"),
    ]) func whatMakesNoSenseIsRefused(arguments: [String], word: String) throws {
        let ending = try growth(arguments, exitCode: 64)
        #expect(ending.errors.contains(word), "\(ending.errors)")
        #expect(ending.errorLines.count == 1)
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    /// A message is only ever placed by a worker whose run can be audited.
    @Test func aWorkerWithASinkKeepsJournals() throws {
        let ending = try FibqProgram.run(
            ["worker", "--redis", "/nowhere", "--no-journal", "--sink", "unix:///nowhere"], in: folder.path)
        #expect(ending.exitCode == 64)
        #expect(ending.errors.contains("--no-journal"), "\(ending.errors)")
    }

    /// Takes a task from a queue that holds so many; false while there is none.
    private static func steal(from socket: String, atLeast tasks: Int) throws -> Bool {
        let connection = try RedisConnection(to: RedisEndpoint(.unixSocket(path: socket)))
        let keys = try connection.call("KEYS", "*:pending")
        guard keys.count == 1 else { return false }
        let key = try keys.text(at: 0)
        guard try connection.call("LLEN", key).integer() >= tasks else { return false }
        return try !connection.call("RPOP", key).isNull
    }

    /// The server of the trial that goes round by now.
    private static func server(of program: FibqProgram) throws -> pid_t {
        var server: pid_t?
        #expect(
            eventually {
                server = ProcessTable.server(of: program.processID)
                return server != nil
            })
        return try #require(server)
    }
}
