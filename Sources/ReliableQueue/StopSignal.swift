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

    /// Waits until it is given, at most `limit`; true when it was.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func wait(upTo limit: Duration) -> Bool {
        let nanoseconds = Int(clamping: limit.microsecondsRounded) &* 1_000
        return group.wait(timeout: .now() + .nanoseconds(max(0, nanoseconds))) == .success
    }
}
