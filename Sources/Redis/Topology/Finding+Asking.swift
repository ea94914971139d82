import Glibc

extension ServerSearch.Finding {
    /// One that does not answer soon is passed over: there are others.
    private static let settings = RedisSettings(connectTimeout: .seconds(1), commandTimeout: .seconds(1))

    /// Asks a Sentinel about a master.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    static func from(_ sentinel: RedisEndpoint, on master: String) -> Self {
        ask(sentinel) { connection throws(RedisError) in
            connection.append("SENTINEL", ["MASTER", master])
            connection.append("SENTINEL", ["SENTINELS", master])
            let replies = try connection.receiveAll(2)
            if try replies.element(0).kind == .error { return .noSuchMaster }
            try replies.throwRefusal()
            return try replies.withElement(0) { master throws(RedisError) in
                try replies.withElement(1) { sentinels throws(RedisError) in
                    .master(try SentinelView(master: master, sentinels: sentinels))
                }
            }
        }
    }

    /// Asks a node of a Cluster for its map.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    static func from(_ node: RedisEndpoint) -> Self {
        ask(node) { connection throws(RedisError) in
            let reply = try connection.call("CLUSTER", "SLOTS")
            guard case .tcp(let name, let port) = node.address else { preconditionFailure("a node has a host") }
            return .map(try SlotMap(decoding: reply, from: RedisHost(name, port: port)))
        }
    }

    private static func ask(
        _ server: RedisEndpoint, _ question: (RedisConnection) throws(RedisError) -> Self
    ) -> Self {
        do throws(RedisError) {
            return try question(RedisConnection(to: server, settings: settings))
        } catch {
            return .failed(error)
        }
    }
}
