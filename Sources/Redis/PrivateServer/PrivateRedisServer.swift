import Foundation
package import Glibc
import Processes
import Synchronization

/// A redis-server of this program's own, on a unix socket in a temporary folder.
///
/// It ends, and its folder goes, on every exit path: ``stop()``, the last reference, an error, and also when this
/// process is killed: a ``ServerSupervisor`` clears up then. In between it can be killed and started again on its data
/// any number of times; see ``kill()``, ``cutPower(sparing:)`` and ``restart()``.
///
/// Safe to use from any thread, but its crashes and restarts belong to one thread at a time. Calls that wait are
/// unavailable from `async` code.
package final class PrivateRedisServer: Sendable {
    /// Where it answers. The same over all restarts.
    package let endpoint: RedisEndpoint
    /// The temporary folder that holds its socket, log and data.
    package let folder: String
    /// What it promises about a write.
    package let durability: Durability

    let supervisor: ServerSupervisor
    /// What it has synced; `nil` unless it is ready for power cuts.
    let record: SyncRecord?
    /// What it is started with.
    let settings: Mutex<PrivateServerSettings>
    private let lastProcessID = Mutex<pid_t>(0)

    /// Starts a server and waits until it answers.
    ///
    /// - Parameters:
    ///   - durability: what it promises about a write.
    ///   - settings: further settings of redis.conf, by name.
    ///   - isPowerCutReady: records what it syncs, by a library that is preloaded into it.
    ///   - acceptsReplicas: makes it listen on a TCP port of 127.0.0.1 too, and demand a password, which is part of its
    ///     ``endpoint``.
    ///   - launcher: what stands before its command line; it has to exec what follows.
    /// - Throws: ``RedisError/privateServer(reason:)`` when redis-server is missing or does not start, and
    ///   ``RedisError/serverTooOld(version:needed:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package convenience init(
        durability: Durability = .none, settings: [(String, String)] = [], isPowerCutReady: Bool = false,
        acceptsReplicas: Bool = false, launcher: [String] = []
    ) throws(RedisError) {
        try self.init(
            durability: durability, settings: settings, isPowerCutReady: isPowerCutReady,
            link: acceptsReplicas ? ReplicationLink() : nil, master: nil, launcher: launcher)
    }

    init(
        durability: Durability, settings: [(String, String)], isPowerCutReady: Bool, link: ReplicationLink?,
        master: ReplicationLink?, launcher: [String] = [], mode: [String] = []
    ) throws(RedisError) {
        let program = try Self.program()
        let recorder = isPowerCutReady ? try SyncRecorderLibrary.path() : nil
        folder = try Self.makeFolder()
        self.durability = durability
        let socket = "\(folder)/redis.sock"
        endpoint = RedisEndpoint(.unixSocket(path: socket), password: link?.password)
        self.settings = Mutex(
            PrivateServerSettings(
                folder: folder, socket: socket, durability: durability, link: link, master: master, further: settings))
        do {
            record = recorder == nil ? nil : try SyncRecord(creatingAt: "\(folder)/sync-record")
            var command = [program, "\(folder)/redis.conf"] + mode
            if let recorder, let record {
                command = ["env", "LD_PRELOAD=\(recorder)", "FIBQ_SYNC_RECORD=\(record.path)"] + command
            }
            supervisor = try ServerSupervisor(folder: folder, command: launcher + command)
        } catch {
            Self.removeFolder(folder)
            throw error as? RedisError ?? .privateServer(reason: "\(error)")
        }
        // If it fails, there is a server object already, whose `deinit` clears up.
        try start()
    }

    deinit { stop() }

    /// Ends the server and removes its folder. Later calls do nothing.
    package func stop() { supervisor.stop() }

    /// The process id of the server, of the last one if none runs, for experiments that pause or kill it.
    package var processID: pid_t { lastProcessID.withLock { $0 } }

    /// Sends the server a signal, such as SIGSTOP and SIGCONT.
    package func send(signal: Int32) { _ = Glibc.kill(processID, signal) }

    /// Starts the server, after having killed the one that runs, and waits until it answers.
    func start() throws(RedisError) {
        try settings.withLock { settings throws(RedisError) in try settings.write(to: "\(folder)/redis.conf") }
        // A recorder says that it is at work when it is loaded, and not again: the old server's does not interfere.
        try record?.awaitUse()
        try supervisor.start()
        let processID = try awaitAnswer()
        lastProcessID.withLock { $0 = processID }
        guard let record, try !record.isInUse() else { return }
        throw .privateServer(reason: "the library that records syncs was not loaded into it")
    }

    /// Polls until the server answers a handshake; its own last words are the reason when it never does.
    private func awaitAnswer() throws(RedisError) -> pid_t {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do {
                return pid_t(try RedisConnection(to: endpoint).server.integer("process_id"))
            } catch {
                guard error.isConnectionLost || error.serverCode == "LOADING" else { throw error }
                if supervisor.hasServerEnded || ContinuousClock.now > deadline {
                    throw .privateServer(reason: supervisor.lastWords ?? "\(error)")
                }
                usleep(2_000)
            }
        }
    }

    /// What FIBQ_REDIS_SERVER says, a name or a path, such as that of another version or of Valkey; else redis-server.
    private static func program() throws(RedisError) -> String {
        let given = ProcessInfo.processInfo.environment["FIBQ_REDIS_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
        do {
            let path = try ExecutableSearch.path(of: given ?? "redis-server")
            guard unsafe access(path, X_OK) == 0 else { throw ProcessError.notFound(name: path) }
            return path
        } catch {
            guard let given else {
                throw .privateServer(reason: "redis-server is not installed: apt-get install redis-server")
            }
            throw .privateServer(reason: "FIBQ_REDIS_SERVER is '\(given)', which can't be executed")
        }
    }

    private static func makeFolder() throws(RedisError) -> String {
        do throws(ProcessError) {
            return try SocketFolder.make("fibq-redis")
        } catch {
            throw .privateServer(reason: "\(error)")
        }
    }

    private static func removeFolder(_ folder: String) {
        // It is a leftover of a start that failed and is reported already.
        try? FileManager.default.removeItem(atPath: folder)
    }
}
