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
        (mayBeUsed, refused) = (false, nil)
        // Where none is begun, a user who may say them is told that. One who may begin a transaction and not end it would not
        // get out of it any more.
        let endings = try Self.replies(to: ["EXEC", "DISCARD"], on: connection)
        for ending in 0..<2 where try !endings.element(ending).isRefusal(saying: "without MULTI") { return }
        let replies = try Self.replies(to: ["MULTI", "EXEC"], on: connection)
        let (begun, ended) = (try replies.element(0).kind, try replies.element(1).kind)
        mayBeUsed = begun == .status && ended == .array
    }

    private static func replies(to commands: [String], on connection: RedisConnection) throws(RedisError) -> RedisReply
    {
        for command in commands {
            connection.append { writer in writer.command(command, arguments: 0, called: nil) }
        }
        return try connection.receiveAll(commands.count)
    }

    /// The server refused one whole, and did nothing.
    func wereRefused() { refused = .now }
}

extension RedisReply {
    /// True for a refusal with these words in it.
    fileprivate func isRefusal(saying words: String) throws(RedisError) -> Bool {
        guard kind == .error else { return false }
        return try text().contains(words)
    }
}
