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
    /// Redis is killed, and a replica takes over.
    case failOver = "fail-over"
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
        case .killRedis, .failOver, .powerCut, .cutConnections, .hangRedis, .slowRedis, .fullMemory, .fullDisk, .any:
            .redis
        }
    }

    /// Those that `any` stands for, given how many monitors stand alone and whether there are a producer and replicas.
    package static func anyOf(monitors: Int, hasProducer: Bool, hasReplicas: Bool) -> [FaultKind] {
        allCases.filter { kind in
            switch kind.target {
            case .monitor: monitors > 0
            case .producer: hasProducer
            case .redis where kind == .failOver: hasReplicas
            case .worker, .redis: kind != .any
            }
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

    /// True when the server must record what reaches its disk.
    package var needsSyncRecord: Bool { self == .powerCut || self == .fullDisk || self == .any }
}
