import Glibc
import Processes
import Synchronization
import Testing

/// Threads of their own.
@Suite struct DedicatedThreadTests {
    @Test func joinWaitsForTheBody() {
        let sum = Atomic(0)
        let threads = (1...20).map { number in
            DedicatedThread(name: "adder") {
                usleep(1_000)
                sum.add(number, ordering: .relaxed)
            }
        }
        for thread in threads { thread.join() }
        // A second join returns at once.
        for thread in threads { thread.join() }
        #expect(sum.load(ordering: .relaxed) == 210)
    }

    @Test func theNameIsSeenFromOutside() {
        let name = Mutex("")
        DedicatedThread(name: "a-name-longer-than-fifteen") {
            let file = unsafe open("/proc/thread-self/comm", O_RDONLY)
            name.withLock { $0 = readAll(file) }
            close(file)
        }.join()
        #expect(name.withLock { $0 } == "a-name-longer-t\n")
    }
}
