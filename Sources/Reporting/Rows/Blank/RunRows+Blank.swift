package import Measurement

// Rows and parts of zeros, for the tables of a run to be read into.

extension SummaryRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key,
            setup: RunSetup(
                protocolName: "", durability: "", transport: "", arrival: "", workers: 0, slots: 0, claim: 0,
                leaseSeconds: 0, seed: 0, tasksPlanned: 0),
            counts: TaskCounts(
                sent: 0, unacknowledged: 0, acked: 0, ackedUnconfirmed: 0, failed: 0, dead: 0, lost: nil,
                duplicated: 0, recovered: 0, unexpected: 0, staleAcks: 0, unknownAcks: 0, leftInRedis: nil,
                executions: 0, retries: 0, inexactResults: 0, wrongResults: 0, workerDeaths: 0, workerRestarts: 0,
                overTimeLimit: 0),
            pace: RunPace(
                durationSeconds: 0, offeredPerSecond: nil, sentPerSecond: nil, ackedPerSecond: nil,
                steadyFromSeconds: nil, steadyToSeconds: nil, backlogSlopePerSecond: nil, verdict: nil),
            cost: RunCost(
                conductorCPUSeconds: 0, generatorCPUSeconds: 0, workerCPUSeconds: 0, redisCPUSeconds: nil,
                redisCommands: nil, redisBytesIn: nil, redisBytesOut: nil, redisPeakMemoryBytes: nil,
                workersPeakMemoryBytes: 0))
    }
}

extension MessageCounts: CSVPart {
    package static var blank: MessageCounts {
        MessageCounts(placed: 0, repeated: 0, refused: 0, placedTwice: 0, missing: 0)
    }
}

extension RunSetup.Instance: CSVPart {
    package static var blank: RunSetup.Instance {
        RunSetup.Instance(type: "", isHeld: false, credits: nil, timeScale: nil)
    }
}

extension LatencySummary: CSVPart {
    package static var blank: LatencySummary {
        LatencySummary(
            count: 0, mean: 0, stddev: 0, min: 0, p50: 0, p90: 0, p95: 0, p99: 0, p99_9: 0, p99_99: 0, max: 0)
    }
}

extension LatencyRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(key: key, taskKind: "", latencyKind: .service, summary: .blank)
    }
}

extension IORow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, taskKind: "", role: "", tasks: 0, wallSeconds: 0, cpuSeconds: 0, ioWaitSeconds: 0,
            otherWaitSeconds: 0,
            traffic: IOTraffic(
                redisRoundTrips: 0, redisCommands: 0, redisBytesOut: 0, redisBytesIn: 0, grpcCalls: 0,
                grpcBytesOut: 0, grpcBytesIn: 0, voluntarySwitches: 0, involuntarySwitches: 0),
            apportionedTasks: 0)
    }
}

extension AccuracyRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, n: 0, algorithm: "", precisionBits: nil, exact: "", computed: nil, absoluteError: nil,
            relativeError: nil, ulpError: nil, correctDigits: nil, isExact: false, durationNanoseconds: nil)
    }
}

extension IntervalRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(key: key, second: 0, phase: .steady, content: .machine(.blank))
    }
}

extension TaskInterval: CSVPart {
    package static var blank: TaskInterval {
        TaskInterval(
            sent: 0, acked: 0, serviceSumSeconds: 0, serviceSumSquares: 0, endToEndSumSeconds: 0, endToEndP50: nil,
            endToEndP99: nil, endToEndMax: nil)
    }
}

extension MachineInterval: CSVPart {
    package static var blank: MachineInterval {
        MachineInterval(
            backlog: nil, inFlight: nil, workerCPUSeconds: nil, redisCPUSeconds: nil, throttledSeconds: nil,
            creditBalance: nil, redisMemoryBytes: nil)
    }
}

extension CreditRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, instance: "", timeScale: 1, atSeconds: 0, usedSeconds: 0, balance: 0, allowedProcessors: 0,
            excessSeconds: 0, throttledSeconds: nil, surplusUSD: 0, phase: .load)
    }
}

extension FaultRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, protocolName: "", durability: "", fault: "", boundary: "", target: "", atSeconds: 0,
            inFlight: 0, lost: 0, duplicated: 0, detectSeconds: nil, recoverSeconds: nil, lastedSeconds: nil,
            lostBytes: nil, topology: nil, minReplicas: nil, stallSeconds: nil)
    }
}
