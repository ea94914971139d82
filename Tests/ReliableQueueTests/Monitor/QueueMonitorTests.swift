import Processes
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Monitors: their pace, and that they come to an end.
@Suite struct QueueMonitorTests {
    private func monitor(interval: Duration = .milliseconds(500)) throws -> QueueMonitor {
        QueueMonitor(try TestQueue().configuration, interval: interval)
    }

    @Test func restsAsLongAsAStepTookWhileThereIsMore() throws {
        var recovery = Recovery()
        recovery.hasMore = true
        recovery.nextExpiry = .zero
        #expect(try monitor().pause(after: recovery, took: .milliseconds(3)) == .milliseconds(3))
    }

    @Test func looksEachIntervalWhileLeasesAreHeld() throws {
        var recovery = Recovery()
        recovery.nextExpiry = .seconds(100)
        #expect(try monitor().pause(after: recovery, took: .milliseconds(3)) == .milliseconds(500))
    }

    @Test func looksSeldomWhileNoneIs() throws {
        #expect(try monitor().pause(after: Recovery(), took: .zero) == .seconds(1))
        #expect(try monitor(interval: .seconds(3)).pause(after: Recovery(), took: .zero) == .seconds(3))
    }

    @Test(arguments: QueueProtocol.allCases.filter(\.recovers))
    func recoversUntilItIsStopped(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(20, through: queue)
        while let claim = try queue.claim(4) { try test.expire(claim) }
        let stop = StopSignal()
        let recovered = Atomic(0)
        let threads = (0..<2).map { _ in
            DedicatedThread(name: "monitor") { [configuration = test.configuration] in
                let monitor = QueueMonitor(configuration, interval: .milliseconds(2))
                do {
                    try monitor.run(until: stop) { recovered.add($0.recovered, ordering: .relaxed) }
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(eventually { recovered.load(ordering: .relaxed) >= 20 })
        stop.set()
        for thread in threads { thread.join() }
    }

    @Test func aQueueThatCannotRecoverNeedsNone() throws {
        let test = try TestQueue(.pop)
        // It returns at once, without being stopped.
        try QueueMonitor(test.configuration, interval: .seconds(1)).run(until: StopSignal())
    }
}
