public import Redis

/// Redis Streams with a consumer group, as far as they carry: entries are read by XREADGROUP, kept in the group's list of
/// pending entries, taken from it by XACK, and taken back once they idle too long: by XPENDING, which says which claim an entry is
/// taken from, as XAUTOCLAIM does not.
///
/// What Streams lack stands around them: every claim is a consumer of its own, so that the server knows what a claim
/// holds, and a lost reply can be asked for again; a claim gets its fencing token in the step that reads; an entry that is
/// taken back is appended anew, so that its old id ends nothing any more (XACK asks for the id, not for the holder). The
/// time of a lease is one for the whole queue, the longest that a worker asked for. Tasks that were given back go to the
/// end: a stream takes nothing at its head.
public final class StreamQueue: TaskQueue {
    let keys: QueueKeys
    let configuration: QueueConfiguration
    let kinds = KindNames()
    let link: QueueLink
    var names = ClaimNames()
    /// Whether transactions may be used.
    let transactions = Transactions()
    /// Whether the claim that was asked for last is made by one.
    var isByTransaction = false
    /// The entry after which recovery goes on in each stream.
    var cursors = [start, start]
    /// Where recovery begins in a stream, and is again once it is through.
    static let start = "-"

    /// The connection, for its traffic and for what it knows of the server.
    public var connection: RedisConnection { link.connection }
    /// The work of a worker that vanished comes back.
    public var recovers: Bool { true }

    init(
        _ configuration: QueueConfiguration, toLook: Bool, keepTrying: @escaping () -> Bool
    ) throws(QueueError) {
        let keys = configuration.keys
        self.keys = keys
        self.configuration = configuration
        let handshake = EpochHandshake(keys, longestLease: configuration.longestLease)
        link = try QueueLink(configuration, scripts: QueueScripts.stream, keepTrying: keepTrying) {
            [transactions] connection throws(RedisError) in
            if toLook { return }
            _ = try QueueScripts.streamGroups.call(on: connection, keys: 2, arguments: 0) { writer in
                writer.argument(keys.pending)
                writer.argument(keys.retry)
            }
            try handshake.greet(connection)
            try transactions.ask(connection)
        }
    }

    /// The stream that a claim's entries lie in.
    func stream(of claim: Claim) -> String { claim.isRedelivery ? keys.retry : keys.pending }

    /// The last batch of `session` that the server has; 0 for none.
    public func lastBatch(of session: UInt64) throws(QueueError) -> UInt32? { try link.lastBatch(of: session, keys) }

    /// Forgets a producer that will not come back.
    public func forget(session: UInt64) throws(QueueError) { try link.forget(session: session, keys) }
}
