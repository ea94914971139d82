import Glibc
import Processes
import Redis
import ReliableQueue
import Workload

/// A run's servers, as something that fails on purpose. Only a private one may: what is lost there is nobody's.
final class FaultyServer {
    private static let slowStep = Duration.milliseconds(20)

    private let server: RunServer
    /// Holds the server up and lets it go on: the main thread's own questions wait for the server too.
    private var holdUp: DedicatedThread?
    /// The server whose memory is short.
    private var crampedServer: PrivateRedisServer?
    /// Why the server could not be made to go on.
    private let failure = FirstFailure()

    private let queue: QueueConfiguration

    init(_ server: RunServer, of queue: QueueConfiguration) { (self.server, self.queue) = (server, queue) }

    /// Begins what is over when it is done.
    func strike(_ kind: FaultKind) -> ServerStrike { ServerStrike(kind, on: owned, of: queue) }

    /// Begins what lasts, for so long.
    func begin(_ kind: FaultKind, for length: Duration) throws {
        let master = try owned.master(of: server.key)
        switch kind {
        case .hangRedis: holdUp(master, steps: 1, of: length)
        case .slowRedis: holdUp(master, steps: Int(length / (Self.slowStep * 2)), of: Self.slowStep)
        case .fullMemory:
            let connection = try RedisConnection(to: master.endpoint)
            let used = RedisServerInfo(parsing: try connection.call("INFO", "memory").text()).integer("used_memory")
            _ = try connection.call("CONFIG", "SET", "maxmemory", String(max(1, used)))
            crampedServer = master
        case .fullDisk:
            try master.fillDisk(true)
            holdUp = DedicatedThread(name: "full-disk") { [failure] in
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
            guard let crampedServer else { return }
            _ = try RedisConnection(to: crampedServer.endpoint).call("CONFIG", "SET", "maxmemory", "0")
            self.crampedServer = nil
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
    private func holdUp(_ master: PrivateRedisServer, steps: Int, of length: Duration) {
        holdUp = DedicatedThread(name: "hold-up") {
            for step in 1...max(1, steps) {
                master.send(signal: SIGSTOP)
                usleep(UInt32(length.microseconds))
                master.send(signal: SIGCONT)
                if step < steps { usleep(UInt32(length.microseconds)) }
            }
        }
    }

    private var owned: any PrivateServers {
        guard let owned = server.owned else {
            preconditionFailure("faults were asked for of a server that is not ours")
        }
        return owned
    }
}
