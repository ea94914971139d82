import Foundation
import Glibc
import Harness
import TestSupport
import Testing

/// How tasks are sent: by a plan from a file, in a closed loop, by several generators, and by one that can't keep up.
@Suite struct LoadTests {
    private static let mix = ["--mix", "fib-iterative:n=1..93:weight=3,sleep:ms=uniform(0,1)"]

    private func work(_ run: RunUnderTest) throws -> [String] {
        try run.exportedTasks().map { "\($0["task_kind"]) \($0["parameter"])" }.sorted()
    }

    @Test func aPlanThatWasWrittenDownIsSentAgain() throws {
        let folder = try TemporaryFolder()
        let load = Self.mix + ["--arrival", "poisson:2000", "--tasks", "1000", "--seed", "5"]
        let written = try FibqProgram.run(["export", "plan"] + load, in: folder.path)
        #expect(written.exitCode == 0, "\(written.errors)")
        let file = try folder.write(written.output, to: "plan.csv")
        let original = try RunUnderTest.finished(load)
        // Another seed: all that is sent is in the file.
        let again = try RunUnderTest.finished(Self.mix + ["--arrival", "trace:\(file)", "--seed", "6"])
        #expect(try again.summary().count("acked") == 1_000)
        #expect(try work(original) == work(again))
        func times(_ run: RunUnderTest) throws -> [Double] {
            let times = try run.exportedTasks().map { try $0.number("intended_s") }.sorted()
            return times.map { $0 - times[0] }
        }
        #expect(try zip(times(original), times(again)).allSatisfy { abs($0 - $1) < 2e-6 })
        let exported = try FibqProgram.run(
            ["export", "plan"] + Self.mix + ["--arrival", "trace:\(file)"], in: folder.path)
        #expect(exported.output == written.output)
    }

    @Test(
        arguments: [
            ("offset_ns,task_kind\n0,fib-gmp\n", 65, "unknown task kind"),
            ("offset_ns\n9\n8\n", 65, "offset_ns cannot be"),
            ("offset_ns,task_kind,parameter\n0,fib-iterative,94\n", 65, "n of fib-iterative cannot be"),
        ] as [(String, Int32, String)])
    func aBadTraceIsRefusedBeforeAnythingStarts(csv: String, exitCode: Int32, words: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(csv, to: "plan.csv")
        let run = try RunUnderTest(Self.mix + ["--arrival", "trace:\(file)"])
        let ending = try run.end(exitCode: exitCode)
        #expect(ending.errors.contains(words))
        #expect(ending.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: run.folder))
    }

    /// Never more on their way than the window has; and as many, unless the workers are idle.
    @Test func aClosedLoopKeepsItsWindow() throws {
        let run = try RunUnderTest.finished(
            ["--arrival", "closed:8", "--tasks", "600", "--mix", "sleep:ms=2", "--workers", "1", "--slots", "4"])
        #expect(try run.summary().count("acked") == 600)
        #expect(try run.summary()["generator_verdict"] == "")
        var events: [(Double, Int)] = []
        for task in try run.exportedTasks() {
            events.append((try task.number("sent_s"), 1))
            events.append((try task.number("finished_s"), -1))
        }
        var (onTheWay, most) = (0, 0)
        // What ends in the microsecond in which another is sent has ended before.
        for event in events.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            onTheWay += event.1
            most = max(most, onTheWay)
        }
        #expect(most == 8)
    }

    @Test func aClosedLoopEndsWithItsTime() throws {
        let run = try RunUnderTest.finished(["--arrival", "closed:3", "--duration", "700ms", "--mix", "sleep:ms=2"])
        let summary = try run.summary()
        #expect(try summary.count("acked") > 0)
        #expect(try summary.count("acked") == summary.count("tasks_planned"))
        #expect(try summary.number("duration_s") < 30)
    }

    /// Their parts are the plan, each task once.
    @Test func severalGeneratorsShareAPlan() throws {
        let load = Self.mix + ["--arrival", "poisson:3000", "--tasks", "1500", "--seed", "9"]
        let alone = try RunUnderTest.finished(load)
        let shared = try RunUnderTest.finished(load + ["--generators", "3"])
        #expect(try work(alone) == work(shared))
        let rows = try shared.table("generators.csv")
        #expect(rows.count == 3)
        #expect(try rows.reduce(0) { try $0 + $1.count("sent") } == 1_500)
        #expect(try rows.allSatisfy { try $0.count("sent") > 300 })
        #expect(try shared.summary().count("generators") == 3)
        #expect(try shared.summary().count("lost") == 0)
    }

    /// No generator sends twenty million tasks a second.
    @Test func aRunWhoseGeneratorFellBehindSaysSo() throws {
        let run = try RunUnderTest(["--arrival", "constant:20000000", "--tasks", "1500000"])
        let ending = try run.end()
        let summary = try run.summary()
        #expect(["fell_behind", "held_up"].contains(summary["generator_verdict"]))
        #expect(summary["is_usable"] == (summary["generator_verdict"] == "fell_behind" ? "false" : "true"))
        #expect(ending.output.contains("UNUSABLE") == (summary["is_usable"] == "false"))
        let generator = try #require(try run.table("generators.csv").first)
        #expect(try generator.number("lag_p99_us") > 1_000)
        #expect(try generator.number("sent_per_s") < 0.99 * generator.number("offered_per_s"))
    }
}

/// What the queue carries, and how far.
@Suite struct WayTests {
    private static let cheap = ["--mix", "fib-iterative:n=1..93"]

    @Test(arguments: ["lease", "lock", "stream", "pop"]) func longPayloadsArriveWhole(name: String) throws {
        let run = try RunUnderTest.finished(
            Self.cheap + ["--tasks", "300", "--payload", "4096", "--protocol", name])
        let summary = try run.summary()
        #expect(try summary.count("acked") == 300)
        #expect(try summary.count("payload_bytes") == 4_096)
        #expect(try summary.number("redis_bytes_in") > 300 * 4_096)
    }

    /// No exchange takes less than the round trip, and all that is sent arrives in order, once.
    @Test(arguments: ["lease", "stream"]) func aFarRedisTakesItsTime(name: String) throws {
        let run = try RunUnderTest.finished(
            Self.cheap + ["--arrival", "constant:200", "--tasks", "200", "--rtt", "20ms", "--protocol", name])
        let summary = try run.summary()
        #expect(try summary.count("acked") == 200)
        #expect(try summary.number("rtt_us") == 20_000)
        #expect(try summary.count("duplicated") == 0)
        for kind in ["enqueue", "ack"] {
            let latency = try #require(try run.table("latency.csv").first { $0["latency_kind"] == kind })
            #expect(try latency.number("min_us") >= 20_000)
        }
    }

    /// The link goes with its run, also when that is killed.
    @Test func nothingIsLeftOfALink() throws {
        let folder = try TemporaryFolder()
        let run = try RunUnderTest(
            Self.cheap + ["--arrival", "constant:100", "--duration", "60s", "--rtt", "1ms"], in: folder)
        try run.awaitAttempts(20)
        let links = ProcessTable.children(of: run.program.processID, role: "link")
        #expect(links.count == 1)
        kill(run.program.processID, SIGKILL)
        _ = try run.program.end()
        #expect(eventually { links.allSatisfy { kill($0, 0) != 0 } })
    }

    @Test func aRunWhoseLinkIsGoneSaysSo() throws {
        let run = try RunUnderTest(Self.cheap + ["--arrival", "constant:100", "--duration", "60s", "--rtt", "1ms"])
        try run.awaitAttempts(20)
        let link = try #require(ProcessTable.children(of: run.program.processID, role: "link").first)
        kill(link, SIGKILL)
        let ending = try run.end(exitCode: 1)
        #expect(ending.errors.contains("the link to Redis ended"))
    }
}
