public import Redis

/// The default protocol: one atomic script moves up to k tasks into a list of that claim and gives it a lease; one ack
/// ends the claim. What a lock costs is shared by k tasks.
///
/// A claim is named by its worker before it exists, so that a request whose answer was lost can be repeated; its token
/// comes from the server, and says which of two claims came later even after Redis lost data. Recovery takes expired
/// claims whole, is atomic, and needs no leader among monitors.
public final class LeaseQueue: TaskQueue {
    let keys: QueueKeys
    let configuration: QueueConfiguration
    let kinds = KindNames()
    let link: QueueLink
    var names = ClaimNames()
    /// Whether the batch that was sent last went by a transaction.
    var isByTransaction = false
    /// What is known of a connection's rights, by its generation.
    var transactionsAllowed: (generation: Int, isAllowed: Bool)?

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
        link = try QueueLink(configuration, scripts: QueueScripts.lease, keepTrying: keepTrying) {
            connection throws(RedisError) in
            if !toLook { try handshake.greet(connection) }
        }
    }
}
