import Processes
import ReliableQueue
import Synchronization
import Testing

/// A signal to stop.
@Suite struct StopSignalTests {
    @Test func wakesEverybodyOnce() {
        let (stop, woken) = (StopSignal(), Counter())
        let threads = (0..<4).map { _ in
            DedicatedThread(name: "sleeper") {
                if stop.wait(upTo: .seconds(60)) { woken.value.add(1, ordering: .relaxed) }
            }
        }
        #expect(!stop.isSet)
        stop.set()
        stop.set()
        for thread in threads { thread.join() }
        #expect(stop.isSet)
        #expect(stop.wait(upTo: .zero))
        #expect(woken.value.load(ordering: .relaxed) == 4)
    }

    @Test func waitingEndsWithItsTime() {
        let stop = StopSignal()
        #expect(!stop.wait(upTo: .milliseconds(1)))
        #expect(!stop.wait(upTo: .zero))
        #expect(!stop.wait(upTo: .seconds(-1)))
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }
}
