import Redis
import ReliableQueue

/// A name for a queue whose shards lie evenly on the servers of a new Cluster.
///
/// Where a shard lies is decided by its name. Who has a queue already moves slots instead.
package enum SpreadName {
    /// The first name of `base-0`, `base-1`, … whose shards are spread so.
    ///
    /// - Precondition: as many shards can lie on each server.
    package static func find(_ base: String, shards: Int, servers: Int) -> String {
        precondition(shards.isMultiple(of: servers), "\(shards) shards can't be spread evenly over \(servers) servers")
        var number = 0
        while true {
            let name = "\(base)-\(number)"
            let counts = Dictionary(
                grouping: (0..<shards).map { server(of: $0, name, servers) }, by: { $0 }
            ).mapValues(\.count)
            if counts.count == servers, counts.values.allSatisfy({ $0 == shards / servers }) { return name }
            number += 1
        }
    }

    /// Which of the servers has a shard, the slots being divided as ``PrivateCluster`` divides them.
    private static func server(of shard: Int, _ name: String, _ servers: Int) -> Int {
        let configuration = QueueConfiguration(at: RedisEndpoint(.cluster(at: [])), name: name).ofShard(shard)
        let slot = HashSlot(of: "{\(configuration.shardName)}").number
        return (0..<servers).first { slot < ($0 + 1) * HashSlot.count / servers } ?? servers - 1
    }
}
