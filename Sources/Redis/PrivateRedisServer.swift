import Foundation
package import Glibc
import Processes
import Synchronization

/// A redis-server of this program's own, on a unix socket in a temporary folder.
///
/// It ends, and its folder goes, on every exit path: ``stop()``, the last reference, an error, and also when this
/// process is killed: a small shell stands between, reads a ``Lifeline``, and clears up when it breaks.
package final class PrivateRedisServer: Sendable {
    /// Where it answers.
    package let endpoint: RedisEndpoint
    /// The server's process id, for experiments that pause or kill it.
    package let processID: pid_t
    /// The temporary folder that holds its socket, log and data.
    package let folder: String

    private let supervisor: ChildProcess
    private let lifeline: Mutex<Lifeline?>

    /// The shell's part: start the server, wait for the lifeline to break, end the server, remove the folder.
    private static let supervision = """
        trap '' INT TERM HUP
        folder=$1; shift
        setpriv --pdeathsig KILL "$@" > "$folder/output" 2>&1 &
        echo $! > "$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
        read -r nothing
        kill -KILL $! 2> /dev/null
        wait
        rm -rf "$folder"
        """

    /// Starts a server and waits until it answers.
    ///
    /// - Parameters:
    ///   - durability: what it promises about a write.
    ///   - settings: further settings of redis.conf, by name.
    /// - Throws: ``RedisError/privateServer(reason:)`` when redis-server is missing or does not start, and
    ///   ``RedisError/serverTooOld(version:needed:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package init(durability: Durability = .none, settings: [(String, String)] = []) throws(RedisError) {
        let program = try Self.program()
        folder = try Self.makeFolder()
        let socket = "\(folder)/redis.sock"
        endpoint = RedisEndpoint(.unixSocket(path: socket))
        let all =
            [
                ("port", "0"), ("unixsocket", socket), ("dir", folder), ("save", ""), ("daemonize", "no"),
                ("maxmemory-policy", "noeviction"), ("loglevel", "notice"),
            ] + durability.settings.map { ($0.name, $0.value) } + settings
        let arguments = all.flatMap { name, value in ["--\(name)", value] }
        do {
            var lifeline = try Lifeline()
            supervisor = try ChildProcess(
                executable: ExecutableSearch.path(of: "sh"),
                arguments: ["-c", Self.supervision, "fibq-redis", folder, program] + arguments,
                standardInput: lifeline.childEnd)
            lifeline.closeChildEnd()
            self.lifeline = Mutex(consume lifeline)
        } catch {
            Self.removeFolder(folder)
            throw .privateServer(reason: "\(error)")
        }
        do {
            processID = try Self.awaitAnswer(from: endpoint, folder: folder)
        } catch {
            // Without a server there is no `deinit`: the shell is told here, and reaped.
            lifeline.withLock { $0 = nil }
            _ = supervisor.wait(upTo: .seconds(10))
            throw error
        }
    }

    deinit { stop() }

    /// Ends the server and removes its folder. Later calls do nothing.
    package func stop() {
        lifeline.withLock { $0 = nil }
        _ = supervisor.wait(upTo: .seconds(10))
    }

    /// Sends the server a signal, such as SIGSTOP and SIGCONT.
    package func send(signal: Int32) {
        kill(processID, signal)
    }

    private static func program() throws(RedisError) -> String {
        do {
            return try ExecutableSearch.path(of: "redis-server")
        } catch {
            throw .privateServer(reason: "redis-server is not installed: apt-get install redis-server")
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

    /// Polls until the server answers a handshake; its own last words are the reason when it never does.
    private static func awaitAnswer(from endpoint: RedisEndpoint, folder: String) throws(RedisError) -> pid_t {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                let connection = try RedisConnection(to: endpoint)
                return pid_t(connection.server.integer("process_id"))
            } catch {
                guard error.isConnectionLost || error.serverCode == "LOADING" else { throw error }
                if hasEnded(folder: folder) || ContinuousClock.now > deadline {
                    throw .privateServer(reason: lastWords(folder: folder) ?? "\(error)")
                }
                usleep(2_000)
            }
        }
    }

    /// True when the shell has started the server and it has ended since (a zombie until the shell reaps it).
    private static func hasEnded(folder: String) -> Bool {
        guard let text = try? String(contentsOfFile: "\(folder)/pid", encoding: .utf8),
            let processID = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return false }
        guard let status = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return true }
        return status.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    private static func lastWords(folder: String) -> String? {
        let output = try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)
        return output?.split(whereSeparator: \.isNewline).last { !$0.isEmpty }.map(String.init)
    }
}
