import Harness
import Measurement
import Reporting
import Testing

/// What a probe says, by objective, backlog and generator.
@Suite struct KneeJudgementTests {
    private static let objective = KneeObjective(figure: .p99, latency: .endToEndIntended, limit: .milliseconds(50))

    private static func summary(_ value: Double) -> LatencySummary {
        LatencySummary(
            count: 10, mean: value, stddev: 0, min: value, p50: value, p90: value, p95: value, p99: value, p99_9: value,
            p99_99: value, max: value)
    }

    private static let key = RunKey(runID: "run", cellID: "cell", repetition: 1)

    private static func judge(
        p99: Double?, lag: Double = 100, generator: GeneratorVerdict = .keptUp, verdict: LoadVerdict? = .steady,
        left: Int? = 0
    ) -> KneeJudgement {
        let gaps = ArrivalGaps(count: 0) { _ in 0 }
        let row = GeneratorRow(
            key: key, name: "load-1", sent: 10, offeredPerSecond: 1_000, sentPerSecond: 1_000, lag: summary(lag),
            plannedGaps: gaps, sentGaps: gaps, isPoisson: true, cpuSeconds: 1, coreWaitSeconds: 0, serverWaitSeconds: 0,
            durationSeconds: 10, verdict: generator)
        let pace = RunPace(
            durationSeconds: 10, offeredPerSecond: 1_000, sentPerSecond: 1_000, ackedPerSecond: 1_000,
            steadyFromSeconds: nil, steadyToSeconds: nil, backlogSlopePerSecond: nil, verdict: verdict,
            generators: GeneratorSummary([row]))
        let latencies = p99.map {
            LatencyRow(key: key, taskKind: "sleep", latencyKind: .endToEndIntended, summary: summary($0))
        }
        return KneeJudgement(objective, pace, latencies.map { [$0] } ?? [], leftInRedis: left)
    }

    @Test(arguments: [(49_999.0, KneeSearch.Finding.met), (50_000, .missed), (80_000, .missed)])
    func theFigureIsHeldAgainstTheLimit(p99: Double, finding: KneeSearch.Finding) {
        let judgement = Self.judge(p99: p99)
        #expect(judgement.finding == finding && judgement.isMet == (finding == .met))
        #expect(judgement.figure == p99 && judgement.latency?.p50 == p99 && judgement.scheduleLagP99 == 100)
    }

    @Test(arguments: [LoadVerdict.steady, .draining, nil]) func onlyAGrowingBacklogMisses(verdict: LoadVerdict?) {
        #expect(Self.judge(p99: 1_000, verdict: verdict).finding == .met)
        #expect(Self.judge(p99: 1_000, verdict: .overloaded).finding == .missed)
    }

    @Test func whatIsNotDoneInTimeMisses() {
        #expect(Self.judge(p99: 1_000, left: 1).finding == .missed)
        #expect(Self.judge(p99: 1_000, left: nil).finding == .missed)
        #expect(Self.judge(p99: nil).finding == .missed && Self.judge(p99: nil).latency == nil)
    }

    /// A fifth of the limit is 10 ms.
    @Test(arguments: [(9_999.0, true), (10_001, false)])
    func oneThatFellBehindSaysNothingUnlessByLittle(lag: Double, isUsable: Bool) {
        #expect(Self.judge(p99: 11_000, lag: lag, generator: .fellBehind).finding == (isUsable ? .met : .unusable))
        // Its tasks' own lateness may be what missed.
        #expect(Self.judge(p99: 60_000, lag: lag, generator: .fellBehind).finding == (isUsable ? .missed : .unusable))
    }

    @Test(arguments: [GeneratorVerdict.keptUp, .heldUp]) func whatRedisHeldUpSaysWhatItIs(generator: GeneratorVerdict) {
        #expect(Self.judge(p99: 60_000, lag: 40_000, generator: generator).finding == .missed)
        #expect(Self.judge(p99: 45_000, lag: 40_000, generator: generator).finding == .met)
    }

    @Test func anOverloadedQueueMissesWhateverTheGenerator() {
        #expect(Self.judge(p99: 90_000, lag: 1e6, generator: .fellBehind, verdict: .overloaded).finding == .missed)
    }
}
