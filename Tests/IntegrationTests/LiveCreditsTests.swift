import Foundation
import Glibc
import Harness
import Reporting
import TestSupport
import Testing

/// What a run on an instance says of its CPU credits while it runs.
@Suite(.enabled(if: InstanceGroups.arePossible, "no control groups here that this user may use"))
struct LiveCreditsTests {
    private static let arguments = [
        "--instance", "t2.small", "--credits", "8", "--mix", "fib-gmp:n=1000000", "--workers", "1", "--tasks", "100000",
    ]

    private static func file(of run: RunUnderTest) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: run.folder)) ?? []
        return names.filter { $0.hasPrefix("credits.live") }
    }

    /// What the run says, once it says something that was said after this.
    private static func credits(of run: RunUnderTest, saidAfter time: Double = 0) throws -> LiveCredits {
        var said: LiveCredits?
        let isSaid = eventually(within: .seconds(60)) {
            said = LiveCredits(in: run.folder)
            return !run.program.isRunning || said.map { $0.said > time } ?? false
        }
        try #require(isSaid && run.program.isRunning, "\(run.program.printedErrors)")
        return try #require(said)
    }

    /// It is written anew while the account goes down, gone at the end, and nothing that the manifest names.
    @Test func theyAreSaidWhileItRunsAndNotAfterwards() throws {
        let run = try RunUnderTest(Self.arguments + ["--duration", "4s"])
        let first = try Self.credits(of: run)
        let next = try Self.credits(of: run, saidAfter: first.said)
        let last = try Self.credits(of: run, saidAfter: next.said)
        #expect([first, next, last].allSatisfy { $0.instance == "t2.small" && $0.timeScale == 1 })
        #expect(first.balance <= 8.01 && first.balance > last.balance && last.balance > 0)
        #expect([first, next, last].allSatisfy { $0.throttledSeconds.map { $0 >= 0 } ?? false })
        _ = try run.end()
        #expect(Self.file(of: run) == [])
        #expect(try Manifest.read(from: run.folder).sha256.keys.allSatisfy { !$0.hasPrefix("credits.live") })
        // What remains says the same.
        let balances = try run.table("credits.csv").map { try $0.number("credit_balance") }
        let (least, most) = (try #require(balances.min()), try #require(balances.max()))
        #expect([first, next, last].allSatisfy { (least - 0.0001...most + 0.0001).contains($0.balance) })
    }

    @Test func theyAreGoneWithARunThatIsInterrupted() throws {
        let run = try RunUnderTest(Self.arguments + ["--duration", "60s"])
        _ = try Self.credits(of: run)
        run.program.send(signal: SIGINT)
        _ = try run.end(exitCode: 130)
        #expect(Self.file(of: run) == [])
    }
}
