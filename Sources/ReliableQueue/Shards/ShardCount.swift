import Redis

/// How many shards a queue has.
///
/// The first shard is the queue by its own name, the next ones are `NAME/1`, `NAME/2` and so on, each a whole queue by itself:
/// so a queue that was never divided is one of a single shard.
public struct ShardCount: Equatable, Sendable {
    /// No queue has more: a worker has threads and connections for each.
    public static let most = 256
    /// That of a queue that was never divided.
    public static let one = ShardCount(open: 1, served: 1)

    /// Producers spread their tasks over this many, the first ones.
    public let open: Int
    /// Workers and monitors serve this many: the open ones, and those that were open once and may hold tasks.
    public let served: Int

    /// A count.
    package init(open: Int, served: Int) { (self.open, self.served) = (open, max(open, served)) }
}

extension QueueConfiguration {
    /// The same for one of the queue's shards.
    public func ofShard(_ shard: Int) -> QueueConfiguration {
        precondition(shard >= 0, "shards are counted from 0")
        var configuration = self
        configuration.shard = shard
        // A connection is called by its own shard's name.
        return Part(rawValue: configuration.settings.part).map(configuration.serving) ?? configuration
    }
}
