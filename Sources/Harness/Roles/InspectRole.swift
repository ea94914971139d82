import Redis
import ReliableQueue
package import Reporting

/// Looks into a live queue, and changes nothing.
package struct InspectRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// How many claims are shown.
    package var mostClaims = 50

    /// A look at this queue.
    package init(queue: QueueAddress) { self.queue = queue }

    /// What there is to see.
    package func run() throws(HarnessError) -> QueueTable {
        do throws(QueueError) {
            let configuration = queue.configuration
            let shards = try QueueShards(of: configuration, toLook: true)
            var table = QueueTable()
            table.places = try shards.depth().places
            if shards.queues.count > 1 { table.shards = try ShardsRole.rows(of: shards, configuration) }
            table.connections = QueueConfiguration.Part.allCases.map { ("\($0.rawValue)s", 0) }
            for (shard, queue) in shards.queues.enumerated() {
                for (part, connections) in try queue.connections(configuration.ofShard(shard)).enumerated() {
                    table.connections[part].count += connections.count
                }
            }
            table.claims = try shards.heldClaims(limit: mostClaims).map { claim in
                QueueTable.Claim(name: claim.name, tasks: claim.tasks, leftSeconds: claim.left?.seconds)
            }
            return table
        } catch {
            throw .queue(error)
        }
    }
}
