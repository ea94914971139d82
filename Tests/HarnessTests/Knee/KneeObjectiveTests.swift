import Harness
import Measurement
import Reporting
import Testing

@Suite struct KneeObjectiveTests {
    @Test(arguments: [
        ("p99 end_to_end_intended < 50ms", KneeObjective.Figure.p99, LatencyKind.endToEndIntended, 50_000.0),
        ("  p99.9   queue_wait<1s", .p99_9, .queueWait, 1e6), ("mean service < 1500us", .mean, .service, 1_500),
        ("max claim < 2m", .max, .claim, 120e6),
    ])
    func isRead(text: String, figure: KneeObjective.Figure, latency: LatencyKind, limit: Double) throws {
        let objective = try KneeObjective(parsing: text)
        #expect(objective.figure == figure && objective.latency == latency)
        #expect(objective.limitMicroseconds == limit)
        #expect(try KneeObjective(parsing: "\(objective)") == objective)
    }

    @Test(arguments: [
        "", "p99", "p99 < 50ms", "p98 queue_wait < 50ms", "p99 waiting < 50ms", "p99 queue_wait > 50ms",
        "p99 queue_wait < 50", "p99 queue_wait < 0s", "p99 queue_wait < 1ms < 2ms", "p99 of queue_wait < 1ms",
    ])
    func whatIsNoneIsRefused(text: String) {
        #expect(throws: HarnessError.self) { try KneeObjective(parsing: text) }
    }

    private static func summary(_ base: Double, count: UInt64) -> LatencySummary {
        LatencySummary(
            count: count, mean: base, stddev: base, min: base, p50: base + 1, p90: base + 2, p95: base + 3,
            p99: base + 4,
            p99_9: base + 5, p99_99: base + 6, max: base + 7)
    }

    @Test func everyFigureIsItsOwn() {
        let values = KneeObjective.Figure.allCases.map { $0.value(of: Self.summary(10, count: 1)) }
        #expect(values == [11, 12, 13, 14, 15, 16, 17, 10])
    }

    @Test func ofSeveralKindsTheWorstCounts() throws {
        let key = RunKey(runID: "run", cellID: "cell", repetition: 1)
        var slow = Self.summary(5, count: 2)
        slow.p99 = 900
        let rows = [
            LatencyRow(key: key, taskKind: "sleep", latencyKind: .queueWait, summary: Self.summary(100, count: 3)),
            LatencyRow(key: key, taskKind: "message", latencyKind: .queueWait, summary: slow),
            LatencyRow(key: key, taskKind: "message", latencyKind: .service, summary: Self.summary(5_000, count: 2)),
        ]
        let objective = try KneeObjective(parsing: "p99 queue_wait < 1ms")
        let worst = try #require(objective.distribution(rows))
        #expect(worst.p99 == 900 && worst.p50 == 101 && worst.max == 107 && worst.min == 5 && worst.count == 5)
        #expect(objective.distribution([rows[2]]) == nil)
    }
}
