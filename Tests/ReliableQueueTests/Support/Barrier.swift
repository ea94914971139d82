import Synchronization
import TestSupport

/// Lets tasks go on when it is opened.
final class Barrier: Sendable {
    private let state = Mutex((arrived: 0, isOpen: false))

    /// How many have come to it.
    var arrived: Int { state.withLock { $0.arrived } }

    /// Lets all go on, those too that come later.
    func open() { state.withLock { $0.isOpen = true } }

    /// Waits until it is open, for a minute at most.
    func pass() {
        state.withLock { $0.arrived += 1 }
        _ = eventually(within: .seconds(60)) { state.withLock { $0.isOpen } }
    }
}
