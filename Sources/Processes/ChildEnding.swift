import Dispatch
import Glibc
import Synchronization

/// How a child ended and what it had used by then, once it has.
final class ChildEnding: Sendable {
    /// The end.
    struct End: Sendable {
        let status: ExitStatus
        let usage: ProcessUsage
    }

    private let state = Mutex<End?>(nil)
    private let group = DispatchGroup()

    init() { group.enter() }

    /// The end; `nil` while the child runs.
    var end: End? { state.withLock { $0 } }

    /// Waits for the end, at most `limit` if one is given.
    func wait(upTo limit: Duration?) {
        guard let limit else { return group.wait() }
        let (seconds, attoseconds) = limit.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        _ = group.wait(timeout: .now() + .nanoseconds(Int(max(0, nanoseconds))))
    }

    /// Does something that must not be done once the child's id is free for another process.
    func unlessEnded(_ body: () -> Void) {
        state.withLock { end in
            if end == nil { body() }
        }
    }

    /// Blocks until the child ends, and reaps it.
    ///
    /// The kernel keeps the id until the child is reaped, which happens under the lock: nobody can signal it afterwards.
    func await(_ processID: pid_t) {
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { end in
            var raw: Int32 = 0
            var usage = rusage()
            _ = unsafe wait4(processID, &raw, 0, &usage)
            end = End(status: ExitStatus(waitStatus: raw), usage: ProcessUsage(usage))
        }
        group.leave()
    }
}
