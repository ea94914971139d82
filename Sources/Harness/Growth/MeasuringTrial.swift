import Foundation
import Glibc
import Measurement
import Redis
import ReliableQueue
import Reporting
import Workload

/// One drain of a backlog by two worker processes, with journals or without, watched from outside.
///
/// It must be used on the process' main thread, which its children's lives are tied to.
struct MeasuringTrial {
    private static let workers = 2
    /// How long nothing may happen, in nanoseconds.
    private static let patience: UInt64 = 20_000_000_000
    private static let grace = Duration.seconds(10)

    let settings: GrowthSettings
    let hasJournals: Bool
    /// 1 for the first drain of its pair.
    let place: Int
    /// For its journals while it lasts.
    let folder: RunFolder
    let stop: StopSignal

    /// What came of it, and what the server was.
    struct Result {
        let row: MeasuringRow
        let redis: RedisFacts
    }

    /// Makes it, on a server of its own.
    ///
    /// - Returns: `nil` when `stop` was set.
    /// - Throws: ``HarnessError/run(_:)`` also when a task was lost.
    func run(_ key: RunKey) throws -> Result? {
        let server = try PrivateRedisServer()
        defer { server.stop() }
        let journals = try RunFolder(output: "\(folder.path)/\(key.cellID)-\(key.repetition)-\(place)")
        // They are large, and what they say is in the row.
        defer { try? FileManager.default.removeItem(atPath: journals.path) }
        let address = QueueAddress(
            endpoint: server.endpoint, name: "fibq:\(key.runID)", queueProtocol: settings.queueProtocol)
        try fill(address, journals)
        guard !stop.isSet else { return nil }
        let control = try RedisConnection(to: server.endpoint)
        guard let drain = try drain(address, journals, control) else { return nil }
        let audit = hasJournals ? try audit(journals, key) : nil
        let row = MeasuringRow(
            key: key, protocolName: settings.queueProtocol.rawValue, hasJournals: hasJournals, place: place,
            tasks: settings.drain, tasksPerSecond: drain.tasksPerSecond,
            workerMicrosecondsPerTask: perTask(drain.workerSeconds * 1e6),
            redisMicrosecondsPerTask: perTask(drain.redisSeconds * 1e6), journalBytesPerTask: audit?.bytesPerTask,
            auditSeconds: audit?.seconds, analysisSeconds: audit?.analysisSeconds)
        return Result(
            row: row, redis: RedisFacts(version: control.server.version, try RedisServerSettings(of: control)))
    }

    private func perTask(_ sum: Double) -> Double { sum / Double(settings.drain) }

    private func fill(_ address: QueueAddress, _ journals: RunFolder) throws {
        let plan = try TaskPlan(
            mix: TaskMix(parsing: "\(GrowthTask.kind.name):n=\(GrowthTask.parameter)"), arrival: .backlog,
            tasks: UInt64(settings.drain), duration: nil, seed: 1)
        _ = try LoadRole(queue: address, folder: journals.path, name: "load-1")
            .run(plan, loop: .backlog, until: stop)
    }

    // MARK: The drain

    private struct Drain {
        let tasksPerSecond: Double
        let workerSeconds: Double
        let redisSeconds: Double
    }

    private func drain(
        _ address: QueueAddress, _ journals: RunFolder, _ control: RedisConnection
    ) throws -> Drain? {
        var configuration = address.configuration
        configuration.backoff.total = .seconds(5)
        let queue = try configuration.open(keepTrying: { [stop] in !stop.isSet })
        let before = try RedisServerInfo.read(control)
        let fleet = WorkerFleet(restarts: false)
        defer { fleet.stop(grace: Self.grace) }
        // Children read the address from the environment.
        unsafe setenv("FIBQ_REDIS_URL", address.endpoint.url, 1)
        try fleet.startWorkers(Self.workers, cores: nil, cpuLimit: nil) { name in
            ["worker", "--name", name, "--journals", journals.path, "--queue", address.name]
                + ["--protocol", address.queueProtocol.rawValue] + (hasJournals ? [] : ["--no-journal"])
        }
        guard let rate = try watch(queue, fleet) else { return nil }
        let after = try RedisServerInfo.read(control)
        fleet.stop(grace: Self.grace)
        let depth = try queue.depth()
        guard depth == QueueDepth() else {
            throw HarnessError.run("the queue is not empty although it was seen empty: \(depth)")
        }
        return Drain(
            tasksPerSecond: rate, workerSeconds: fleet.endedCPUSeconds,
            redisSeconds: after.cpuSeconds - before.cpuSeconds)
    }

    /// Returns the rate once the queue is empty.
    private func watch(_ queue: any TaskQueue, _ fleet: WorkerFleet) throws -> Double? {
        var watch = DrainWatch(tasks: settings.drain)
        var (left, lastChange) = (-1, MonotonicClock.nanoseconds())
        while true {
            let depth = try queue.depth()
            let now = MonotonicClock.nanoseconds()
            watch.note(depth.backlog, at: now)
            if depth.backlog + depth.claims != left { (left, lastChange) = (depth.backlog + depth.claims, now) }
            // What is popped is in nobody's list: wait until it must be done.
            if left == 0, queue.recovers || now - lastChange > 500_000_000 { break }
            if let event = try fleet.poll(progress: left).first {
                throw HarnessError.run("a worker ended before the queue was empty: \(event)")
            }
            guard now - lastChange < Self.patience else {
                throw HarnessError.run("nothing happens any more: \(depth.backlog) tasks wait")
            }
            if stop.wait(upTo: .milliseconds(2)) { return nil }
        }
        guard let rate = watch.tasksPerSecond else {
            throw HarnessError.run("\(settings.drain) tasks are too few to see how fast they are drained: say --drain")
        }
        return rate
    }

    // MARK: The audit

    private func audit(
        _ journals: RunFolder, _ key: RunKey
    ) throws -> (seconds: Double, analysisSeconds: Double, bytesPerTask: Double) {
        let began = ContinuousClock.now
        let isExclusive = settings.queueProtocol.isFenced
        let counts = Audit(try RunJournals(folder: journals), leftovers: [], claimsAreExclusive: isExclusive).counts
        let audited = ContinuousClock.now
        _ = RunAnalysis(
            try RunJournals(folder: journals), leftovers: [], samples: [], key: key, arrival: .backlog,
            claimsAreExclusive: isExclusive)
        let analysed = ContinuousClock.now
        guard counts.sent == settings.drain, counts.acked == settings.drain, counts.lost == 0 else {
            throw HarnessError.run(
                "of \(settings.drain) tasks \(counts.sent) were sent, \(counts.acked) acked and \(counts.lost) lost")
        }
        let bytes = try journals.files(endingWith: ".journal").filter { $0.contains("/worker-") }
            .reduce(0) { sum, path in sum + (try FileDescriptor(opening: path, flags: O_RDONLY).size()) }
        return ((audited - began).seconds, (analysed - audited).seconds, perTask(Double(bytes)))
    }
}
