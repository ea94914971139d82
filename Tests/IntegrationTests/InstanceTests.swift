import Foundation
import Glibc
import InstanceLimits
import Processes
import Reporting
import TestSupport
import Testing

/// Parts of a run on a machine as small as an instance type. The bounds are of the kernel's accounts, and hold on a busy machine:
/// it gives less, never more.
@Suite struct InstanceTests {
    static let isPossible = InstanceTests.canConfine

    private static var canConfine: Bool {
        var limits = ControlGroup.Limits(quota: 1)
        (limits.processors, limits.memoryBytes) = (Array(Processors.allowed.suffix(1)), 2 << 30)
        return (try? ControlGroup(limits)) != nil
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func withoutCreditsThereIsTheBaseline() throws {
        let run = try Self.finished(["--credits", "empty", "--duration", "3s"])
        let summary = try run.summary()
        #expect(summary["instance"] == "t2.small")
        #expect(summary["credits"] == "empty")
        #expect(summary["is_held"] == "true")
        #expect(try summary.count("lost") == 0)
        #expect(try summary.count("acked") > 0)
        // It uses what the account allows, and what was let through before a quota fell: never more than a period's quota a
        // reading. What it did not use at first it has saved.
        let readings = try run.table("credits.csv")
        let last = try #require(readings.last)
        var allowed = 0.0
        for (before, reading) in zip(readings, readings.dropFirst()) {
            allowed += try before.number("allowed_processors") * (reading.number("at_s") - before.number("at_s"))
            allowed += 0.01 * (try before.number("allowed_processors"))
        }
        #expect(try readings.dropFirst().reduce(0) { try $0 + $1.number("used_s") } < allowed)
        #expect(try readings.allSatisfy { try $0.number("allowed_processors") < 0.35 })
        #expect(try last.number("throttled_s") > 0)
        #expect(try run.table("intervals.csv").contains { $0["allowed_processors"].hasPrefix("0.2") })
        // Redis is on it as well.
        #expect(try Manifest.read(from: run.folder).redis.maxmemory == "\((2 << 30) * 6 / 10)")
    }

    /// An hour of credits in a minute; what the governor says is what the model says of the time that was used.
    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func theGovernorKeepsTheModelsAccount() throws {
        let run = try Self.finished(["--credits", "8", "--time-scale", "120", "--duration", "5s"])
        let terms = try #require(try InstanceCatalogue.builtIn["t2.small"].credits)
        let readings = try run.table("credits.csv")
        let last = try #require(readings.last)
        var account = CreditAccount(terms, .credits(8))
        var at = try #require(readings.first).number("at_s")
        var spent = 0.0
        for reading in readings.dropFirst() {
            let now = try reading.number("at_s")
            let used = try reading.number("used_s")
            account.advance(by: (now - at) * 120, used: used * 120)
            spent += used * 2
            at = now
        }
        let first = try #require(readings.first).number("credit_balance")
        let modelled = first - 8 + account.balance
        #expect(spent > 1)
        // Of what was spent; microseconds are rounded in the file.
        #expect(abs(modelled - (try last.number("credit_balance"))) < 0.02 * spent)
        #expect(last["time_scale"] == "120.0" || last["time_scale"] == "120")
        #expect(try last.number("allowed_processors") < 1)
    }

    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func itIsGoneWithTheRun() throws {
        let home = try Self.home()
        let run = try Self.finished(["--credits", "full", "--tasks", "100"])
        #expect(try Self.groups(of: run.program.processID, in: home).isEmpty)
    }

    /// What nobody could clear away is removed by the next run.
    @Test(.enabled(if: isPossible, "no control groups here that this user may use"))
    func whatAKilledConductorLeftIsRemoved() throws {
        let home = try Self.home()
        let run = try RunUnderTest(
            Self.arguments + ["--credits", "empty", "--tasks", "1000000", "--duration", "60s"])
        try run.awaitAttempts(1)
        let conductor = run.program.processID
        kill(conductor, SIGKILL)
        _ = try run.program.end()
        // Its children die with it; the group stays.
        #expect(try eventually { try Self.processes(of: conductor, in: home).isEmpty })
        _ = try Self.finished(["--credits", "full", "--tasks", "100"])
        #expect(try Self.groups(of: conductor, in: home).isEmpty)
    }

    private static let arguments = [
        "--instance", "t2.small", "--mix", "fib-gmp:n=50000", "--workers", "2", "--claim", "16",
    ]

    private static func finished(_ further: [String]) throws -> RunUnderTest {
        let tasks = further.contains("--tasks") ? [] : ["--tasks", "1000000"]
        return try RunUnderTest.finished(arguments + tasks + further)
    }

    /// The folder in which groups are made that limit processors.
    private static func home() throws -> String {
        let group = try ControlGroup(.init(quota: 1))
        let file = try #require(try group.launcher().first { $0.hasSuffix("/cgroup.procs") })
        return URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent().path
    }

    private static func groups(of conductor: pid_t, in home: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: home).filter { $0.hasPrefix("fibq-\(conductor)-") }
    }

    private static func processes(of conductor: pid_t, in home: String) throws -> [Substring] {
        try groups(of: conductor, in: home).flatMap { group in
            // Another program's start may remove it at any moment.
            let text = (try? String(contentsOfFile: "\(home)/\(group)/cgroup.procs", encoding: .utf8)) ?? ""
            return text.split(separator: "\n")
        }
    }
}
