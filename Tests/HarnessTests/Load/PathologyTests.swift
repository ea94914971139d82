import Harness
import Measurement
import Reporting
import Testing
import Workload

/// What goes wrong in a system shows in its latency, and is not hidden by a generator that waits for it (coordinated omission):
/// a thousand tasks a second for ten seconds, and something that takes two.
@Suite("Known pathologies") struct PathologyTests {
    private static let disturbance = SimulatedRun.Disturbance(from: 4_000_000_000, to: 6_000_000_000)

    /// The 99th percentiles from the intended start, and from the sending, in µs.
    private func p99(_ run: SimulatedRun) throws -> (corrected: Double, uncorrected: Double, lag: Double) {
        let analysis = try run.analysis(.constant(perSecond: 1000), duration: .seconds(10))
        func p99(_ kind: LatencyKind) throws -> Double {
            try #require(analysis.latency.first { $0.latencyKind == kind }).summary.p99
        }
        // Both are printed, one below the other.
        var row = SummaryRow.simulated
        row.counts.sent = 10_000
        let table = RunTable(summary: row, latencies: analysis.latency, io: [], accuracy: []).render()
        for title in ["intended to end", "sent to end"] { #expect(table.contains(title)) }
        return (try p99(.endToEndIntended), try p99(.endToEndActual), try p99(.scheduleLag))
    }

    @Test("nothing is wrong: both are the same") func healthy() throws {
        let found = try p99(SimulatedRun())
        #expect(found.corrected < 1_000)
        #expect(abs(found.corrected - found.uncorrected) < 100)
    }

    /// Of 10,000 tasks 2,000 came due in the two seconds: the hundredth from the top waited 1.9 s of them.
    @Test("a stalled Redis: only the latency from the intended start shows it") func stalledRedis() throws {
        var run = SimulatedRun()
        run.stalledRedis = Self.disturbance
        let found = try p99(run)
        #expect((1_800_000...2_100_000).contains(found.corrected), "\(found)")
        #expect(found.lag > 1_700_000)
        // What was sent after the stall waits for the worker to work it off, and no longer.
        #expect(found.uncorrected < 0.6 * found.corrected, "\(found)")
        let verdicts = try run.analysis(.constant(perSecond: 1000), duration: .seconds(10)).generators.map(\.verdict)
        #expect(verdicts == [.heldUp])
    }

    @Test("a paused generator: the latency shows it, and the run is unusable") func pausedGenerator() throws {
        var run = SimulatedRun()
        run.pausedGenerator = Self.disturbance
        #expect((1_800_000...2_100_000).contains(try p99(run).corrected))
        let verdicts = try run.analysis(.constant(perSecond: 1000), duration: .seconds(10)).generators.map(\.verdict)
        #expect(verdicts == [.fellBehind])
    }

    @Test("a paused worker: both show it, since tasks were sent in time") func pausedWorker() throws {
        var run = SimulatedRun()
        run.pausedWorker = Self.disturbance
        let found = try p99(run)
        #expect((1_800_000...2_100_000).contains(found.corrected), "\(found)")
        #expect(abs(found.corrected - found.uncorrected) < 1_000)
        let verdicts = try run.analysis(.constant(perSecond: 1000), duration: .seconds(10)).generators.map(\.verdict)
        #expect(verdicts == [.keptUp])
    }

    /// 1,250 µs a task at one each millisecond: of each second in these two a fifth is left over, so that the queue is 0.4 s
    /// long when they end.
    @Test("a slow worker: both show the queue that it leaves") func slowWorker() throws {
        var run = SimulatedRun()
        run.slow = (Self.disturbance, 6)
        let found = try p99(run)
        #expect((350_000...450_000).contains(found.corrected), "\(found)")
        #expect(abs(found.corrected - found.uncorrected) < 1_000)
    }

    /// A server that is a little too slow for good: the latency grows as long as tasks come.
    @Test("an overloaded server: what it is late is seen, not what it does") func overloaded() throws {
        var run = SimulatedRun()
        run.exchange = 1_250_000
        run.service = 0
        let found = try p99(run)
        #expect(found.corrected > 1_800_000, "\(found)")
    }
}

extension SummaryRow {
    /// A row to be shown beside what was simulated.
    fileprivate static let simulated = SummaryRow(
        key: RunKey(runID: "simulated", cellID: "simulated", repetition: 1),
        setup: RunSetup(
            protocolName: "lease", durability: "none", transport: "unix", arrival: "constant:1000", workers: 1,
            slots: 1,
            claim: 1, leaseSeconds: 5, seed: 1, tasksPlanned: 10_000),
        counts: TaskCounts(
            sent: 0, unacknowledged: 0, acked: 0, ackedUnconfirmed: 0, failed: 0, dead: 0, lost: 0, duplicated: 0,
            recovered: 0, unexpected: 0, staleAcks: 0, unknownAcks: 0, leftInRedis: 0, executions: 0, retries: 0,
            inexactResults: 0, wrongResults: 0, workerDeaths: 0, workerRestarts: 0, overTimeLimit: 0),
        pace: RunPace(
            durationSeconds: 10, offeredPerSecond: 1000, sentPerSecond: 1000, ackedPerSecond: 1000,
            steadyFromSeconds: 0,
            steadyToSeconds: 10, backlogSlopePerSecond: 0, verdict: .steady),
        cost: RunCost(
            conductorCPUSeconds: 0, generatorCPUSeconds: 0, workerCPUSeconds: 0, sinkCPUSeconds: nil,
            redisCPUSeconds: 0,
            redisCommands: 0, redisBytesIn: 0, redisBytesOut: 0, redisPeakMemoryBytes: nil,
            workersPeakMemoryBytes: 0))
}
