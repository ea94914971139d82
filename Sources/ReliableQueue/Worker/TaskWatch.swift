import Glibc
import Redis
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
/// Watching a task costs two short locks. It is given up at most a twentieth of the limit late, 5 ms at least.
final class TaskWatch: Sendable {
    /// A watched task.
    struct Ticket: Sendable {
        fileprivate let number: UInt64
    }

    private struct State {
        var watched: [UInt64: (deadline: UInt64, giveUp: @Sendable () -> Void)] = [:]
        var last: UInt64 = 0
        /// The one that is being given up.
        var current: UInt64?
    }

    private let limit: Duration
    private let limitNanoseconds: UInt64
    private let state = Mutex(State())

    init(limit: Duration) {
        self.limit = limit
        limitNanoseconds = UInt64(max(0, limit.microseconds)) * 1_000
    }

    /// Why a task is given up.
    var reason: String { "over its time limit of \(limit)" }

    /// Begins to watch a task.
    ///
    /// - Parameter giveUp: settles it with the queue; called at most once, on the watch's thread, while the task runs.
    func begin(_ giveUp: @escaping @Sendable () -> Void) -> Ticket {
        let deadline = monotonicNanoseconds() + limitNanoseconds
        return state.withLock { state in
            state.last += 1
            state.watched[state.last] = (deadline, giveUp)
            return Ticket(number: state.last)
        }
    }

    /// The task has come to its end by itself; true when it had been given up, and is settled.
    func end(_ ticket: Ticket) -> Bool {
        while true {
            let (isGivenUp, isBeing) = state.withLock { state in
                (state.watched.removeValue(forKey: ticket.number) == nil, state.current == ticket.number)
            }
            if !isBeing { return isGivenUp }
            // It is being settled at this very moment: whoever settles it uses its claim.
            usleep(1_000)
        }
    }

    /// Looks after the tasks until `done` is set.
    func run(until done: StopSignal) {
        while !done.wait(upTo: max(.milliseconds(5), limit / 20)) {
            while let giveUp = takeLate() {
                giveUp()
                state.withLock { $0.current = nil }
            }
        }
    }

    private func takeLate() -> (@Sendable () -> Void)? {
        let now = monotonicNanoseconds()
        return state.withLock { state in
            guard let late = state.watched.first(where: { $0.value.deadline <= now }) else { return nil }
            state.watched[late.key] = nil
            state.current = late.key
            return late.value.giveUp
        }
    }
}
