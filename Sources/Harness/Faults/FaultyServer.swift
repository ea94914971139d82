import Glibc
import Redis
import Workload

/// A run's server, as something that fails on purpose. Only a private one may: what is lost there is nobody's.
final class FaultyServer {
    private let server: RunServer

    init(_ server: RunServer) { self.server = server }

    /// Does what is over at once; the server answers again when it returns.
    ///
    /// - Returns: bytes of its files that the server lost; `nil` where none could be.
    func strike(_ kind: FaultKind) throws -> Int? {
        switch kind {
        case .cutConnections:
            try control { connection throws(RedisError) in
                _ = try connection.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            }
        default: preconditionFailure("\(kind.rawValue) is not over at once")
        }
        return nil
    }

    /// Begins what lasts.
    func begin(_ kind: FaultKind) throws {
        switch kind {
        case .hangRedis: owned.send(signal: SIGSTOP)
        case .fullMemory:
            try control { connection throws(RedisError) in
                let used = RedisServerInfo(parsing: try connection.call("INFO", "memory").text()).integer("used_memory")
                _ = try connection.call("CONFIG", "SET", "maxmemory", String(max(1, used)))
            }
        default: break
        }
    }

    /// Ends it.
    func end(_ kind: FaultKind) throws {
        switch kind {
        case .hangRedis, .slowRedis: owned.send(signal: SIGCONT)
        case .fullMemory:
            try control { connection throws(RedisError) in
                _ = try connection.call("CONFIG", "SET", "maxmemory", "0")
            }
        default: break
        }
    }

    /// Stops the server, or lets it go on: the slow one does either by turns.
    func blink(_ stands: Bool) { owned.send(signal: stands ? SIGSTOP : SIGCONT) }

    private var owned: PrivateRedisServer {
        guard let owned = server.owned else {
            preconditionFailure("faults were asked for of a server that is not ours")
        }
        return owned
    }

    private func control(_ body: (RedisConnection) throws(RedisError) -> Void) throws(RedisError) {
        try body(RedisConnection(to: owned.endpoint))
    }
}
