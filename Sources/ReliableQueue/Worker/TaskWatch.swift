import Glibc
import Synchronization

/// A task that was given up since it took too long.
public struct OverdueTask: Sendable {
    /// Its identity; `nil` for something that is no task.
    public let id: TaskID?
    /// True when it still runs on a thread, which nobody can stop from outside: only the end of the process does.
    public let isStuck: Bool
}

/// Gives up tasks that are over their time limit, on a thread of its own. Safe to use from any thread.
///
/// Watching a task costs two short locks. A task is given up at most a twentieth of the limit late, 5 ms at least, plus what
/// those take that are given up before it, since that is done one after the other.
final class TaskWatch: Sendable {
    /// A watched task.
    struct Ticket: Sendable {
        fileprivate let number: UInt64
    }

    /// How a watched task came to its end.
    enum Ending {
        /// By itself, and the watch has not touched it.
        case inTime
        /// By itself, while it was being given up: it is settled, and counts as one that does not run any more.
        case overdue
        /// By itself after all, when it had been given up and was taken for stuck.
        case afterwards
    }

    private struct Watched {
        let deadline: UInt64
        let giveUp: @Sendable () -> Void
        let report: @Sendable (_ isRunning: Bool) -> Void
    }

    private struct State {
        var watched: [UInt64: Watched] = [:]
        var last: UInt64 = 0
        /// The one that is being given up, and whether it has ended meanwhile.
        var current: (number: UInt64, hasEnded: Bool)?
    }

    private let limit: Duration
    private let limitNanoseconds: UInt64
    private let state = Mutex(State())

    init(limit: Duration) {
        self.limit = limit
        limitNanoseconds = limit.monotonicNanoseconds
    }

    /// Why a task is given up.
    var reason: String { "over its time limit of \(limit)" }

    /// Begins to watch a task. Both closures are called at most once, one after the other, on the watch's thread.
    ///
    /// - Parameters:
    ///   - giveUp: settles it; whoever ends the task meanwhile waits until this is over.
    ///   - report: told then whether the task still runs.
    func begin(
        _ giveUp: @escaping @Sendable () -> Void, thenReport report: @escaping @Sendable (_ isRunning: Bool) -> Void
    ) -> Ticket {
        let deadline = monotonicNanoseconds() + limitNanoseconds
        return state.withLock { state in
            state.last += 1
            state.watched[state.last] = Watched(deadline: deadline, giveUp: giveUp, report: report)
            return Ticket(number: state.last)
        }
    }

    /// The task has come to its end by itself. When it is being given up at this very moment, that is waited for: whoever
    /// settles it uses its claim.
    func end(_ ticket: Ticket) -> Ending {
        var hasWaited = false
        while true {
            let ending: Ending? = state.withLock { state in
                if state.watched.removeValue(forKey: ticket.number) != nil { return .inTime }
                guard state.current?.number == ticket.number else { return hasWaited ? .overdue : .afterwards }
                state.current?.hasEnded = true
                return nil
            }
            if let ending { return ending }
            hasWaited = true
            usleep(1_000)
        }
    }

    /// Looks after the tasks until `done` is set.
    func run(until done: StopSignal) {
        while !done.wait(upTo: max(.milliseconds(5), limit / 20)) {
            while let late = takeLate() {
                late.giveUp()
                let isRunning = state.withLock { state in
                    defer { state.current = nil }
                    return state.current?.hasEnded == false
                }
                late.report(isRunning)
            }
        }
    }

    private func takeLate() -> Watched? {
        let now = monotonicNanoseconds()
        return state.withLock { state in
            guard let late = state.watched.first(where: { $0.value.deadline <= now }) else { return nil }
            state.watched[late.key] = nil
            state.current = (late.key, false)
            return late.value
        }
    }
}
