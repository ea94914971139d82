public import Redis

/// How a queue uses Redis.
public enum QueueProtocol: String, CaseIterable, Sendable {
    /// Claims of many tasks, each under one lease: the default.
    case lease
    /// One task, one lock: the pattern of the write-up.
    case lock
    /// The same, with a lock that does not look whether there is one.
    case lockSetex = "lock-setex"
    /// Redis Streams with a consumer group: what Redis itself offers for this.
    case stream
    /// No lock and no recovery: the control.
    case pop

    /// True when a task is in one place at a time, and each claim of it has a token.
    public var isFenced: Bool { self == .lease || self == .stream }

    /// From so many tasks on a batch or a claim is a transaction of plain commands; `nil` where it never is.
    package var fewestOfTransaction: Int? {
        switch self {
        case .lease: LeaseQueue.fewestOfTransaction
        case .stream: StreamQueue.fewestOfTransaction
        case .lock, .lockSetex, .pop: nil
        }
    }
}

/// Which queue, where, and by which rules. Opening it gives one connection for one thread.
public struct QueueConfiguration: Sendable {
    /// How the queue uses Redis. Everybody who uses one queue must agree.
    public var queueProtocol: QueueProtocol
    /// The server.
    public var endpoint: RedisEndpoint
    /// The queue's name: every key begins with `{name}:`.
    public var name: String
    /// Failures after which a task is a dead letter.
    public var mostFailures = 5
    /// Lost workers after which a task is a dead letter; at least 2.
    public var mostRedeliveries = 5
    /// The pause before a failed task's second attempt; it doubles with each failure.
    public var firstDelay: Duration = .milliseconds(100)
    /// The longest such pause.
    public var longestDelay: Duration = .seconds(30)
    /// No lease is longer.
    public var longestLease: Duration = .seconds(3_600)
    /// How many tasks a worker's connection moves, locks and removes in one pipeline, in `lock`: each has a lock of its own, and a
    /// slot runs them one after the other. 1 is the pattern as it was written, 4,096 the most.
    public var lockDepth = 1
    /// How many replicas must have a batch before it counts as enqueued (WAIT); producers wait for them, workers do not.
    public var replicas = 0
    /// How long to try to reach a server that went away.
    public var backoff = Backoff()
    /// How long a connection waits.
    public var settings = RedisSettings()

    /// A queue of this name on that server.
    public init(_ queueProtocol: QueueProtocol = .lease, at endpoint: RedisEndpoint, name: String) {
        self.queueProtocol = queueProtocol
        self.endpoint = endpoint
        self.name = name
    }

    /// The part of a process that a connection is for.
    public enum Part: String, CaseIterable, Sendable {
        /// Claims, acks and what else the running of tasks needs.
        case worker
        /// Renews leases.
        case keeper
        /// Takes back what vanished workers hold.
        case monitor
        /// Enqueues.
        case producer
        /// Waits for the results of tasks.
        case waiter
    }

    /// The same for connections of that part of a process, so that the server's list of clients, and a probe, can tell them
    /// apart.
    package func serving(_ part: Part) -> QueueConfiguration {
        var configuration = self
        configuration.settings.part = part.rawValue
        configuration.settings.clientName = clientName(of: part)
        return configuration
    }

    /// Which of the queue's shards it is.
    package internal(set) var shard = 0

    /// The names of the shard's keys. The first shard's are the queue's own.
    var keys: QueueKeys { QueueKeys(queue: shardName) }

    /// The shard as a queue by itself.
    package var shardName: String { shard == 0 ? name : "\(name)/\(shard)" }

    /// One of the keys of the queue of this name: in a Cluster it leads to the node that has them all.
    package static func key(ofQueue name: String) -> String { QueueKeys(queue: name).pending }

    /// What such a connection is called in the server's list of clients, which takes printable characters only.
    func clientName(of part: Part) -> String {
        let queue = shardName.unicodeScalars.map { (33...126).contains($0.value) ? Character($0) : "_" }
        return "reliable-queue/\(part.rawValue)/" + String(queue)
    }

    /// Connects.
    ///
    /// - Parameter keepTrying: asked before each attempt to reconnect, so that a program that is stopping does not
    ///   wait for a server that is gone.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func open(keepTrying: @escaping () -> Bool = { true }) throws(QueueError) -> any TaskQueue {
        try open(toLook: false, keepTrying: keepTrying)
    }

    /// Connects to look only: what changes nothing may be asked (``TaskQueue/depth()``, ``TaskQueue/heldClaims(limit:)``,
    /// ``TaskQueue/visitTasks(_:)``), and a queue that does not exist is not made.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func openToLook() throws(QueueError) -> any TaskQueue { try open(toLook: true, keepTrying: { true }) }

    private func open(toLook: Bool, keepTrying: @escaping () -> Bool) throws(QueueError) -> any TaskQueue {
        switch queueProtocol {
        case .lease: try LeaseQueue(self, toLook: toLook, keepTrying: keepTrying)
        case .lock: try LockQueue(self, locksBySetex: false, keepTrying: keepTrying)
        case .lockSetex: try LockQueue(self, locksBySetex: true, keepTrying: keepTrying)
        case .stream: try StreamQueue(self, toLook: toLook, keepTrying: keepTrying)
        case .pop: try PopQueue(self, keepTrying: keepTrying)
        }
    }
}
