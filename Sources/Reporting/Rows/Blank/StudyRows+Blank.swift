import Measurement

// Rows of zeros, for the tables of sweeps and studies to be read into.

extension CellRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, parameters: parameters, status: .done, reason: "", latency: nil, demand: nil, summary: nil)
    }
}

extension KneeRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, stage: .search, rank: 0, ratePerSecond: 0,
            pace: RunPace(
                durationSeconds: 0, offeredPerSecond: nil, sentPerSecond: nil, ackedPerSecond: nil,
                steadyFromSeconds: nil, steadyToSeconds: nil, backlogSlopePerSecond: nil, verdict: nil),
            latencyKind: .service, latency: nil, objectiveMicroseconds: nil, scheduleLagP99: nil,
            meetsObjective: false, isUsable: false, run: "", leftInRedis: nil)
    }
}

extension KneeCheckRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, objective: "", limitMicroseconds: 0, occupancyBefore: 0, occupancyAfter: 0,
            knownUtilisation: 0, foundPerSecond: 0)
    }
}

extension QueueingRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        let wait = Wait(predicted: nil, measured: 0)
        self.init(
            key: key, model: "", load: 0, tasks: 0, arrivalsPerSecond: 0, occupancyMicroseconds: 0,
            occupancySecondMoment: 0, utilisation: 0, mean: wait, p99: wait, standardError: nil,
            queueWaitMicroseconds: 0, pickUpMicroseconds: 0, setUpMicroseconds: 0, predictedWithSetUp: nil,
            busyShare: 0, predictedBusyShare: nil, scheduleLagP99: nil)
    }
}

extension RecoveryRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, protocolName: "", durability: "", monitors: 0, intervalSeconds: 0, tasks: 0, claims: 0,
            leaseSeconds: 0, outageSeconds: 0, caughtUpSeconds: nil, recovered: 0, longestCallMicroseconds: nil,
            callsOverOneMillisecond: 0, waitDuring: nil, waitAfter: nil, drainedSeconds: nil, acked: 0, doubled: 0,
            redisMemoryBytes: 0)
    }
}

extension GrowthTrialRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, law: "", size: 0, protocolName: "", durability: "", backlog: 0, inFlight: 0, workers: 0,
            payloadBytesPerTask: 0, claim: 0, tasks: 0, tasksPerClaim: 0, durationSeconds: 0,
            redisMicrosecondsPerTask: 0, workerMicrosecondsPerTask: 0, wallMicrosecondsPerTask: 0, tasksPerSecond: 0,
            enqueueRedisMicrosecondsPerTask: 0, redisMemoryBytesPerTask: 0)
    }
}

extension ExponentRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, law: "", protocolName: "", durability: "", figure: "", fromSize: 0, toSize: 0, sizes: 0,
            exponent: 0, standardError: nil, deviation: 0, ratio: 0)
    }
}

extension MeasuringRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, protocolName: "", hasJournals: false, place: 0, tasks: 0, tasksPerSecond: 0,
            workerMicrosecondsPerTask: 0, redisMicrosecondsPerTask: 0, journalBytesPerTask: nil, auditSeconds: nil,
            analysisSeconds: nil)
    }
}

extension ForecastRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, instance: "", credits: nil, speed: 1, cpuPerTaskMicroseconds: 0, wantedProcessors: 0,
            isForEver: false, lastsSeconds: nil, slowsAfterSeconds: nil, endsAfterSeconds: nil,
            withCreditsPerSecond: 0, afterwardsPerSecond: 0, withCreditsUSDPerMillion: nil,
            afterwardsUSDPerMillion: nil, surplusUSDPerHour: 0)
    }
}

extension GrowthRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, algorithm: "", fromN: 0, toN: 0, points: 0, exponent: nil, base: nil, deviation: 0)
    }
}

extension CrossoverRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(key: key, algorithm: "", overtakenBy: "", n: 0)
    }
}

extension SustainedRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(key: key, parameters: parameters, instance: "", withCredits: nil, span: nil, withoutCredits: nil)
    }
}

extension SustainedRate: CSVPart {
    package static let blank = SustainedRate(perSecond: 0, missedPerSecond: nil, p99Microseconds: nil)
}

extension CreditSpan: CSVPart {
    package static let blank = CreditSpan(processors: 0, isForEver: false, fullSeconds: nil, launchSeconds: nil)
}

extension ScaleTrialRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, protocolName: "", servers: 0, shards: 0, workers: 0, claim: 0, roundTripMicroseconds: 0,
            offeredPerSecond: nil, tasks: 0, tasksPerClaim: 0, durationSeconds: 0, tasksPerSecond: 0,
            redisMicrosecondsPerTask: 0, redisIdleShare: 0, busiestRedisShare: 0, workerMicrosecondsPerTask: 0,
            roundTripsPerTask: 0, bytesPerTask: 0)
    }
}

extension FailoverRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, topology: "", protocolName: "", durability: "", minReplicas: nil, fault: "", repetitions: 0,
            faults: 0, lost: nil, duplicated: 0, faultsWithLoss: nil, stallMedianSeconds: nil, stallMaxSeconds: nil,
            detectMedianSeconds: nil, recoverMedianSeconds: nil, recoverMaxSeconds: nil, lastedMedianSeconds: nil,
            p99Microseconds: nil)
    }
}

extension ModelRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, figure: "", term: "", coefficient: 0, unseen: 0, medianError: 0, worstError: 0, worstCell: "")
    }
}

extension ModelCheckRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(key: key, figure: "", cell: "", measured: 0, predicted: 0, error: 0)
    }
}

extension PlanRow: ReadableCSVTable {
    package init(blank key: RunKey, parameters: [String]) {
        self.init(
            key: key, instance: "", ratePerSecond: 0, claim: 0, backlog: 0, payloadBytes: 0, taskCPUMicroseconds: 0,
            taskWaitMicroseconds: 0, roundTripMicroseconds: 0, utilisation: 0, serversWithCredits: 0,
            serversForEver: 0, serversForBacklog: 0, serversAtMost: 0, replicas: 0, backlogBytes: 0, slots: 0,
            workersWithCredits: 0, workersForEver: 0, creditsLastSeconds: nil, bytesPerSecondOfServer: 0,
            machinesForNetwork: nil)
    }
}
