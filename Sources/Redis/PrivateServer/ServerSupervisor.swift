import Foundation
import Glibc
import Processes
import Synchronization

/// A small shell between this process and its redis-server, which starts and kills the server when it is told to.
///
/// It reads a ``Lifeline``: when that breaks, however this process ended and whether or not a server runs at that
/// moment, it kills the server and removes the folder. Being the server's parent it kills it by an id that nobody else
/// can have. Orders are numbered, and it says of each that it was carried out: of a kill, once the server has ended with all
/// of its threads. (What the server had forked is killed at that moment too, and not waited for.)
final class ServerSupervisor: Sendable {
    private let shell: ChildProcess
    private let lifeline: Mutex<Lifeline?>
    private let folder: String
    /// How many orders were given.
    private let orders = Atomic(0)

    /// The shell itself is silent: it would report each kill.
    ///
    /// The file `pid` is there from a server's start until its end was seen; the file `done` holds the number of the last
    /// order that was carried out. The server has a process group of its own, so that what it forked to rewrite its file is
    /// killed with it.
    private static let script = """
        trap '' INT TERM HUP
        exec 2> /dev/null
        folder=$1; shift
        server=
        end() {
            [ -n "$server" ] || return
            kill -KILL "-$server" "$server"
            wait "$server"
            server=
            rm -f "$folder/pid"
        }
        while read -r number order; do
            end
            if [ "$order" = start ]; then
                setsid setpriv --pdeathsig KILL "$@" > "$folder/output" 2>&1 &
                server=$!
                echo "$server" > "$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
            fi
            echo "$number" > "$folder/done.new" && mv "$folder/done.new" "$folder/done"
        done
        end
        rm -rf "$folder"
        """

    /// Starts the shell, which owns `folder` from now on, and starts nothing yet.
    ///
    /// - Parameter command: the program, and its arguments.
    init(folder: String, command: [String]) throws(ProcessError) {
        // A shell that is gone must not take this process along when it is told something.
        BrokenPipes.ignore()
        self.folder = folder
        var lifeline = try Lifeline()
        shell = try ChildProcess(
            executable: ExecutableSearch.path(of: "sh"),
            arguments: ["-c", Self.script, "fibq-redis", folder] + command, standardInput: lifeline.childEnd)
        lifeline.closeChildEnd()
        self.lifeline = Mutex(consume lifeline)
    }

    /// Starts the server, after having killed the one that runs, and does not wait until it answers.
    func start() throws(RedisError) { try carryOut("start") }

    /// Kills the server with SIGKILL, if one runs, and waits until it has ended.
    func kill() throws(RedisError) { try carryOut("kill") }

    /// Ends server and shell, and removes the folder. Later calls do nothing.
    func stop() {
        lifeline.withLock { $0 = nil }
        _ = shell.wait(upTo: .seconds(10))
    }

    /// True when a server was started and has ended since, or when the shell itself is gone.
    var hasServerEnded: Bool {
        if shell.poll() != nil { return true }
        guard let text = try? String(contentsOfFile: "\(folder)/pid", encoding: .utf8),
            let processID = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return false }
        guard let status = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return true }
        // A zombie until the shell reaps it.
        return status.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    /// The last line that the server has printed.
    var lastWords: String? {
        let output = try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)
        return output?.split(whereSeparator: \.isNewline).last { !$0.isEmpty }.map(String.init)
    }

    /// Gives an order and waits until it was carried out.
    private func carryOut(_ order: String) throws(RedisError) {
        let number = orders.add(1, ordering: .relaxed).newValue
        let isHeard = lifeline.withLock { lifeline in
            switch lifeline {
            case .some(let lifeline): lifeline.say("\(number) \(order)")
            case .none: false
            }
        }
        guard isHeard else { throw .privateServer(reason: "it was stopped for good") }
        let deadline = ContinuousClock.now + .seconds(20)
        while lastDone < number {
            guard shell.poll() == nil else { throw .privateServer(reason: "the shell that keeps it has ended") }
            guard ContinuousClock.now < deadline else { throw .privateServer(reason: "the old one does not end") }
            usleep(500)
        }
    }

    /// The number of the last order that was carried out.
    private var lastDone: Int {
        guard let text = try? String(contentsOfFile: "\(folder)/done", encoding: .utf8) else { return 0 }
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
