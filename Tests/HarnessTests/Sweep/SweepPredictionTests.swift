import Harness
import Measurement
import Reporting
import Testing
import Workload

/// What a sweep predicts from its runs with one slot.
@Suite struct SweepPredictionTests {
    private let key = RunKey(runID: "run", cellID: "c001", repetition: 1)

    private func row(wall: Double, cpu: Double, status: CellStatus = .done) -> CellRow {
        let io = IORow(
            key: key, taskKind: "message", role: "worker", tasks: 10, wallSeconds: wall * 10, cpuSeconds: cpu * 10,
            ioWaitSeconds: 0, otherWaitSeconds: 0,
            traffic: IOTraffic(
                redisRoundTrips: 0, redisCommands: 0, redisBytesOut: 0, redisBytesIn: 0, grpcCalls: 0, grpcBytesOut: 0,
                grpcBytesIn: 0, voluntarySwitches: 0, involuntarySwitches: 0), apportionedTasks: 0)
        let latency = LatencyRow(
            key: key, taskKind: "message", latencyKind: .service,
            summary: .init(
                count: 10, mean: wall * 1e6, stddev: 0, min: 0, p50: 0, p90: 0, p95: 0, p99: 0, p99_9: 0, p99_99: 0,
                max: 0))
        return CellRow(
            key: key, parameters: [], status: status, reason: "", latency: nil,
            demand: TaskDemand([io], [latency], areClaimsBeside: true), summary: nil)
    }

    private func scenario(workers: Int = 1, slots: Int, cores: Int? = nil, seed: UInt64 = 1) -> Scenario {
        var scenario = Scenario()
        (scenario.workers, scenario.slots, scenario.cores, scenario.seed) = (workers, slots, cores, seed)
        return scenario
    }

    private func perSecond(_ target: Scenario, from source: Scenario, _ row: CellRow) -> Double? {
        SweepPrediction([(source, row)], processors: 2).perSecond(target, row)
    }

    /// 100 ms of a slot and 1 ms of a core: slots decide up to a hundred of them, a core from there on.
    @Test func slotsOrCoresDecide() throws {
        let row = row(wall: 0.1, cpu: 0.001)
        let source = scenario(slots: 1, cores: 1, seed: 7)
        for (slots, expected) in [(1, 10.0), (16, 160), (256, 1_000)] {
            let predicted = try #require(perSecond(scenario(slots: slots, cores: 1), from: source, row))
            #expect(abs(predicted - expected) < 1e-6)
        }
    }

    /// Three workers have no more than the two cores that there are.
    @Test func workersShareTheCores() throws {
        let row = row(wall: 0.1, cpu: 0.001)
        let predicted = try #require(
            perSecond(scenario(workers: 3, slots: 256, cores: 1), from: scenario(workers: 3, slots: 1, cores: 1), row))
        #expect(abs(predicted - 2_000) < 1e-6)
    }

    @Test func nothingIsPredictedFromAnotherCellOrAFailedRun() {
        let row = row(wall: 0.1, cpu: 0.001)
        #expect(perSecond(scenario(slots: 4), from: scenario(slots: 2), row) == nil)
        #expect(perSecond(scenario(workers: 2, slots: 4), from: scenario(slots: 1), row) == nil)
        let failed = self.row(wall: 0.1, cpu: 0.001, status: .failed)
        #expect(perSecond(scenario(slots: 4), from: scenario(slots: 1), failed) == nil)
    }
}
