/// The kinds of faults, by the names that plans and files have for them.
package enum FaultKind: String, CaseIterable, Sendable {
    /// A worker is killed (SIGKILL), and another started in its place.
    case killWorker = "kill-worker"
    /// A worker is stopped (SIGSTOP) for twice its lease, and goes on (SIGCONT).
    case pauseWorker = "pause-worker"
    /// A monitor is killed; where no monitor stands alone, at a boundary, the worker that carries it.
    case killMonitor = "kill-monitor"
    /// A monitor is stopped for twice the lease, likewise.
    case pauseMonitor = "pause-monitor"
    /// All monitors that stand alone are stopped for twice the lease.
    case pauseMonitors = "pause-all-monitors"
    /// The producer is killed, and another one sends the rest.
    case killProducer = "kill-producer"
    /// The producer is stopped for twice the lease.
    case pauseProducer = "pause-producer"
    /// Redis is killed, and started again on its data: what the kernel had is still there.
    case killRedis = "kill-redis"
    /// Redis is killed, and a replica takes over; the old master comes back as a replica.
    case failOver = "fail-over"
    /// Every master is restarted, one after the other, as an operator would: it shuts down (SIGTERM), a replica takes over, and it
    /// comes back as a replica; one without replicas is started again on its data.
    case rollingRestart = "rolling-restart"
    /// The queue's slot with all of its keys moves to another master, while it is used.
    case moveSlot = "move-slot"
    /// The queue is divided into twice as many shards while it is used, up to eight, and then into one.
    case changeShards = "change-shards"
    /// The queue's master is cut off for five seconds from its replicas and from those who choose another, while clients still
    /// reach it; it is over once the old master is a replica, in step.
    case partitionMaster = "partition-master"
    /// The power fails: Redis is killed, and its replicas with it; their files are cut to what was synced, and they are
    /// started again on them.
    case powerCut = "power-cut"
    /// Every connection is cut.
    case cutConnections = "cut-connections"
    /// Redis stands still for twice the lease, and every connection hangs.
    case hangRedis = "hang-redis"
    /// Redis is slow: it stands still for half of the time, in steps of 20 ms, for twice the lease.
    case slowRedis = "slow-redis"
    /// Redis is over its memory limit for twice the lease.
    case fullMemory = "out-of-memory"
    /// The disk takes nothing more for twice the lease.
    case fullDisk = "full-disk"
    /// Another of these each time, at any moment.
    case any

    /// What is hit.
    package enum Target: Sendable {
        case worker, monitor, producer, redis
    }

    /// What is hit.
    package var target: Target {
        switch self {
        case .killWorker, .pauseWorker: .worker
        case .killMonitor, .pauseMonitor, .pauseMonitors: .monitor
        case .killProducer, .pauseProducer: .producer
        case .killRedis, .failOver, .rollingRestart, .moveSlot, .changeShards, .partitionMaster, .powerCut,
            .cutConnections,
            .hangRedis, .slowRedis,
            .fullMemory, .fullDisk, .any:
            .redis
        }
    }

    /// Those that `any` stands for in a scenario, and whether there still is a producer.
    package static func anyOf(_ scenario: Scenario, hasProducer: Bool) -> [FaultKind] {
        allCases.filter { kind in
            guard kind.topologies.contains(scenario.topology) else { return false }
            return switch kind.target {
            case .monitor: scenario.monitors > 0
            case .producer: hasProducer
            case .redis where kind == .failOver: scenario.replicas > 0
            case .worker, .redis: kind != .any
            }
        }
    }

    /// Where it can be done.
    package var topologies: Set<Topology> {
        switch self {
        case .moveSlot: [.cluster]
        case .partitionMaster: [.sentinel, .cluster]
        // What reaches the disk is recorded of a server and its replicas only.
        case .powerCut, .fullDisk: [.standalone]
        default: Set(Topology.allCases)
        }
    }

    /// True when it makes another server the queue's master, or divides the queue.
    package var movesQueue: Bool {
        switch self {
        case .failOver, .rollingRestart, .moveSlot, .changeShards, .partitionMaster: true
        default: false
        }
    }

    /// True when it can happen at a chosen boundary.
    package var hasBoundaries: Bool {
        switch self {
        case .killWorker, .pauseWorker, .killMonitor, .pauseMonitor, .killProducer, .pauseProducer: true
        default: false
        }
    }

    /// True when the process goes on afterwards.
    package var isPause: Bool {
        switch self {
        case .pauseWorker, .pauseMonitor, .pauseMonitors, .pauseProducer: true
        default: false
        }
    }

    /// True when a network must be between the servers that can be divided, where that can be.
    package var needsDivision: Bool { self == .partitionMaster || self == .any }

    /// True when the server must record what reaches its disk, where that can be.
    package var needsSyncRecord: Bool { self == .powerCut || self == .fullDisk || self == .any }
}
