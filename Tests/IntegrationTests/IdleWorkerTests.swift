import Glibc
import Measurement
import TestSupport
import Testing

/// A worker at an empty queue.
@Suite struct IdleWorkerTests {
    /// At most two commands a second, and yet a push wakes it at once: five pushes together wait less than the one wait
    /// after which an idle worker looks by itself.
    @Test func anIdleWorkerIsQuietAndWakesForAPush() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("idle")
        let before = try terminals.requests()
        usleep(3_000_000)
        let sent = try terminals.requests() - before - 1
        #expect(sent <= 6, "\(sent) commands in 3 s")

        for push in 1...5 {
            _ = try terminals.load("--tasks", "1", "--mix", "fib-iterative:n=10", "--name", "push-\(push)")
            #expect(eventually { terminals.attempts(of: "idle").filter { $0.finished != 0 }.count == push })
        }
        let waited = terminals.attempts(of: "idle").map { $0.started - $0.sent }.reduce(0, +)
        #expect(waited < 5_000_000_000, "five pushes waited \(waited) ns")
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }
}
