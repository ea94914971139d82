import Foundation
import Glibc
import InstanceLimits
import Processes
import Reporting
import TestSupport
import Testing

/// Parts of a run on a machine as small as an instance type. The bounds are of the kernel's accounts, and hold on a busy machine:
/// it gives less, never more.
@Suite(.enabled(if: InstanceGroups.arePossible, "no control groups here that this user may use"))
struct InstanceTests {
    @Test func withoutCreditsThereIsTheBaseline() throws {
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
        // The first is of the account's beginning, and the load has an end of its own.
        #expect(try #require(readings.first).number("used_s") == 0)
        #expect(last["phase"] == "stop")
        let load = try readings.filter { $0["phase"] == "load" }.map { try $0.number("at_s") }
        #expect(try #require(load.last) - #require(load.first) > 3)
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
    @Test func theGovernorKeepsTheModelsAccount() throws {
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
        #expect(spent > 0)
        // Of what was spent; microseconds are rounded in the file.
        #expect(abs(modelled - (try last.number("credit_balance"))) < 0.02 * spent)
        #expect(last["time_scale"] == "120.0" || last["time_scale"] == "120")
        for reading in readings {
            let (balance, allowed) = (try reading.number("credit_balance"), try reading.number("allowed_processors"))
            // The balance is rounded to four digits.
            #expect(abs(allowed - terms.allowedProcessors(atBalance: balance)) < 0.005)
        }
    }

    private static let arguments = [
        "--instance", "t2.small", "--mix", "fib-gmp:n=50000", "--workers", "2", "--claim", "16",
    ]

    private static func finished(_ further: [String]) throws -> RunUnderTest {
        let tasks = further.contains("--tasks") ? [] : ["--tasks", "1000000"]
        return try RunUnderTest.finished(arguments + tasks + further)
    }
}
