import Measurement
import Processes
import Redis
import ReliableQueue
import Reporting

/// One trial: tasks go round in a queue of some shards on some servers, at a pace or as fast as can be.
struct ScaleTrial {
    let shape: ScaleShape
    let settings: ScaleSettings
    let servers: ScaleServers
    let stop: StopSignal

    /// What came of it, and what the servers were.
    struct Result {
        let row: ScaleTrialRow
        let redis: RedisFacts
    }

    private struct Course {
        let sum: Roundabout.Sum
        /// CPU seconds of each server.
        let servers: [Double]
    }

    /// Makes it, in a queue of its own.
    ///
    /// - Returns: `nil` when `stop` was set.
    /// - Throws: ``HarnessError/run(_:)`` also when a task was lost or is there twice.
    func run(_ key: RunKey) throws -> Result? {
        servers.setRoundTrip(microseconds: shape.roundTripMicroseconds)
        let name = SpreadName.find("fibq:\(key.runID)", shards: shape.shards, servers: shape.servers)
        var configuration = QueueConfiguration(shape.queueProtocol, at: servers.endpoint, name: name)
        configuration.backoff.total = .seconds(5)
        configuration.lockDepth = shape.claim
        if shape.shards > 1 { _ = try ShardRecord(of: configuration).open(shape.shards) }
        let idle = try servers.idleSeconds()
        try fill(configuration)
        guard let course = try goRound(configuration) else { return nil }
        try check(configuration)
        try QueueShards(of: configuration, toLook: true).destroy()
        guard course.sum.tasks > 0 else { throw HarnessError.run("\(shape.cell): no task went round") }
        let redis = RedisFacts(version: servers.first.server.version, try RedisServerSettings(of: servers.first))
        return Result(row: row(key, course, idle), redis: redis)
    }

    private var waiting: Int { settings.backlog }

    private func fill(_ configuration: QueueConfiguration) throws {
        var (tasks, batch) = (GrowthTask(length: nil), TaskBatch())
        let producer = try ShardedProducer(configuration, keeps: 0) { !stop.isSet }
        for first in stride(from: 0, to: waiting, by: RoundCourse.usualBatch) where !stop.isSet {
            tasks.fill(&batch, min(RoundCourse.usualBatch, waiting - first))
            try producer.enqueue(batch)
        }
        if !stop.isSet { try producer.finish() }
    }

    private func check(_ configuration: QueueConfiguration) throws {
        let depth = try QueueShards(of: configuration, toLook: true).depth()
        guard depth.pending == waiting, depth.backlog == waiting, depth.claims == 0, depth.dead == 0 else {
            throw HarnessError.run(
                "\(shape.cell): tasks were lost or doubled: \(depth.backlog) wait and \(depth.dead) are dead, where"
                    + " \(waiting) and 0 should be")
        }
    }

    private func goRound(_ configuration: QueueConfiguration) throws -> Course? {
        let round = Roundabout(tasks: .max, limit: settings.length, stop: stop)
        var course = RoundCourse(claim: shape.claim, batch: shape.claim, shards: shape.shards)
        course.pace = shape.rate.map { rate in
            RoundCourse.Pace(offset: UInt64(1e9 * Double(shape.claim) / Double(rate)), workers: shape.workers)
        }
        let threads = (0..<shape.workers).map { [course] number in
            DedicatedThread(name: "worker-\(number)") { RoundWorker.run(number, course, at: configuration, round) }
        }
        // Whatever happens here, the workers end.
        defer {
            round.giveUp(nil)
            for thread in threads { thread.join() }
        }
        guard try round.wait(until: { round.ready == shape.workers }) else { return nil }
        let before = try servers.cpuSeconds()
        round.begin()
        guard try round.wait(until: { round.done == shape.workers }) else { return nil }
        return Course(sum: round.sum, servers: zip(try servers.cpuSeconds(), before).map { $0 - $1 })
    }

    private func row(_ key: RunKey, _ course: Course, _ idle: Double) -> ScaleTrialRow {
        let (sum, seconds) = (course.sum, Double(course.sum.ended - course.sum.began) / 1e9)
        let (tasks, cpu) = (Double(sum.tasks), course.servers.reduce(0, +))
        return ScaleTrialRow(
            key: key, protocolName: shape.queueProtocol.rawValue, servers: shape.servers, shards: shape.shards,
            workers: shape.workers, claim: shape.claim, roundTripMicroseconds: shape.roundTripMicroseconds,
            offeredPerSecond: shape.rate.map(Double.init), tasks: sum.tasks,
            tasksPerClaim: tasks / Double(max(1, sum.claims)), durationSeconds: seconds,
            tasksPerSecond: tasks / seconds,
            redisMicrosecondsPerTask: cpu / tasks * 1e6, redisIdleShare: idle,
            busiestRedisShare: (course.servers.max() ?? 0) / seconds,
            workerMicrosecondsPerTask: Double(sum.cpu) / tasks / 1e3,
            roundTripsPerTask: Double(sum.traffic.roundTrips) / tasks,
            bytesPerTask: Double(sum.traffic.bytesOut + sum.traffic.bytesIn) / tasks)
    }
}
