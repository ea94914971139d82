import Redis

/// The first words of a connection to a queue with tokens: learns the epoch, and moves it when the server's data may have
/// been rolled back.
final class EpochHandshake {
    private let keys: QueueKeys
    private let longestLease: Duration
    /// The highest epoch that this client has seen: Redis may forget it, the client does not.
    private var highest: UInt64 = 0

    init(_ keys: QueueKeys, longestLease: Duration) {
        self.keys = keys
        self.longestLease = longestLease
    }

    /// Shakes hands.
    func greet(_ connection: RedisConnection) throws(RedisError) {
        let reply = try QueueScripts.handshake.call(on: connection, keys: 2, arguments: 4) { writer in
            writer.argument(keys.epoch)
            writer.argument(keys.leases)
            writer.argument(connection.server.runID)
            writer.argument(connection.server.replicationID)
            writer.argument(String(highest))
            writer.argument(Int(longestLease.milliseconds))
        }
        highest = max(highest, UInt64(try reply.text()) ?? 0)
    }
}
