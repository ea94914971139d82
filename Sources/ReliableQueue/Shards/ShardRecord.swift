import Redis

/// A queue's shards as the queue itself has them on record: a hash beside the first shard, which is missing while there is only
/// that.
///
/// A connection of one thread. While the first shard's server is away nobody can read it; who has read it before goes on with
/// what it knows.
public final class ShardRecord {
    /// How long shards have to have been closed before they are retired: longer than any producer may take to hear of it, since
    /// one that can't hear stops after half of it; but for one that stood still between hearing and sending.
    public static let retirementAge = Duration.seconds(60)

    private let link: QueueLink
    private let key: String

    /// Connects.
    ///
    /// - Parameter keepTrying: as in ``QueueConfiguration/open(keepTrying:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(
        of configuration: QueueConfiguration, keepTrying: @escaping () -> Bool = { true }
    ) throws(QueueError) {
        key = configuration.ofShard(0).keys.shards
        link = try QueueLink(
            configuration.ofShard(0), scripts: [QueueScripts.openShards, QueueScripts.retireShards],
            keepTrying: keepTrying
        ) { _ in }
    }

    /// The traffic of asking.
    var traffic: RedisTraffic { link.connection.traffic }

    /// How many there are.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func read() throws(QueueError) -> ShardCount {
        try link.resilient { _ throws(RedisError) in
            let reply = try link.connection.call("HMGET", key, "open", "served")
            return try reply.isNull(at: 0) ? .one : ShardCount(decoding: reply)
        }
    }

    /// Opens so many shards to producers, 1 to ``ShardCount/most``: more than there are, or fewer.
    ///
    /// Nothing is moved. Producers and workers hear of it within ``ShardWatch/period``. What lies in a shard that is closed by it
    /// is still served.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func open(_ count: Int) throws(QueueError) -> ShardCount {
        precondition((1...ShardCount.most).contains(count), "a queue has 1 to \(ShardCount.most) shards")
        return try link.run(QueueScripts.openShards, keys: [key], arguments: 1) { writer in
            writer.argument(count)
        } decode: { reply throws(RedisError) in
            try ShardCount(decoding: reply)
        }
    }

    /// Lets workers leave the closed shards. Whoever asks has seen that they are empty. Nothing happens when their number was
    /// changed less than ``retirementAge`` ago, or is not `count`'s any more.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func retire(
        after count: ShardCount, closedFor age: Duration = retirementAge
    ) throws(QueueError) -> ShardCount {
        try link.run(QueueScripts.retireShards, keys: [key], arguments: 2) { writer in
            writer.argument(count.open)
            writer.argument(Int(age.milliseconds))
        } decode: { reply throws(RedisError) in
            try ShardCount(decoding: reply)
        }
    }
}

extension ShardCount {
    fileprivate init(decoding reply: borrowing RedisReply) throws(RedisError) {
        let (open, served) = (try reply.count(at: 0), try reply.count(at: 1))
        guard (1...Self.most).contains(open), (open...Self.most).contains(served) else {
            throw .unexpectedReply(wanted: "numbers of shards from 1 to \(Self.most)", got: "\(open) and \(served)")
        }
        self.init(open: open, served: served)
    }
}

extension RedisReply {
    /// A number, whether a script or a hash says it.
    fileprivate borrowing func count(at index: Int) throws(RedisError) -> Int {
        let text = try text(at: index)
        guard let count = Int(text) else { throw .unexpectedReply(wanted: "a number of shards", got: text) }
        return count
    }
}
