import Foundation
import Measurement
import Testing

/// What the threads of this process use that nobody measures by themselves.
@Suite("Service threads")
struct ServiceThreadsTests {
    @Test("what a thread computes is counted, and never taken back when it ends")
    func counted() {
        var account = ServiceThreads { _ in false }
        let before = account.sample()
        let ended = DispatchSemaphore(value: 0)
        let thread = Thread {
            let end = MonotonicClock.nanoseconds() + 50_000_000
            var sum: UInt64 = 1
            while MonotonicClock.nanoseconds() < end { sum = sum &* 3 &+ 1 }
            ended.signal()
            Thread.sleep(forTimeInterval: 0.2)
        }
        thread.start()
        ended.wait()
        let during = account.sample()
        #expect((during - before).cpu > 1_000_000)
        while !thread.isFinished { Thread.sleep(forTimeInterval: 0.01) }
        #expect(account.sample().cpu >= during.cpu)
    }

    @Test("threads with an account of their own are left out")
    func own() {
        var account = ServiceThreads { _ in true }
        #expect(account.sample() == ServiceThreads { _ in true }.sampled())
        #expect(account.sample().cpu == 0)
    }
}

extension ServiceThreads {
    fileprivate func sampled() -> Sample {
        var copy = self
        return copy.sample()
    }
}
