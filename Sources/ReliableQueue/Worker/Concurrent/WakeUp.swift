import Dispatch
import Redis
import Synchronization

/// Wakes one thread. A wake-up that comes while that thread is awake is remembered, and several count as one: whoever
/// wakes changes the state first, and the thread looks at it after each wake-up.
final class WakeUp: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isGiven = Atomic(false)

    /// Wakes the thread, or keeps it from falling asleep. Costs a system call at most once for each wake-up taken.
    func give() {
        if !isGiven.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Sleeps until it is woken, at most `limit`.
    func take(upTo limit: Duration) {
        let nanoseconds = Int(clamping: limit.microseconds) &* 1_000
        if semaphore.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success {
            isGiven.store(false, ordering: .releasing)
        }
    }
}
