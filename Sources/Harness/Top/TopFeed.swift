import Glibc
import Processes
import ReliableQueue
import Reporting
import Synchronization

/// The pages of a live view, one after the other, made on a thread of their own: a server that hangs holds nobody up.
final class TopFeed: Sendable {
    /// What there is to show.
    struct State: Sendable {
        /// The newest page; with an alarm on it while the server is away.
        var page: TopPage
        /// Which one it is, from 0.
        var number = 0
    }

    private let state: Mutex<State>
    private let stop = StopSignal()
    private let thread: Mutex<DedicatedThread?>

    /// Begins with a page, and goes on with what `next` makes, every so often.
    ///
    /// - Parameter next: makes the page that follows one.
    init(from first: TopPage, every period: Duration, next: @escaping @Sendable (TopPage) -> TopPage) {
        state = Mutex(State(page: first))
        thread = Mutex(nil)
        let thread = DedicatedThread(name: "top") {
            while !self.stop.wait(upTo: period) {
                let page = next(self.latest.page)
                self.state.withLock { $0 = State(page: page, number: $0.number + 1) }
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// The newest page.
    var latest: State { state.withLock { $0 } }

    /// Ends it: waits for the reading that is under way.
    func end() {
        stop.set()
        thread.withLock { $0 }?.join()
    }
}
