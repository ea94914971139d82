import Processes
import TestSupport
import Testing

/// A worker that gets little of a processor lives all the same: nobody takes its tasks away. (The study, for minutes, is
/// scenarios/throttled.yaml and starved.yaml.)
@Suite struct ThrottledWorkerTests {
    static let isPossible = (try? ControlGroup(.init(quota: 1))) != nil

    @Test(
        .enabled(if: isPossible, "no control groups here that this user may use"), arguments: ["lease", "stream"])
    func aThrottledWorkerKeepsItsLeases(protocolName: String) throws {
        let run = try RunUnderTest.finished([
            "--protocol", protocolName, "--tasks", "8", "--mix", "fib-recursive:n=38", "--workers", "1", "--slots",
            "4", "--cpu-limit", "0.2", "--lease", "1s", "--monitors", "1", "--monitor-interval", "50ms",
        ])
        let summary = try run.summary()
        #expect(try summary.count("acked") == 8)
        for column in ["lost", "duplicated", "stale_acks", "retries", "worker_deaths"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        // Only renewals can have kept them: tasks took longer than a lease.
        let longest = try run.exportedTasks().map { try $0.number("finished_s") - $0.number("started_s") }.max()
        #expect(try #require(longest) > 1.2)
        // It was held back: with all of a processor it takes as long as it computes.
        #expect(try summary.number("cpu_worker_s") < 0.5 * summary.number("duration_s"))
    }
}
