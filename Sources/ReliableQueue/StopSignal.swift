import Dispatch
import Synchronization

/// Tells any number of threads, once, to come to an end; they may wait on it instead of sleeping.
public final class StopSignal: Sendable {
    private let flag = Atomic(false)
    private let group = DispatchGroup()

    /// A signal that is not given yet.
    public init() { group.enter() }

    deinit { set() }

    /// True once it was given.
    public var isSet: Bool { flag.load(ordering: .acquiring) }

    /// Gives it, and wakes whoever waits. Later calls do nothing.
    public func set() {
        if flag.exchange(true, ordering: .acquiringAndReleasing) == false { group.leave() }
    }

    /// Waits until it is given, or until the task is cancelled.
    public func wait() async {
        let waiter = Waiter()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiter.begin(continuation)
                group.notify(queue: .global()) { waiter.end() }
            }
        } onCancel: {
            waiter.end()
        }
    }

    /// Resumes a waiting task, once.
    private final class Waiter: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Void, Never>?
            var isOver = false
        }

        private let state = Mutex(State())

        func begin(_ continuation: CheckedContinuation<Void, Never>) {
            let isOver = state.withLock { state in
                if !state.isOver { state.continuation = continuation }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }

        func end() {
            let continuation = state.withLock { state in
                state.isOver = true
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }
    }

    /// Waits until it is given, at most `limit`; true when it was.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func wait(upTo limit: Duration) -> Bool {
        let nanoseconds = Int(clamping: limit.microsecondsRounded) &* 1_000
        return group.wait(timeout: .now() + .nanoseconds(max(0, nanoseconds))) == .success
    }
}
