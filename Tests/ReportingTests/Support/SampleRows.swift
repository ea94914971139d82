import Measurement
import Reporting

extension RunKey {
    static let sample = RunKey(runID: "run-1", cellID: "cell-a", repetition: 2)
}

extension SummaryRow {
    static let sample = SummaryRow(
        key: .sample,
        setup: RunSetup(
            protocolName: "lease", durability: "none", transport: "unix", arrival: "poisson:25000", workers: 2,
            slots: 1, claim: 256, leaseSeconds: 5, seed: 42, tasksPlanned: 1_000_000,
            instance: .init(type: "t2.small", isHeld: true, credits: "full", timeScale: 60),
            payloadBytes: 1_024, roundTripSeconds: 0.0005, topology: "cluster", minReplicas: 1),
        counts: TaskCounts(
            sent: 1_000_000, unacknowledged: 3, acked: 999_990, ackedUnconfirmed: 1, failed: 2, dead: 4, lost: 0,
            duplicated: 5, recovered: 1, unexpected: 0, staleAcks: 6, unknownAcks: 7, leftInRedis: 8,
            executions: 1_000_005, retries: 9, inexactResults: 10_203, wrongResults: 0, workerDeaths: 1,
            workerRestarts: 1,
            overTimeLimit: 4),
        messages: MessageCounts(placed: 300, repeated: 4, refused: 3, placedTwice: 0, missing: 0),
        pace: RunPace(
            durationSeconds: 40.125, offeredPerSecond: 25_000, sentPerSecond: 24_987.5, ackedPerSecond: 24_987.25,
            steadyFromSeconds: 4, steadyToSeconds: 40, backlogSlopePerSecond: -0.0001, verdict: .steady,
            generators: GeneratorSummary([.sample])),
        cost: RunCost(
            conductorCPUSeconds: 0.5, generatorCPUSeconds: 9.25, workerCPUSeconds: 31, sinkCPUSeconds: 2.5,
            redisCPUSeconds: 12.5,
            redisCommands: 23_438, redisBytesIn: 120_000_000, redisBytesOut: 90_000_000,
            redisPeakMemoryBytes: 104_857_600, workersPeakMemoryBytes: 41_943_040))
}

extension LatencySummary {
    static func sample(mean: Double) -> LatencySummary {
        LatencySummary(
            count: 999_990, mean: mean, stddev: mean / 2, min: mean / 10, p50: mean * 0.9, p90: mean * 1.5,
            p95: mean * 2, p99: mean * 4, p99_9: mean * 20, p99_99: mean * 50, max: mean * 1_000)
    }
}

extension LatencyRow {
    static let samples = [
        LatencyRow(key: .sample, taskKind: "fibonacci", latencyKind: .queueWait, summary: .sample(mean: 1_250.5)),
        LatencyRow(key: .sample, taskKind: "fibonacci", latencyKind: .service, summary: .sample(mean: 2.25)),
        LatencyRow(
            key: .sample, taskKind: "wait", latencyKind: .endToEndIntended, summary: .sample(mean: 98_765.4321)),
    ]
}

extension IORow {
    static let sample = IORow(
        key: .sample, taskKind: "fibonacci", role: "worker", tasks: 1_000_005, wallSeconds: 80, cpuSeconds: 31,
        ioWaitSeconds: 46.5, otherWaitSeconds: 2, traffic: .sample, apportionedTasks: 1_000_000)
    static let idle = IORow(
        key: .sample, taskKind: "wait", role: "worker", tasks: 0, wallSeconds: 0, cpuSeconds: 0, ioWaitSeconds: 0,
        otherWaitSeconds: 0, traffic: .sample, apportionedTasks: 0)
}

extension IOTraffic {
    static let sample = IOTraffic(
        redisRoundTrips: 4_000, redisCommands: 8_000, redisBytesOut: 70_000_000, redisBytesIn: 60_000_000,
        grpcCalls: 0, grpcBytesOut: 0, grpcBytesIn: 0, voluntarySwitches: 4_100, involuntarySwitches: 900)
}

extension AccuracyRow {
    static func sample(_ n: Int, _ algorithm: String, bits: Int?, ulp: Double?, isExact: Bool) -> AccuracyRow {
        AccuracyRow(
            key: .sample, n: n, algorithm: algorithm, precisionBits: bits, exact: "5", computed: isExact ? "5" : "6",
            absoluteError: ulp.map { "\($0)e-15" }, relativeError: ulp.map { $0 * 1e-16 }, ulpError: ulp,
            correctDigits: ulp.map { _ in 15 }, isExact: isExact, durationNanoseconds: 123)
    }

    static let samples = [
        sample(5, "binet", bits: 53, ulp: 0.5, isExact: true),
        sample(71, "binet", bits: 53, ulp: 14.25, isExact: false),
        sample(72, "binet", bits: 53, ulp: 20, isExact: false),
        sample(5, "fast-doubling", bits: nil, ulp: nil, isExact: true),
    ]
}

extension IntervalRow {
    static let tasks = IntervalRow(
        key: .sample, second: 7, phase: .steady,
        content: .tasks(
            kind: "fibonacci",
            TaskInterval(
                sent: 10, acked: 9, serviceSumSeconds: 0.5, serviceSumSquares: 0.0625, endToEndSumSeconds: 1.5,
                endToEndP50: 100.5, endToEndP99: 200, endToEndMax: 300)))
    static let machine = IntervalRow(
        key: .sample, second: 7, phase: .warmUp,
        content: .machine(
            MachineInterval(
                backlog: 3, inFlight: 2, workerCPUSeconds: 1.5, redisCPUSeconds: 0.25, throttledSeconds: 0,
                creditBalance: 287.5, allowedProcessors: 0.2, timeScale: 60, redisMemoryBytes: 1_048_576)))
}

extension CellRow {
    static func sample(
        _ status: CellStatus, reason: String, latency: CellLatency?, summary: SummaryRow?
    ) -> CellRow {
        CellRow(
            key: .sample, parameters: ["50ms", "half"], status: status, reason: reason, latency: latency,
            demand: nil, summary: summary)
    }
}

extension GeneratorRow {
    static let sample = GeneratorRow(
        key: .sample, name: "load-1", sent: 1_000_000, offeredPerSecond: 25_000, sentPerSecond: 24_987.5,
        lag: LatencySummary(
            count: 1_000_000, mean: 60, stddev: 20, min: 5, p50: 55.5, p90: 80, p95: 90, p99: 125.25, p99_9: 250,
            p99_99: 500, max: 1_000),
        plannedGaps: ArrivalGaps(count: 41) { UInt64($0 * 40_000) },
        sentGaps: ArrivalGaps(count: 41) { UInt64($0 / 2 * 80_000) }, isPoisson: true, cpuSeconds: 10,
        coreWaitSeconds: 0.5, serverWaitSeconds: 2, durationSeconds: 40, verdict: .keptUp)
}

extension ClockRow {
    static func sample(
        _ name: String, on host: String, offset: Double?, error: Double?, drift: Double?, samples: Int,
        roundTrip: Double?, isCollected: Bool = true
    ) -> ClockRow {
        ClockRow(
            key: .sample, host: host, role: name == "conductor" ? name : "worker", name: name, isShared: offset == 0,
            offsetMicroseconds: offset, errorMicroseconds: error, driftPartsPerMillion: drift, samples: samples,
            roundTripMicroseconds: roundTrip, spanSeconds: 9.5, isCollected: isCollected)
    }

    static let samples = [
        sample("conductor", on: "hub", offset: 0, error: 0, drift: 0, samples: 140, roundTrip: 13.5),
        sample("a", on: "left", offset: -1e9, error: 22.5, drift: 1.25, samples: 139, roundTrip: 20),
        sample(
            "b", on: "right", offset: 5e8, error: 45, drift: -3.5, samples: 70, roundTrip: 40, isCollected: false),
        sample("c", on: "right", offset: nil, error: nil, drift: nil, samples: 0, roundTrip: nil),
    ]
}

extension CreditRow {
    static let sample = CreditRow(
        key: .sample, instance: "t2.small", timeScale: 120, atSeconds: 1.5, usedSeconds: 0.02, balance: 11.96,
        allowedProcessors: 1, excessSeconds: 0, throttledSeconds: 0.25, surplusUSD: 0, phase: .load)
}

extension ForecastRow {
    static let throttled = ForecastRow(
        key: .sample, instance: "t2.small", credits: "launch", speed: 1, cpuPerTaskMicroseconds: 500,
        wantedProcessors: 1, isForEver: false, lastsSeconds: 2250, slowsAfterSeconds: 1800, endsAfterSeconds: 2700,
        withCreditsPerSecond: 2000, afterwardsPerSecond: 400, withCreditsUSDPerMillion: 0.0032,
        afterwardsUSDPerMillion: 0.016, surplusUSDPerHour: 0)
    static let forEver = ForecastRow(
        key: .sample, instance: "a1.medium", credits: nil, speed: 0.5, cpuPerTaskMicroseconds: 500,
        wantedProcessors: 0.5, isForEver: true, lastsSeconds: nil, slowsAfterSeconds: nil, endsAfterSeconds: nil,
        withCreditsPerSecond: 1000, afterwardsPerSecond: 1000, withCreditsUSDPerMillion: 0.007,
        afterwardsUSDPerMillion: 0.007, surplusUSDPerHour: 0.04)
}
