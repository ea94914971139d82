package import Glibc
import Synchronization

/// A child process: started, signalled and reaped by its own process id.
///
/// Unlike a shell or a task runner it promises three things that fault experiments need: the child's
/// signals are reset to their defaults, it can be put in a process group of its own (so that Ctrl-C at the
/// terminal reaches only the parent, which then decides), and a child that was reaped is never signalled
/// again, since its id may belong to somebody else by then. It is reaped the moment it ends, on a thread of its own,
/// also when nobody holds this object any more. Safe to use from any thread.
package final class ChildProcess: Sendable {
    /// The kernel's id of the child.
    package let processID: pid_t
    private let ending = ChildEnding()

    /// Starts `executable` with `arguments` (the program's name is added in front).
    ///
    /// - Parameters:
    ///   - executable: an absolute path; see ``ExecutableSearch`` to find one on the PATH.
    ///   - standardInput: the descriptor that becomes its standard input; `nil` is `/dev/null`.
    ///   - standardOutput: likewise; `nil` leaves it the parent's.
    ///   - standardError: likewise; `nil` leaves it the parent's.
    ///   - ownGroup: true puts the child into a process group of its own.
    package init(
        executable: String, arguments: [String],
        standardInput: Int32? = nil, standardOutput: Int32? = nil, standardError: Int32? = nil,
        ownGroup: Bool = true
    ) throws(ProcessError) {
        var spawn = SpawnSettings(ownGroup: ownGroup)
        defer { spawn.destroy() }
        if let standardInput {
            spawn.redirect(standardInput, to: STDIN_FILENO)
        } else {
            spawn.openNull(as: STDIN_FILENO)
        }
        if let standardOutput { spawn.redirect(standardOutput, to: STDOUT_FILENO) }
        if let standardError { spawn.redirect(standardError, to: STDERR_FILENO) }
        processID = try spawnLock.withLock { _ throws(ProcessError) in
            try spawn.start(executable, [executable] + arguments)
        }
        DedicatedThread.detached(name: "reaper") { [processID, ending] in ending.await(processID) }
    }

    /// How the child ended, or `nil` while it runs. Never blocks.
    package func poll() -> ExitStatus? { ending.end?.status }

    /// What the child used in all; `nil` while it runs.
    package var usage: ProcessUsage? { ending.end?.usage }

    /// Waits for the child's end, up to `limit` if one is given; `nil` if it still runs by then.
    package func wait(upTo limit: Duration? = nil) -> ExitStatus? {
        ending.wait(upTo: limit)
        return poll()
    }

    /// Sends `signal`, unless the child has ended.
    package func send(signal: Int32) {
        ending.unlessEnded { kill(processID, signal) }
    }

    /// Asks the child to end (SIGTERM), and ends it with SIGKILL when it has not by `grace`.
    @discardableResult
    package func stop(grace: Duration) -> ExitStatus? {
        send(signal: SIGTERM)
        if let status = wait(upTo: grace) { return status }
        send(signal: SIGKILL)
        return wait(upTo: .seconds(10))
    }
}

/// What a process used from its start to its end, as the kernel counted it.
package struct ProcessUsage: Equatable, Sendable {
    /// CPU time, user and system.
    package let cpuSeconds: Double

    init(_ usage: rusage) {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

/// How a process ended.
package enum ExitStatus: Equatable, Sendable, CustomStringConvertible {
    /// It ended by itself with this code.
    case exited(Int32)
    /// A signal ended it.
    case signalled(Int32)

    /// Decodes what waitpid(2) reports.
    init(waitStatus raw: Int32) {
        let signal = raw & 0x7f
        self = signal == 0 ? .exited((raw >> 8) & 0xff) : .signalled(signal)
    }

    /// For messages: "exit code 1", "signal 9".
    package var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .signalled(let signal): "signal \(signal)"
        }
    }
}

/// Why a process could not be started.
package enum ProcessError: Error, Equatable, CustomStringConvertible {
    /// No program of that name on the PATH.
    case notFound(name: String)
    /// The kernel refused to start it.
    case notStarted(executable: String, code: Int32)
    /// No temporary folder can be made.
    case noFolder(in: String, code: Int32)
    /// No limits of their own can be put on processes.
    case noControlGroup(reason: String)

    /// One line that says what to do.
    package var description: String {
        switch self {
        case .notFound(let name): "\(name) was not found on the PATH"
        case .notStarted(let executable, let code):
            "\(executable) could not be started: \(Self.words(of: code))"
        case .noFolder(let base, let code):
            "no temporary folder in \(base): \(Self.words(of: code))"
        case .noControlGroup(let reason):
            "processes can't be given limits: \(reason)"
        }
    }

    /// What the system says of an error number.
    static func words(of code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
