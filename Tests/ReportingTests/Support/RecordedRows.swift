import Measurement
import Reporting

extension FaultRow {
    static let sample = FaultRow(
        key: .sample, protocolName: "lease", durability: "always", fault: "kill-worker", boundary: "ack,sent",
        target: "worker-2", atSeconds: -0.25, inFlight: 12, lost: 1, duplicated: 2, detectSeconds: 0.5,
        recoverSeconds: 0.75, lastedSeconds: nil, lostBytes: 4_096, topology: "sentinel", minReplicas: 1,
        stallSeconds: 0.25)
}

extension RecoveryRow {
    static let sample = RecoveryRow(
        key: .sample, protocolName: "stream", durability: "none", monitors: 2, intervalSeconds: 0.5, tasks: 1_000,
        claims: 4, leaseSeconds: 1, outageSeconds: 0, caughtUpSeconds: 1.25, recovered: 999,
        longestCallMicroseconds: nil, callsOverOneMillisecond: 3, waitDuring: .sample(mean: 200), waitAfter: nil,
        drainedSeconds: 2.5, acked: 998, doubled: 1, redisMemoryBytes: 1 << 20)
}

extension GrowthTrialRow {
    static let sample = GrowthTrialRow(
        key: .sample, law: "backlog", size: 1_000, protocolName: "lease", durability: "none", backlog: 1_000,
        inFlight: 10, workers: 2, payloadBytesPerTask: 32.5, claim: 256, tasks: 5_000, tasksPerClaim: 250.25,
        durationSeconds: 1.5, redisMicrosecondsPerTask: 1.25, workerMicrosecondsPerTask: 2.5,
        wallMicrosecondsPerTask: 300, tasksPerSecond: 3_333.333, enqueueRedisMicrosecondsPerTask: 0.5,
        redisMemoryBytesPerTask: 90.125)
}

extension ExponentRow {
    static let sample = ExponentRow(
        key: .sample, law: "backlog", protocolName: "lease", durability: "none", figure: "wall_us_per_task",
        fromSize: 10, toSize: 1_000, sizes: 3, exponent: 0.0123, standardError: nil, deviation: 1.25, ratio: 1.06)
}

extension MeasuringRow {
    static let sample = MeasuringRow(
        key: .sample, protocolName: "lease", hasJournals: true, place: 2, tasks: 10_000, tasksPerSecond: 50_000.5,
        workerMicrosecondsPerTask: 3.5, redisMicrosecondsPerTask: 1.25, journalBytesPerTask: 112, auditSeconds: 0.5,
        analysisSeconds: nil)
}

extension GrowthRow {
    static let sample = GrowthRow(
        key: .sample, algorithm: "matrix", fromN: 10, toN: 1_000, points: 7, exponent: 1.58, base: nil,
        deviation: 0.125)
}

extension CrossoverRow {
    static let sample = CrossoverRow(key: .sample, algorithm: "iterative", overtakenBy: "gmp", n: 93)
}

extension ScaleTrialRow {
    static let sample = ScaleTrialRow(
        key: .sample, protocolName: "lease", servers: 4, shards: 8, workers: 2, claim: 64, roundTripMicroseconds: 200,
        offeredPerSecond: nil, tasks: 6_400, tasksPerClaim: 64, durationSeconds: 2, tasksPerSecond: 3_200,
        redisMicrosecondsPerTask: 1.5, redisIdleShare: 0.0625, busiestRedisShare: 0.25,
        workerMicrosecondsPerTask: 0.75, roundTripsPerTask: 0.03125, bytesPerTask: 150.5)
}

extension ModelRow {
    static let sample = ModelRow(
        key: .sample, figure: "bytes_per_task", term: "a claim", coefficient: 1.5, unseen: 3, medianError: 0.125,
        worstError: 0.5, worstCell: "paced-1x1-c4-w8")
}

extension ModelCheckRow {
    static let sample = ModelCheckRow(
        key: .sample, figure: "bytes_per_task", cell: "paced-1x1-c4-w8", measured: 2, predicted: 3, error: 0.5)
}

extension PlanRow {
    static let sample = PlanRow(
        key: .sample, instance: "t2.small", ratePerSecond: 1_000_000, claim: 64, backlog: 1_000_000_000,
        payloadBytes: 16, taskCPUMicroseconds: 50, taskWaitMicroseconds: 1_000, roundTripMicroseconds: 500,
        utilisation: 0.7, serversWithCredits: 2, serversForEver: 7, serversForBacklog: 50, serversAtMost: 55,
        replicas: 1, backlogBytes: 50_000_000_000, slots: 25, workersWithCredits: 3, workersForEver: 8,
        creditsLastSeconds: nil,
        bytesPerSecondOfServer: 1e7, machinesForNetwork: 10)
}
