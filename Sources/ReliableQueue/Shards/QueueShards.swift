public import Redis

/// All shards of a queue at once: what lies in them, who holds what, and their end. Connections of one thread, one for each shard.
///
/// Which shards there are is what the queue had on record when it was opened.
public final class QueueShards {
    /// How many there are.
    public let count: ShardCount
    /// Each of them, a whole queue by itself.
    public let queues: [any TaskQueue]

    /// Connects to every shard that is served.
    ///
    /// - Parameters:
    ///   - toLook: as in ``QueueConfiguration/openToLook()``.
    ///   - keepTrying: as in ``QueueConfiguration/open(keepTrying:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(
        of configuration: QueueConfiguration, toLook: Bool = false, keepTrying: @escaping () -> Bool = { true }
    ) throws(QueueError) {
        let count = try ShardRecord(of: configuration, keepTrying: keepTrying).read()
        var queues: [any TaskQueue] = []
        for shard in 0..<count.served {
            let configuration = configuration.ofShard(shard)
            queues.append(try toLook ? configuration.openToLook() : configuration.open(keepTrying: keepTrying))
        }
        (self.count, self.queues) = (count, queues)
    }

    /// True when the work of a worker that vanished comes back.
    public var recovers: Bool { queues.allSatisfy(\.recovers) }

    /// What lies in each shard.
    public func depths() throws(QueueError) -> [QueueDepth] {
        try queues.map { queue throws(QueueError) in try queue.depth() }
    }

    /// What lies in all of them.
    public func depth() throws(QueueError) -> QueueDepth { try depths().reduce(QueueDepth(), +) }

    /// The claims that are held, those first whose lease runs out first; at most `limit`.
    public func heldClaims(limit: Int) throws(QueueError) -> [HeldClaim] {
        let claims = try queues.map { queue throws(QueueError) in try queue.heldClaims(limit: limit) }
        let sorted = claims.joined().sorted { ($0.left ?? .zero) < ($1.left ?? .zero) }
        return Array(sorted.prefix(limit))
    }

    /// Visits every task, as ``TaskQueue/visitTasks(_:)``.
    public func visitTasks(_ visit: (TaskPlace, TaskID?) -> Void) throws(QueueError) {
        for queue in queues { try queue.visitTasks(visit) }
    }

    /// Deletes every key of every shard, the last shard first: the record goes with the first one.
    public func destroy() throws(QueueError) {
        for queue in queues.reversed() { try queue.destroy() }
    }
}

extension QueueShards: TrafficSource {
    /// The traffic with all of them.
    public var traffic: RedisTraffic { queues.reduce(RedisTraffic()) { $0 + $1.traffic } }
}
