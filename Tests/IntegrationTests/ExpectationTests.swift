import Measurement
import Redis
import TestSupport
import Testing

/// How many tasks are claimed together when they say how long they will take.
@Suite struct ExpectationTests {
    /// 500 ms are announced and a microsecond is taken: the first claim is of one task, and a few later the claims are
    /// as large as the work is short.
    @Test func aWrongDeclarationCorrectsItself() throws {
        let run = try RunUnderTest.finished([
            "--workers", "1", "--tasks", "2000", "--mix", "fib-iterative:n=10:expect=500ms",
        ])
        let sizes = try run.workerCycles().map { Int($0.tasks) }
        #expect(sizes.first == 1)
        let before = sizes.prefix { $0 < 16 }.reduce(0, +)
        #expect(before <= 10, "\(sizes)")
        #expect(sizes.contains { $0 >= 200 }, "\(sizes)")
        #expect(sizes.reduce(0, +) == 2_000)
    }

    @Test func longTasksAreClaimedAlone() throws {
        let run = try RunUnderTest.finished(["--tasks", "4", "--mix", "sleep:ms=500:expect=500ms", "--lease", "200ms"])
        #expect(try run.workerCycles().map { Int($0.tasks) } == [1, 1, 1, 1])
        #expect(try run.summary().count("duplicated") == 0)
    }

    /// The lease of a claim covers what its task said it would take, whatever the shortest lease is.
    @Test func aLongTaskHasALongLease() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone", "--lease", "100ms")
        _ = try terminals.load("--tasks", "1", "--mix", "sleep:ms=1500:expect=60s")
        var left = 0
        #expect(
            try eventually {
                let time = try terminals.connection.call("TIME")
                let leases = try terminals.connection.call("ZRANGE", "{fibq}:leases", "0", "-1", "WITHSCORES")
                guard leases.count == 2, let end = Int(try leases.text(at: 1)) else { return false }
                left = end - (Int(try time.text(at: 0)) ?? 0) * 1_000
                return true
            })
        #expect(left > 60_000, "\(left) ms are left")
        withExtendedLifetime(worker) {}
    }
}
