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
            // While the others are made to follow a new master, its number is known and only this says its address.
            connection.append("SENTINEL", ["GET-MASTER-ADDR-BY-NAME", master])
            let replies = try connection.receiveAll(3)
            let watched = try replies.element(0)
            if watched.kind == .error, try watched.text().contains("No such master") { return .noSuchMaster }
            try replies.throwRefusal()
            let address = try replies.element(2)
            guard !address.isNull, let port = Int(try address.text(at: 1)) else { return .noSuchMaster }
            return .master(
                try SentinelView(
                    at: RedisHost(address.text(at: 0), port: port), master: watched, sentinels: replies.element(1)))
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
