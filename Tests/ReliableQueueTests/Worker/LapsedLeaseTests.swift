import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Workers that can't know whether they still hold what they claimed.
@Suite struct LapsedLeaseTests {
    fileprivate static let lease = Duration.milliseconds(300)

    /// Lets the leases of all that is held run out, by any clock.
    fileprivate static func letLeasesRunOut() { usleep(UInt32((lease * 2).microseconds)) }

    /// The server does not answer. Nothing begins until it does.
    @Test(arguments: [QueueProtocol.lease, .stream, .lock])
    func nothingBeginsUnderALeaseThatHasRunOut(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(queueProtocol, on: server) { $0.lockDepth = 4 }
        let barrier = Barrier()
        let worker = RunningWorker(test, shortestLease: Self.lease, monitorInterval: .milliseconds(50)) { task in
            if task.id.batch == 2 { barrier.pass() }
            return .done
        }
        let queue = try test.open()
        // One task makes the worker claim more the next time.
        try test.fill(1, through: queue)
        #expect(eventually { worker.record.runs.count == 1 })
        try test.fill(4, through: queue)
        #expect(eventually { barrier.arrived == 1 })
        server.send(signal: SIGSTOP)
        Self.letLeasesRunOut()
        barrier.open()
        Self.letLeasesRunOut()
        #expect(barrier.arrived == 1)
        server.send(signal: SIGCONT)
        #expect(eventually { barrier.arrived >= 4 })
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
    }

    /// The same of a worker that runs many at once: what was claimed ahead goes back, and is claimed again.
    @Test func nothingThatWaitsForASlotBegins() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Concurrent.nothingThatWaitsForASlotBegins) }
    }

    /// A lease of a minute that somebody has taken all the same: the effect's guard knows it before the keeper does.
    @Test func whoIsSupersededAsksBeforeItGoesOn() throws {
        let test = try TestQueue()
        let barrier = Barrier()
        let worker = RunningWorker(test, shortestLease: .seconds(60), monitorInterval: nil) { task in
            if task.id.batch == 1 { return .done }
            barrier.pass()
            return .superseded
        }
        let queue = try test.open()
        try test.fill(1, through: queue)
        #expect(eventually { worker.record.runs.count == 1 })
        try test.fill(4, through: queue)
        #expect(eventually { barrier.arrived == 1 })
        let claim = try test.raw.call("ZRANGE", test.key("leases"), "0", "0").text(at: 0)
        _ = try test.raw.call("ZADD", test.key("leases"), "XX", "1", claim)
        #expect(try queue.recover().recovered == 4)
        let taken = try #require(try queue.claim())
        barrier.open()
        #expect(eventually { worker.record.lost == 1 })
        #expect(barrier.arrived == 1)
        #expect(try queue.ack(taken) == .acked)
        #expect(worker.end() == nil)
    }

    /// A claim that a worker has waited for longer than it lasts is good all the same.
    @Test func whatWasWaitedForLongIsRun() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(Concurrent.whatWasWaitedForLongIsRun) }
    }
}

/// Each in a process of its own: see ``ConcurrentWorkerTests``.
private enum Concurrent {
    @Sendable static func nothingThatWaitsForASlotBegins() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let barrier = Barrier()
        let worker = RunningConcurrentWorker(
            test, slots: 8, computeThreads: 8, shortestLease: LapsedLeaseTests.lease, monitorInterval: .milliseconds(50)
        ) { _, _ in
            .computing { _ in
                barrier.pass()
                return .done
            }
        }
        let queue = try test.open()
        try test.fill(16, through: queue)
        #expect(
            try eventually {
                try barrier.arrived == 8 && test.raw.call("ZCARD", test.key("leases")).integer() > 8
            })
        server.send(signal: SIGSTOP)
        LapsedLeaseTests.letLeasesRunOut()
        barrier.open()
        LapsedLeaseTests.letLeasesRunOut()
        #expect(barrier.arrived == 8)
        server.send(signal: SIGCONT)
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.record.now.runs.count == 16)
        #expect(worker.end() == nil)
    }

    @Sendable static func whatWasWaitedForLongIsRun() throws {
        let test = try TestQueue()
        let worker = RunningWorker(test, shortestLease: .milliseconds(50), monitorInterval: nil)
        let concurrent = RunningConcurrentWorker(
            test, slots: 8, shortestLease: .milliseconds(50), monitorInterval: nil
        ) { _, _ in .awaiting { .done } }
        #expect(eventually { worker.record.waits > 0 && concurrent.record.now.waits > 0 })
        usleep(200_000)
        let queue = try test.open()
        for _ in 0..<4 {
            try test.fill(1, through: queue)
            #expect(try eventually { try queue.depth() == QueueDepth() })
        }
        #expect(worker.record.runs.count + concurrent.record.now.runs.count == 4)
        #expect(worker.end() == nil && concurrent.end() == nil)
    }
}
