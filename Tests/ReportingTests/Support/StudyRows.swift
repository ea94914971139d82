import Measurement
import Reporting

extension KneeRow {
    static let sample = KneeRow(
        key: .sample, stage: .confirm, rank: 9, ratePerSecond: 312.5,
        pace: RunPace(
            durationSeconds: 10, offeredPerSecond: 310.25, sentPerSecond: 310, ackedPerSecond: 309.75,
            steadyFromSeconds: 1, steadyToSeconds: 10, backlogSlopePerSecond: 0.5, verdict: .steady),
        latencyKind: .endToEndIntended, latency: .sample(mean: 10_000), objectiveMicroseconds: 40_000,
        scheduleLagP99: 150.5, meetsObjective: true, isUsable: true, run: "probe-09", leftInRedis: 0)

    /// One whose generator fell behind so far that nothing was done.
    static let empty: KneeRow = {
        var row = sample
        (row.latency, row.objectiveMicroseconds, row.scheduleLagP99, row.leftInRedis) = (nil, nil, nil, nil)
        (row.pace.verdict, row.pace.ackedPerSecond, row.pace.backlogSlopePerSecond) = (nil, nil, nil)
        (row.meetsObjective, row.isUsable, row.stage, row.ratePerSecond) = (false, false, .search, 800)
        return row
    }()
}

extension FailoverRow {
    static let sample = FailoverRow(
        key: .sample, topology: "sentinel", protocolName: "lease", durability: "replicated:1", minReplicas: 1,
        fault: "fail-over", repetitions: 20, faults: 520, lost: 0, duplicated: 12, faultsWithLoss: 0,
        stallMedianSeconds: 3.25, stallMaxSeconds: 4.5, detectMedianSeconds: nil, recoverMedianSeconds: 3.5,
        recoverMaxSeconds: 5, lastedMedianSeconds: 3.125, p99Microseconds: 3_100_000.5)
}

extension QueueingRow {
    static let sample = QueueingRow(
        key: .sample, model: "M/D/1", load: 0.5, tasks: 100_000, arrivalsPerSecond: 100, occupancyMicroseconds: 5_000,
        occupancySecondMoment: 25e-6, utilisation: 0.5, mean: Wait(predicted: 2_500, measured: 2_600),
        p99: Wait(predicted: 16_681.25, measured: 17_000), standardError: 0.0125, queueWaitMicroseconds: 2_750.5,
        pickUpMicroseconds: 150, setUpMicroseconds: 80.25, predictedWithSetUp: 2_540, busyShare: 0.51,
        predictedBusyShare: 0.504, scheduleLagP99: 120)

    /// One whose slot did not keep up.
    static let overloaded: QueueingRow = {
        var row = sample
        (row.mean.predicted, row.p99.predicted, row.predictedWithSetUp) = (nil, nil, nil)
        (row.utilisation, row.standardError, row.predictedBusyShare) = (1.01, nil, nil)
        return row
    }()
}

extension KneeCheckRow {
    static let sample = KneeCheckRow(
        key: .sample, objective: "p99 end_to_end_intended < 100ms", limitMicroseconds: 100_000, occupancyBefore: 5_100,
        occupancyAfter: 5_300, knownUtilisation: 0.884, foundPerSecond: 165)
}
