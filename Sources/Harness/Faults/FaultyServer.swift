import Glibc
import Measurement
import Processes
import Redis
import Workload

/// A run's server, as something that fails on purpose. Only a private one may: what is lost there is nobody's.
final class FaultyServer {
    /// A time in which the server did not answer, in nanoseconds of the monotonic clock.
    struct Outage {
        /// When it was hit.
        let began: UInt64
        /// When it answered again.
        let ended: UInt64
        /// Bytes of its files that it lost; `nil` where none could be.
        var lostBytes: Int?

        /// The time that `body` takes.
        fileprivate init(_ body: () throws -> Void) rethrows {
            began = MonotonicClock.nanoseconds()
            try body()
            ended = MonotonicClock.nanoseconds()
        }
    }

    private static let slowStep = Duration.milliseconds(20)

    private let server: RunServer
    /// Holds the server up and lets it go on: the main thread's own questions wait for the server too.
    private var holdUp: DedicatedThread?
    /// Why the server could not be made to go on.
    private let failure = FirstFailure()

    init(_ server: RunServer) { self.server = server }

    /// Does what is over at once. When it returns, all servers are at work again; the outage itself, in which the master
    /// did not answer, was over before.
    func strike(_ kind: FaultKind) throws -> Outage {
        switch kind {
        case .cutConnections:
            return try Outage {
                try control { connection throws(RedisError) in
                    _ = try connection.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
                }
            }
        case .killRedis:
            return try Outage {
                try master.kill()
                try master.restart()
            }
        case .failOver:
            try owned.awaitReplicas()
            let outage = try Outage { try owned.failOver() }
            try owned.rejoin()
            return outage
        case .powerCut:
            var lostBytes: Int?
            var outage = try Outage { lostBytes = try owned.cutPower() }
            outage.lostBytes = lostBytes
            try owned.rejoin()
            return outage
        default: preconditionFailure("\(kind.rawValue) is not over at once")
        }
    }

    /// Begins what lasts, for so long.
    func begin(_ kind: FaultKind, for length: Duration) throws {
        switch kind {
        case .hangRedis: holdUp(steps: 1, of: length)
        case .slowRedis: holdUp(steps: Int(length / (Self.slowStep * 2)), of: Self.slowStep)
        case .fullMemory:
            try control { connection throws(RedisError) in
                let used = RedisServerInfo(parsing: try connection.call("INFO", "memory").text()).integer("used_memory")
                _ = try connection.call("CONFIG", "SET", "maxmemory", String(max(1, used)))
            }
        case .fullDisk:
            try master.fillDisk(true)
            holdUp = DedicatedThread(name: "full-disk") { [master, failure] in
                usleep(UInt32(length.microseconds))
                do throws(RedisError) {
                    try master.fillDisk(false)
                    try Self.restartIfEnded(master)
                } catch {
                    failure.note(error)
                }
            }
        default: break
        }
    }

    /// Ends it.
    func end(_ kind: FaultKind) throws {
        switch kind {
        case .hangRedis, .slowRedis, .fullDisk:
            holdUp?.join()
            holdUp = nil
            if let error = failure.first { throw error }
        case .fullMemory:
            try control { connection throws(RedisError) in
                _ = try connection.call("CONFIG", "SET", "maxmemory", "0")
            }
        default: break
        }
    }

    /// A server that promises to sync before it answers ends itself when it can't.
    private static func restartIfEnded(_ server: PrivateRedisServer) throws(RedisError) {
        do throws(RedisError) {
            _ = try RedisConnection(to: server.endpoint)
        } catch {
            guard error.isConnectionLost else { throw error }
            try server.restart()
        }
    }

    /// Stops the server so many times for a while each, with as long pauses between.
    private func holdUp(steps: Int, of length: Duration) {
        holdUp = DedicatedThread(name: "hold-up") { [master] in
            for step in 1...max(1, steps) {
                master.send(signal: SIGSTOP)
                usleep(UInt32(length.microseconds))
                master.send(signal: SIGCONT)
                if step < steps { usleep(UInt32(length.microseconds)) }
            }
        }
    }

    private var master: PrivateRedisServer { owned.master }

    private var owned: PrivateServerGroup {
        guard let owned = server.owned else {
            preconditionFailure("faults were asked for of a server that is not ours")
        }
        return owned
    }

    private func control(_ body: (RedisConnection) throws(RedisError) -> Void) throws(RedisError) {
        try body(RedisConnection(to: owned.endpoint))
    }
}
