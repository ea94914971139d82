import Foundation
import Measurement
import Testing

@Suite("Thread account")
struct ThreadAccountTests {
    @Test("work on the thread shows as CPU time, within wall time")
    func work() throws {
        let account = try ThreadAccount()
        let before = account.sample()
        var sum: UInt64 = 0
        while account.sample().cpu - before.cpu < 5_000_000 { sum &+= before.wall }
        let used = account.sample() - before
        #expect(used.cpu >= 5_000_000)
        #expect(used.cpu <= used.wall + 1_000_000, "a thread has one core at a time (\(sum))")
    }

    @Test("samples never go back")
    func monotonic() throws {
        let account = try ThreadAccount()
        var last = account.sample()
        for _ in 0..<1_000 {
            let next = account.sample()
            #expect(next.wall >= last.wall && next.cpu >= last.cpu && next.runDelay >= last.runDelay)
            last = next
        }
    }

    @Test("a wait is a voluntary switch and no CPU time")
    func waiting() throws {
        let account = try ThreadAccount()
        let before = account.sample()
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(20))
        let used = account.sample() - before
        #expect(used.voluntarySwitches >= 1)
        #expect(used.wall >= 20_000_000)
        #expect(used.cpu < used.wall)
    }

    @Test("the run delay is that of the kernel's file")
    func runDelay() throws {
        let account = try ThreadAccount()
        let hasRunDelay = account.hasRunDelay
        try #require(hasRunDelay)
        func fromFile() throws -> UInt64 {
            let text = try String(contentsOfFile: "/proc/thread-self/schedstat", encoding: .utf8)
            return try #require(UInt64(text.split(separator: " ")[1]))
        }
        let before = try fromFile()
        let sampled = account.sample().runDelay
        let after = try fromFile()
        #expect(before <= sampled && sampled <= after)
    }

    @Test("a difference is taken field by field")
    func difference() {
        let earlier = ThreadSample(wall: 10, cpu: 5, runDelay: 1, voluntarySwitches: 2, involuntarySwitches: 3)
        let later = ThreadSample(wall: 110, cpu: 55, runDelay: 11, voluntarySwitches: 22, involuntarySwitches: 33)
        #expect(
            later - earlier
                == ThreadSample(wall: 100, cpu: 50, runDelay: 10, voluntarySwitches: 20, involuntarySwitches: 30))
    }
}
