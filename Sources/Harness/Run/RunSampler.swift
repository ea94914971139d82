import Measurement
import Redis
import ReliableQueue
import Reporting

/// What the whole system looked like at one moment.
package struct RunSample: Sendable {
    /// Nanoseconds of the monotonic clock.
    package var time: UInt64
    /// Tasks that wait.
    package var backlog: Int
    /// CPU time of all workers so far.
    package var cpuWorkerSeconds: Double
    /// CPU time of Redis so far.
    package var cpuRedisSeconds: Double
    /// Memory that Redis uses.
    package var redisMemoryBytes: UInt64
    /// How long the kernel has held the instance back so far, or this process' own group where there is none; `nil` where it
    /// does not say.
    package var throttledSeconds: Double?
    /// CPU credits of the instance; `nil` without any.
    package var credits: CreditSample?

    /// A sample of the given values.
    package init(
        time: UInt64, backlog: Int, cpuWorkerSeconds: Double, cpuRedisSeconds: Double, redisMemoryBytes: UInt64,
        throttledSeconds: Double?, credits: CreditSample? = nil
    ) {
        self.time = time
        self.backlog = backlog
        self.cpuWorkerSeconds = cpuWorkerSeconds
        self.cpuRedisSeconds = cpuRedisSeconds
        self.redisMemoryBytes = redisMemoryBytes
        self.throttledSeconds = throttledSeconds
        self.credits = credits
    }
}

/// The CPU credits of an instance at one moment.
package struct CreditSample: Sendable {
    /// What the account holds.
    package var balance: Double
    /// Processors' worth of time from then on.
    package var allowedProcessors: Double
    /// How many seconds of the account are one that goes by.
    package var timeScale: Double
}

/// A process of a run, while it lives.
struct RunningProcess {
    /// What it is for, as files have it.
    let role: String
    /// Its name in the run.
    let name: String
    let processID: Int32
}

/// What a process of a run held at one moment.
struct ProcessReading {
    /// Nanoseconds of the monotonic clock.
    let time: UInt64
    let process: RunningProcess
    let footprint: ProcessFootprint
}

/// Takes a sample each second, and remembers the greatest memory of each process.
final class RunSampler {
    private static let period: UInt64 = 1_000_000_000

    private(set) var samples: [RunSample] = []
    private(set) var readings: [ProcessReading] = []
    private(set) var peakRedisMemoryBytes: UInt64 = 0
    private var peaksOfWorkers: [String: UInt64] = [:]
    private var next: UInt64?

    /// The greatest memory of the workers, added up. One that was started in the place of another counts with it: they
    /// never ran at once.
    var peakMemoryOfWorkersBytes: UInt64 { peaksOfWorkers.values.reduce(0, +) }

    /// Takes a sample when one is due: every second from the first on, whenever this is called. Returns whether it was.
    func sampleIfDue(
        _ queue: QueueShards, _ fleet: WorkerFleet, _ instance: InstanceBox?, _ processes: () -> [RunningProcess]
    ) throws(QueueError) -> Bool {
        guard let due else { return false }
        try sampleNow(queue, fleet, instance)
        for process in processes() {
            // One that has just ended holds nothing any more.
            guard let footprint = try? ProcessFootprint.of(process: process.processID) else { continue }
            readings.append(
                ProcessReading(time: MonotonicClock.nanoseconds(), process: process, footprint: footprint))
        }
        setNext(after: due)
        return true
    }

    /// The same of a run whose processes are on other hosts, and say themselves what they use.
    func sampleIfDue(_ queue: QueueShards, _ cast: PartCast) throws(QueueError) -> Bool {
        guard let due else { return false }
        try sampleNow(queue, cast)
        for member in cast.all where !member.isPast(.stopped) {
            readings.append(
                ProcessReading(
                    time: MonotonicClock.nanoseconds(),
                    process: RunningProcess(
                        role: member.card.role.rawValue, name: member.name, processID: 0),
                    footprint: member.card.use.footprint))
        }
        setNext(after: due)
        return true
    }

    /// When the sample that is due was to be taken; `nil` while none is.
    private var due: UInt64? {
        let now = MonotonicClock.nanoseconds()
        let due = next ?? now
        return now >= due ? due : nil
    }

    private func setNext(after due: UInt64) {
        // After a stall, also one of Redis just now, the seconds that were missed stay missing.
        next = due + (1 + (MonotonicClock.nanoseconds() - due) / Self.period) * Self.period
    }

    /// Takes a sample, whether one is due or not. It is of the moment at which Redis has answered: one that hangs answers
    /// late.
    func sampleNow(
        _ queue: QueueShards, _ fleet: WorkerFleet, _ instance: InstanceBox?
    ) throws(QueueError) {
        try sample(
            queue, throttledSeconds: { instance.map(\.throttledSeconds) ?? CGroupThrottling.seconds() },
            credits: { instance?.credits }, workers: { self.lookAtWorkers(fleet) })
    }

    /// The same of a run whose processes are on other hosts.
    func sampleNow(_ queue: QueueShards, _ cast: PartCast) throws(QueueError) {
        try sample(
            queue, throttledSeconds: { nil }, credits: { nil },
            workers: { cast.members(of: .worker).reduce(0) { $0 + $1.card.use.cpuSeconds } })
    }

    /// What is not asked of Redis is asked after it, to be of the same moment.
    private func sample(
        _ queue: QueueShards, throttledSeconds: () -> Double?, credits: () -> CreditSample?, workers: () -> Double
    ) throws(QueueError) {
        let backlog = try queue.depth().backlog
        let info = try queue.serverInfo()
        let time = MonotonicClock.nanoseconds()
        peakRedisMemoryBytes = max(peakRedisMemoryBytes, UInt64(max(0, info.integer("used_memory_rss"))))
        samples.append(
            RunSample(
                time: time, backlog: backlog, cpuWorkerSeconds: workers(), cpuRedisSeconds: info.cpuSeconds,
                redisMemoryBytes: UInt64(max(0, info.integer("used_memory"))),
                throttledSeconds: throttledSeconds(), credits: credits()))
    }

    private func lookAtWorkers(_ fleet: WorkerFleet) -> Double {
        var cpuSeconds = fleet.endedCPUSeconds
        for worker in fleet.livingWorkers {
            // One that has just ended is counted by the fleet the next time.
            guard let sample = try? ProcessSample.of(process: worker.process) else { continue }
            cpuSeconds += sample.cpuSeconds
            peaksOfWorkers[worker.seat] = max(peaksOfWorkers[worker.seat] ?? 0, sample.peakMemoryBytes)
        }
        return cpuSeconds
    }
}

extension RedisServerInfo {
    /// CPU time of the server process, user and system.
    var cpuSeconds: Double { number("used_cpu_user") + number("used_cpu_sys") }
}
