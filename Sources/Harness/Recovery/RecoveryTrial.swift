import Measurement
import Processes
import Redis
import ReliableQueue
import Reporting
import Synchronization

/// One trial: tasks are orphaned, some monitors start at once, and a worker works on meanwhile.
struct RecoveryTrial {
    /// How long nothing is expected to happen where there is no monitor.
    private static let patience = Duration.seconds(5)

    let settings: RecoverySettings
    let monitors: Int
    let stop: StopSignal

    /// What came of it, and what the server was.
    struct Result {
        let row: RecoveryRow
        let redis: RedisFacts
    }

    /// Makes it, on a server of its own.
    ///
    /// - Returns: `nil` when `stop` was set.
    func run(_ key: RunKey) throws -> Result? {
        let server = try PrivateRedisServer(durability: settings.durability)
        let configuration = QueueConfiguration(settings.queueProtocol, at: server.endpoint, name: "fibq:\(key.runID)")
        guard let orphans = try OrphanedTasks.make(settings, at: configuration, until: stop) else { return nil }
        let control = try RedisConnection(to: server.endpoint)
        let memory = RedisServerInfo(parsing: try control.call("INFO", "memory").text()).integer("used_memory")
        try CallDurations.begin(on: control)

        let worker = WaitingWorker()
        let (began, tally, watch) = (MonotonicClock.nanoseconds(), Tally(), StopSignal())
        let threads =
            [
                DedicatedThread(name: "worker") { [lease = settings.lease] in
                    worker.run(on: configuration, orphans, lease: lease)
                }
            ]
            + (0..<monitors).map { number in
                DedicatedThread(name: "monitor-\(number + 1)") { [interval = settings.interval] in
                    tally.count(QueueMonitor(configuration, interval: interval), until: watch)
                }
            }
        defer {
            watch.set()
            worker.finish()
            for thread in threads { thread.join() }
        }
        let caughtUp = try wait(from: began, worker, tally) { tally.tasks == orphans.count }
        worker.noteRecovered()
        // Before the worker goes on with what is left for it.
        let calls = try CallDurations(from: control)
        let drained =
            caughtUp == nil ? nil : try wait(from: began, worker, tally) { worker.seen.acked == orphans.count }
        guard !stop.isSet else { return nil }
        let seen = worker.seen
        let row = RecoveryRow(
            key: key, protocolName: settings.queueProtocol.rawValue, durability: "\(settings.durability)",
            monitors: monitors, intervalSeconds: settings.interval.seconds, tasks: orphans.count,
            claims: orphans.claims, leaseSeconds: settings.lease.seconds, outageSeconds: settings.outage.seconds,
            caughtUpSeconds: caughtUp, recovered: tally.tasks,
            longestCallMicroseconds: calls.longest.first.map(Double.init),
            callsOverOneMillisecond: calls.count(from: 1_000), waitDuring: seen.during.summary,
            waitAfter: seen.after.summary, drainedSeconds: drained, acked: seen.acked, doubled: seen.doubled,
            redisMemoryBytes: UInt64(max(0, memory)))
        return Result(
            row: row, redis: RedisFacts(version: control.server.version, try RedisServerSettings(of: control)))
    }

    /// Waits until `isReached`; returns after how many seconds, and `nil` when nothing happens any more.
    private func wait(
        from began: UInt64, _ worker: WaitingWorker, _ tally: Tally, _ isReached: () -> Bool
    ) throws -> Double? {
        var (progress, lastProgress) = (-1, ContinuousClock.now)
        while !isReached() {
            if stop.wait(upTo: .milliseconds(1)) { return nil }
            if let problem = worker.problem ?? tally.problem { throw problem }
            let now = tally.tasks + worker.seen.acked
            if now != progress { (progress, lastProgress) = (now, .now) }
            if ContinuousClock.now - lastProgress > Self.patience { return nil }
        }
        return Double(MonotonicClock.nanoseconds() - began) / 1e9
    }
}

/// What the monitors of a trial have put back, together.
private final class Tally: Sendable {
    private let recovered = Atomic(0)
    private let failure = FirstFailure()

    var tasks: Int { recovered.load(ordering: .relaxed) }
    var problem: (any Error)? { failure.first }

    /// Runs a monitor, and counts what it puts back.
    func count(_ monitor: QueueMonitor, until stop: StopSignal) {
        do throws(QueueError) {
            try monitor.run(until: stop) { recovery in recovered.add(recovery.recovered, ordering: .relaxed) }
        } catch {
            failure.note(error)
        }
    }
}
