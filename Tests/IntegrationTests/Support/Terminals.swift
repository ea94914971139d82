import Foundation
import Measurement
import Redis
import TestSupport

/// A server of a test's own and the folder in which worker, load and monitor run beside each other, as in so many
/// terminals.
final class Terminals {
    let server: PrivateRedisServer
    let connection: RedisConnection
    let folder: TemporaryFolder

    /// Starts the server, with further settings of redis.conf.
    init(durability: Durability = .none, settings: [(String, String)] = []) throws {
        server = try PrivateRedisServer(durability: durability, settings: settings)
        connection = try RedisConnection(to: server.endpoint)
        folder = try TemporaryFolder()
    }

    /// The server's address, for a command line.
    var address: String { "\(server.endpoint)" }

    /// Starts one of the parts on this server.
    func start(_ role: String, _ arguments: String...) throws -> FibqProgram {
        try FibqProgram([role, "--redis", address] + arguments, in: folder.path)
    }

    /// Starts a worker, and waits until it is ready to work.
    func startWorker(_ name: String, _ arguments: String...) throws -> FibqProgram {
        let worker = try FibqProgram(["worker", "--redis", address, "--name", name] + arguments, in: folder.path)
        let isReady = eventually { !worker.isRunning || ((try? blockedClients()) ?? 0) > 0 }
        guard isReady, worker.isRunning else { throw FibqProgram.Failure.stillRuns(errors: worker.printedErrors) }
        return worker
    }

    /// Sends tasks, and waits until they are sent.
    func load(_ arguments: String...) throws -> FibqProgram.Ending {
        try FibqProgram.run(["load", "--redis", address] + arguments, in: folder.path)
    }

    /// The attempts that a worker has begun. There are none while its journal is being made.
    func attempts(of worker: String) -> [AttemptRecord] {
        let path = folder.path(of: "\(worker).slot-0.attempts.journal")
        guard let journal = try? JournalReader<AttemptRecord>(opening: path) else { return [] }
        return (0..<journal.count).map { journal[$0] }
    }

    /// How often the server has got something from a client, this time included. (The count of commands holds those that
    /// scripts call, too.)
    func requests() throws -> Int {
        RedisServerInfo(parsing: try connection.call("INFO", "stats").text()).integer("total_reads_processed")
    }

    /// The names of all keys.
    func keys() throws -> Set<String> {
        let reply = try connection.call("KEYS", "*")
        return Set(try (0..<reply.count).map { try reply.text(at: $0) })
    }

    private func blockedClients() throws -> Int {
        RedisServerInfo(parsing: try connection.call("INFO", "clients").text()).integer("blocked_clients")
    }
}
