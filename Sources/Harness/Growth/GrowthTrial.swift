import Measurement
import Processes
import Redis
import ReliableQueue
import Reporting

/// One trial: a queue is filled, and tasks go round while as many wait and are in flight as before.
struct GrowthTrial {
    let point: GrowthPlan.Point
    let settings: GrowthSettings
    let stop: StopSignal

    /// What came of it, and what the server was.
    struct Result {
        let row: GrowthTrialRow
        let redis: RedisFacts
    }

    /// Makes it, on a server of its own.
    ///
    /// - Returns: `nil` when `stop` was set.
    /// - Throws: ``HarnessError/run(_:)`` also when a task was lost or is there twice.
    func run(_ key: RunKey) throws -> Result? {
        let server = try PrivateRedisServer(durability: point.durability)
        defer { server.stop() }
        var configuration = QueueConfiguration(settings.queueProtocol, at: server.endpoint, name: "fibq:\(key.runID)")
        configuration.backoff.total = .seconds(5)
        // A claim of k tasks is, where each has a lock of its own, that of k slots which share a pipeline.
        configuration.lockDepth = point.claim
        let control = try RedisConnection(to: server.endpoint)
        guard let held = try HeldQueue.fill(point, at: configuration, control, until: stop),
            let (sum, redisSeconds) = try goRound(configuration, control)
        else { return nil }
        try HeldQueue.check(point, at: configuration, until: stop)
        guard sum.tasks > 0 else {
            throw HarnessError.run("\(point.cell): no task went round in \(settings.limit): say a longer --limit")
        }
        let row = row(key, held, sum, redisSeconds: redisSeconds)
        return Result(
            row: row, redis: RedisFacts(version: control.server.version, try RedisServerSettings(of: control)))
    }

    private func goRound(
        _ configuration: QueueConfiguration, _ control: RedisConnection
    ) throws -> (Roundabout.Sum, redisSeconds: Double)? {
        let round = Roundabout(tasks: point.tasks, limit: settings.limit, stop: stop)
        let course = RoundCourse(claim: point.claim, payload: point.payload)
        let threads = (0..<point.workers).map { number in
            DedicatedThread(name: "worker-\(number)") { RoundWorker.run(number, course, at: configuration, round) }
        }
        // Whatever happens here, the workers end.
        defer {
            round.giveUp(nil)
            for thread in threads { thread.join() }
        }
        guard try round.wait(until: { round.ready == point.workers }) else { return nil }
        let before = try RedisServerInfo.read(control)
        round.begin()
        guard try round.wait(until: { round.done == point.workers }) else { return nil }
        let after = try RedisServerInfo.read(control)
        return (round.sum, after.cpuSeconds - before.cpuSeconds)
    }

    private func row(_ key: RunKey, _ held: HeldQueue, _ sum: Roundabout.Sum, redisSeconds: Double) -> GrowthTrialRow {
        let (tasks, wall) = (Double(sum.tasks), Double(sum.ended - sum.began))
        return GrowthTrialRow(
            key: key, law: point.law.rawValue, size: point.size, protocolName: settings.queueProtocol.rawValue,
            durability: "\(point.durability)", backlog: point.backlog, inFlight: point.inFlight,
            workers: point.workers, payloadBytesPerTask: held.payloadBytes, claim: point.claim, tasks: sum.tasks,
            tasksPerClaim: tasks / Double(max(1, sum.claims)), durationSeconds: wall / 1e9,
            redisMicrosecondsPerTask: redisSeconds / tasks * 1e6,
            workerMicrosecondsPerTask: Double(sum.cpu) / tasks / 1e3, wallMicrosecondsPerTask: wall / tasks / 1e3,
            tasksPerSecond: tasks / wall * 1e9, enqueueRedisMicrosecondsPerTask: held.enqueueSeconds * 1e6,
            redisMemoryBytesPerTask: held.memoryBytes)
    }
}
