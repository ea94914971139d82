import Redis

/// Whether a connection may use transactions.
final class Transactions {
    /// How long they are not tried any more once the server refused one.
    private static let rest = Duration.seconds(1)

    private var mayBeUsed = false
    private var refused: ContinuousClock.Instant?

    /// True unless the user may not, or the server refused one a moment ago.
    var areAllowed: Bool {
        guard mayBeUsed else { return false }
        guard let refused else { return true }
        return ContinuousClock.now - refused > Self.rest
    }

    /// Learns whether this connection's user may: where MULTI is forbidden, what is to be in the transaction would run without it.
    func ask(_ connection: RedisConnection) throws(RedisError) {
        // The last one only ends what an EXEC that is forbidden did not.
        for command in ["MULTI", "EXEC", "DISCARD"] {
            connection.append { writer in writer.command(command, arguments: 0, called: nil) }
        }
        let replies = try connection.receiveAll(3)
        let (begun, ended) = (try replies.element(0).kind, try replies.element(1).kind)
        mayBeUsed = begun == .status && ended == .array
        refused = nil
    }

    /// The server refused one whole, and did nothing.
    func wereRefused() { refused = .now }
}
