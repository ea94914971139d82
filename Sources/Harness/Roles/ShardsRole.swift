import Redis
import ReliableQueue
package import Reporting

/// A queue's shards: to be looked at, opened, closed, or left.
package struct ShardsRole: Sendable {
    /// The queue.
    package var queue: QueueAddress

    /// The shards of this queue.
    package init(queue: QueueAddress) { self.queue = queue }

    /// What lies in each.
    package func table() throws(HarnessError) -> ShardTable {
        try queueErrors { () throws(QueueError) in
            let configuration = queue.configuration
            let shards = try QueueShards(of: configuration, toLook: true)
            return ShardTable(rows: try Self.rows(of: shards, configuration))
        }
    }

    /// Opens so many to producers: more than there are, or fewer.
    package func open(_ count: Int) throws(HarnessError) {
        guard (1...ShardCount.most).contains(count) else {
            throw .usage("a queue has 1 to \(ShardCount.most) shards, and not \(count)")
        }
        _ = try queueErrors { () throws(QueueError) in
            try ShardRecord(of: queue.configuration).open(count)
        }
    }

    /// Lets workers leave the shards that are closed.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when that can't be done yet.
    package func retire() throws(HarnessError) {
        let (shards, depths) = try queueErrors { () throws(QueueError) in
            let shards = try QueueShards(of: queue.configuration, toLook: true)
            return (shards, try shards.depths())
        }
        let full = depths.indices.dropFirst(shards.count.open).filter { depths[$0] != QueueDepth() }
        guard full.isEmpty else {
            let names = full.map { queue.configuration.ofShard($0).shardName }.joined(separator: ", ")
            throw .run("there is something left in \(names): wait until it is done, and look after dead letters")
        }
        let count = try queueErrors { () throws(QueueError) in
            try ShardRecord(of: queue.configuration).retire(after: shards.count)
        }
        guard count.served == count.open else {
            throw .run(
                "the number of shards was changed less than \(Int(ShardRecord.retirementAge.seconds)) s ago, and a producer"
                    + " may not have heard of it: try again later")
        }
    }

    /// A row for each shard.
    static func rows(
        of shards: QueueShards, _ configuration: QueueConfiguration
    ) throws(QueueError) -> [ShardTable.Row] {
        let depths = try shards.depths()
        return zip(shards.queues, depths).enumerated().map { shard, pair in
            ShardTable.Row(
                name: configuration.ofShard(shard).shardName, server: "\(pair.0.connection.place)",
                isOpen: shard < shards.count.open, places: pair.1.places)
        }
    }

    private func queueErrors<Result>(_ body: () throws(QueueError) -> Result) throws(HarnessError) -> Result {
        do throws(QueueError) { return try body() } catch { throw .queue(error) }
    }
}

extension QueueDepth {
    /// The tasks by the place where they lie, as tables have them.
    var places: [(name: String, count: Int)] {
        [("pending", pending), ("retry", retry), ("delayed", delayed), ("claims", claims), ("dead", dead)]
    }
}
