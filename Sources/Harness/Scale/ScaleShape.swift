package import ReliableQueue

/// What one trial of a study of scale is of: how many servers and shards, and how its workers use them.
package struct ScaleShape: Sendable, Hashable {
    /// Redis processes: one alone, or the masters of a Cluster.
    package var servers: Int
    /// Shards of the queue, as many on each server.
    package var shards: Int
    /// Workers at once, each with a thread of its own.
    package var workers = 8
    /// Tasks of each claim, and of each batch that is enqueued.
    package var claim: Int
    /// How much longer it takes to a server and back, in microseconds.
    package var roundTripMicroseconds = 0
    /// How many tasks a second go round; `nil` for as many as can.
    package var rate: Int?
    /// How the queue uses Redis.
    package var queueProtocol: QueueProtocol
    /// What the cell's name begins with.
    private let kind: String

    /// A shape of these values.
    package init(
        _ kind: String, servers: Int, shards: Int, claim: Int, rate: Int?, _ queueProtocol: QueueProtocol
    ) {
        (self.kind, self.servers, self.shards, self.claim) = (kind, servers, shards, claim)
        (self.rate, self.queueProtocol) = (rate, queueProtocol)
    }

    /// How long it is from a worker's claim to its next one; `nil` as fast as can be.
    var secondsBetweenTurns: Double? { rate.map { Double(claim * workers) / Double($0) } }

    /// The trial's cell, such as `paced-4x8-c64-w8-rtt200`: its kind, servers, shards, claim, workers and round trip.
    package var cell: String {
        let distance = roundTripMicroseconds == 0 ? "" : "-rtt\(roundTripMicroseconds)"
        return "\(kind)-\(servers)x\(shards)-c\(claim)-w\(workers)\(distance)"
    }
}
