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
            let open = try configuration.openToLook()
            let depth = try open.depth()
            var table = QueueTable()
            table.places = [
                ("pending", depth.pending), ("retry", depth.retry), ("delayed", depth.delayed),
                ("claims", depth.claims),
                ("dead", depth.dead),
            ]
            table.connections = try open.connections(configuration).map { ("\($0.part.rawValue)s", $0.count) }
            table.claims = try open.heldClaims(limit: mostClaims).map { claim in
                QueueTable.Claim(name: claim.name, tasks: claim.tasks, leftSeconds: claim.left?.seconds)
            }
            return table
        } catch {
            throw .queue(error)
        }
    }
}
