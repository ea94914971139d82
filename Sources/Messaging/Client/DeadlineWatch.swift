import Measurement
import Synchronization

/// Ends calls that take too long: one loop for all of them, instead of a timer and a task each.
///
/// Watching a call costs two short locks. A call is ended at most a twentieth of the time limit late.
final class DeadlineWatch: Sendable {
    /// What ends a call. It is called at most once, perhaps while the call ends by itself.
    typealias End = @Sendable () async -> Void

    /// A watched call.
    struct Ticket: Sendable {
        fileprivate let number: UInt64
    }

    private struct State {
        var ends: [UInt64: (deadline: UInt64, end: End)] = [:]
        var last: UInt64 = 0
    }

    private let limit: Duration
    private let limitNanoseconds: UInt64
    private let state = Mutex(State())

    /// Every call may take as long as `limit`.
    init(limit: Duration) {
        self.limit = limit
        limitNanoseconds = limit.nanoseconds
    }

    /// Begins to watch a call.
    func watch(_ end: @escaping End) -> Ticket {
        let deadline = MonotonicClock.nanoseconds() + limitNanoseconds
        return state.withLock { state in
            state.last += 1
            state.ends[state.last] = (deadline, end)
            return Ticket(number: state.last)
        }
    }

    /// Ends watching it; true when it had been ended.
    func forget(_ ticket: Ticket) -> Bool {
        state.withLock { $0.ends.removeValue(forKey: ticket.number) == nil }
    }

    /// Looks after the calls until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            // Cancellation ends the pause, and with it the loop.
            try? await Task.sleep(for: limit / 20)
            for end in takeLate(at: MonotonicClock.nanoseconds()) { await end() }
        }
    }

    private func takeLate(at now: UInt64) -> [End] {
        state.withLock { state in
            let late = state.ends.filter { $0.value.deadline <= now }
            for number in late.keys { state.ends[number] = nil }
            return late.values.map(\.end)
        }
    }
}

extension Duration {
    /// Whole nanoseconds, rounded down; 0 when negative.
    var nanoseconds: UInt64 {
        UInt64(max(0, components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000))
    }
}
