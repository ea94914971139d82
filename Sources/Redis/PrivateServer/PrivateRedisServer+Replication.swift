import Glibc
import Synchronization

/// Replicas. They are private servers too, and each accepts replicas of its own.
extension PrivateRedisServer {
    /// Starts a replica of this server and waits until it answers; ``awaitSynced(with:)`` waits for the data.
    ///
    /// It stays this server's replica over restarts of both, until ``promote()`` or ``follow(_:)``, and has its password.
    ///
    /// - Parameters:
    ///   - durability: what the replica promises; `nil` is what this server does.
    ///   - settings: further settings of redis.conf, by name.
    ///   - isPowerCutReady: see ``init(durability:settings:isPowerCutReady:acceptsReplicas:)``.
    /// - Precondition: this server was started to accept replicas.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func startReplica(
        durability: Durability? = nil, settings: [(String, String)] = [], isPowerCutReady: Bool = false
    ) throws(RedisError) -> PrivateRedisServer {
        try PrivateRedisServer(
            durability: durability ?? self.durability, settings: settings, isPowerCutReady: isPowerCutReady,
            link: ReplicationLink(password: link.password, network: link.network), master: link)
    }

    /// Makes this replica a master of its own (REPLICAOF NO ONE), with the data that it has. It stays one over restarts.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func promote() throws(RedisError) {
        settings.withLock { $0.master = nil }
        _ = try RedisConnection(to: endpoint).call("REPLICAOF", "NO", "ONE")
    }

    /// Makes this server a replica of `master`, whose data replaces its own. It stays one over restarts.
    ///
    /// - Precondition: both were started to accept replicas.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func follow(_ master: PrivateRedisServer) throws(RedisError) {
        precondition(link.port != master.link.port, "a server can't follow itself")
        settings.withLock { $0.master = master.link }
        let connection = try RedisConnection(to: endpoint)
        _ = try connection.call("CONFIG", "SET", "masterauth", master.link.password)
        _ = try connection.call("REPLICAOF", "127.0.0.1", "\(master.link.port)")
    }

    /// Starts this server again, killing it first if it runs, as a replica of `master`, whose data replaces its own.
    ///
    /// - Precondition: both were started to accept replicas.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func restart(following master: PrivateRedisServer) throws(RedisError) {
        settings.withLock { $0.master = master.link }
        try restart()
    }

    /// Notes whose replica it has become, `nil` for a master, without telling it: it was told by others, and stays so over restarts.
    func note(master: PrivateRedisServer?) {
        let link = master?.link
        settings.withLock { $0.master = link }
    }

    /// How much of its master's history this replica has, in bytes.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func replicationOffset() throws(RedisError) -> Int {
        try Self.information(from: RedisConnection(to: endpoint)).integer("slave_repl_offset")
    }

    /// Waits until this replica has everything that `master` had when it was asked, and, if it keeps an append-only
    /// file, until that has it too: a replica that took over a whole data set has none before its rewrite is done.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when that is not so within 30 s.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func awaitSynced(with master: PrivateRedisServer) throws(RedisError) {
        let (masterConnection, connection) = try (
            RedisConnection(to: master.endpoint), RedisConnection(to: endpoint)
        )
        var wanted = masterConnection.server
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            // The first replica of a master makes it begin a new history, with a new id.
            let current = try Self.information(from: masterConnection)
            if current.replicationID != wanted.replicationID { wanted = current }
            if try Self.information(from: connection).hasAll(of: wanted) { return }
            usleep(2_000)
        }
        throw .privateServer(reason: "the replica does not catch up with its master")
    }

    private static func information(from connection: RedisConnection) throws(RedisError) -> RedisServerInfo {
        try RedisServerInfo(parsing: connection.call("INFO").text())
    }

    /// Where it listens on 127.0.0.1.
    ///
    /// - Precondition: it was started to accept replicas.
    package var host: RedisHost { RedisHost("127.0.0.1", port: link.port) }

    var link: ReplicationLink {
        guard let link = settings.withLock({ $0.link }) else {
            preconditionFailure("the server was not started to accept replicas")
        }
        return link
    }
}

extension RedisServerInfo {
    /// True when this is of a replica that follows the history of `master`, has come as far, and keeps it as durably as
    /// it ever will.
    fileprivate func hasAll(of master: RedisServerInfo) -> Bool {
        fields["master_link_status"] == "up" && replicationID == master.replicationID
            && integer("slave_repl_offset") >= master.integer("master_repl_offset")
            && integer("aof_rewrite_in_progress") == 0 && integer("aof_rewrite_scheduled") == 0
    }
}
