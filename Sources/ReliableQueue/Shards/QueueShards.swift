public import Redis

/// All shards of a queue at once: what lies in them, who holds what, and their end. Connections of one thread, one for each shard.
///
/// It looks at the queue's record for new shards whenever it is asked what lies in them.
public final class QueueShards {
    /// How many there were when it looked last.
    public private(set) var count = ShardCount.one
    /// Each of them, a whole queue by itself.
    public private(set) var queues: [any TaskQueue] = []

    private let configuration: QueueConfiguration
    private let record: ShardRecord
    private let isToLook: Bool
    private let keepTrying: () -> Bool

    /// Connects to every shard that is served.
    ///
    /// - Parameters:
    ///   - toLook: as in ``QueueConfiguration/openToLook()``.
    ///   - keepTrying: as in ``QueueConfiguration/open(keepTrying:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(
        of configuration: QueueConfiguration, toLook: Bool = false, keepTrying: @escaping () -> Bool = { true }
    ) throws(QueueError) {
        (self.configuration, isToLook, self.keepTrying) = (configuration, toLook, keepTrying)
        record = try ShardRecord(of: configuration, keepTrying: keepTrying)
        try follow()
    }

    /// Opens the shards that are new.
    private func follow() throws(QueueError) {
        count = try record.read()
        while queues.count < count.served {
            let shard = configuration.ofShard(queues.count)
            queues.append(try isToLook ? shard.openToLook() : shard.open(keepTrying: keepTrying))
        }
    }

    /// What each server said of itself when it was connected to.
    public var servers: [RedisServerInfo] {
        var places: Set<RedisEndpoint> = []
        return queues.filter { places.insert($0.connection.place).inserted }.map(\.connection.server)
    }

    /// The connection to the first shard.
    public var connection: RedisConnection { queues[0].connection }

    /// True when the work of a worker that vanished comes back.
    public var recovers: Bool { queues.allSatisfy(\.recovers) }

    /// What lies in each shard.
    public func depths() throws(QueueError) -> [QueueDepth] {
        try follow()
        return try queues.map { queue throws(QueueError) in try queue.depth() }
    }

    /// What lies in all of them.
    public func depth() throws(QueueError) -> QueueDepth { try depths().reduce(QueueDepth(), +) }

    /// The claims that are held, those first whose lease runs out first; at most `limit`.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] {
        let claims = try queues.map { queue throws(QueueError) in try queue.heldClaims(limit: limit) }
        let sorted = claims.joined().sorted { ($0.left ?? .zero) < ($1.left ?? .zero) }
        return Array(sorted.prefix(limit))
    }

    /// What the servers of all shards say of themselves now; the counters of several are added up.
    public func serverInfo() throws(QueueError) -> RedisServerInfo {
        var places: Set<RedisEndpoint> = []
        var infos: [RedisServerInfo] = []
        for queue in queues where places.insert(queue.connection.place).inserted {
            infos.append(try queue.serverInfo())
        }
        return .together(infos)
    }

    /// Visits every task, as ``TaskQueue/visitTasks(_:)``.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        try follow()
        for queue in queues { try queue.visitTasks(visit) }
    }

    /// Deletes every key of every shard, the last shard first: the record goes with the first one.
    public func destroy() throws(QueueError) {
        try follow()
        for queue in queues.reversed() { try queue.destroy() }
    }
}

extension QueueShards: TrafficSource {
    /// The traffic with all of them.
    public var traffic: RedisTraffic { queues.reduce(record.traffic) { $0 + $1.traffic } }
}
