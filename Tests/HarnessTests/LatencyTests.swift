import Harness
import Measurement
import ReliableQueue
import Reporting
import Testing
import Workload

/// `latency.csv`: which stretch of a task's way each kind is, and which attempts count.
@Suite struct LatencyTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    /// The fixture's task is due at 0.5 ms, sent at 1, known at 1.25, asked for at 9.5, claimed at 10, run from there to
    /// 11, and acked from there to 12.
    @Test func eachKindIsItsStretch() throws {
        try fixture.send(1)
        try fixture.worker().run([0])
        let latencies = try fixture.analysis().latency
        let means = Dictionary(uniqueKeysWithValues: latencies.map { ($0.latencyKind, $0.summary.mean) })
        #expect(
            means == [
                .scheduleLag: 500, .enqueue: 250, .queueWait: 9_000, .claim: 500, .service: 1_000, .ack: 1_000,
                .endToEndIntended: 10_500, .endToEndActual: 10_000,
            ])
        #expect(latencies.allSatisfy { $0.taskKind == "fib-iterative" && $0.summary.count == 1 })
    }

    /// Of a task that ran twice, the attempt counts that made it acked.
    @Test func aTaskCountsOnce() throws {
        try fixture.send(1)
        try fixture.worker().run([0], at: 10, ack: .stale)
        try fixture.worker("worker-2").run([0], at: 30)
        try fixture.worker("worker-3").run([0], at: 50, ack: .none)
        let latencies = try fixture.analysis().latency
        #expect(latencies.count == 8)
        #expect(latencies.allSatisfy { $0.summary.count == 1 })
        #expect(latencies.first { $0.latencyKind == .endToEndActual }?.summary.mean == 30_000)
    }

    /// Lost, dead or left tasks have no end, and no latency but that of their sending.
    @Test func tasksWithoutAnEndHaveNone() throws {
        try fixture.send(3)
        let dead = RunRecord.Leftover(place: .dead, task: JournalFixture.task(1))
        let kinds = try fixture.analysis(leftovers: [dead]).latency.map(\.latencyKind)
        #expect(kinds == [.scheduleLag, .enqueue])
    }

    /// An ack whose answer nobody saw took no known time.
    @Test func anAckInDoubtHasNoAckLatency() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2, ack: .none)
        let latencies = try fixture.analysis().latency
        #expect(!latencies.contains { $0.latencyKind == .ack })
        #expect(latencies.first { $0.latencyKind == .endToEndActual }?.summary.count == 2)
    }

    @Test func rowsAreSortedByKindAndThenByStretch() throws {
        try fixture.send(1, kind: .sleep)
        try fixture.send(1, kind: .fibRecursive)
        let rows = try fixture.analysis().latency.map { "\($0.taskKind) \($0.latencyKind)" }
        #expect(
            rows == [
                "fib-recursive scheduleLag", "fib-recursive enqueue", "sleep scheduleLag", "sleep enqueue",
            ])
    }
}
