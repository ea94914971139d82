import Redis
import ReliableQueue
import TestSupport
import Testing

/// Several tasks in one pipeline, each with a lock of its own.
@Suite struct LockDepthTests {
    private static let variants = [QueueProtocol.lock, .lockSetex]

    private func queue(_ variant: QueueProtocol, depth: Int = 3) throws -> TestQueue {
        try TestQueue(variant) { $0.lockDepth = depth }
    }

    @Test(arguments: variants) func eachTaskHasItsLock(variant: QueueProtocol) throws {
        let test = try queue(variant)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let claim = try #require(try queue.claim(lease: .milliseconds(1_500)))
        #expect(claim.names == names(batch, 0..<3))
        let state = try test.state()
        #expect(state["pending"] == .list(names(batch, 3..<4)))
        #expect(state["processing"] == .list(names(batch, 0..<3)))
        #expect(state.keys.count { $0.hasPrefix("lock:") } == 3)
        #expect(try queue.depth().claims == 3)
        let next = try queue.exchange(acking: claim, claiming: ClaimRequest())
        #expect(next.ack == .acked && next.exceptions.isEmpty)
        #expect(next.claim?.names == names(batch, 3..<4))
        #expect(try queue.ack(#require(next.claim)) == .acked)
        #expect(try test.state().isEmpty)
    }

    /// Whatever their ids look like, and what is no task after its first bytes; and by the same names they are renewed and deleted.
    @Test(arguments: variants) func locksAreNamedAfterTheirTasks(variant: QueueProtocol) throws {
        let test = try queue(variant, depth: 256)
        let queue = try test.open()
        var expected: Set = ["lock:6a-75-6e-6b"]
        func fill(_ count: Int) throws {
            let batch = try test.fill(count, through: queue)
            for index in 0..<count { expected.insert("lock:0000000000000007.\(batch).\(index)") }
        }
        try fill(102)
        _ = try test.raw.call("RPUSH", test.key("pending"), "junk")
        try fill(12)
        try fill(1)
        let claim = try #require(try queue.claim())
        #expect(try Set(test.state().keys.filter { $0.hasPrefix("lock:") }) == expected)
        #expect(claim.id == "0000000000000007.1.0")
        #expect(try queue.renew([claim.lease]) == [true])
        #expect(try queue.ack(claim) == .acked)
        #expect(try test.state().isEmpty)
    }

    /// A claim may hold tasks whose results are kept, which end by a script, and others, which end by two commands.
    @Test(arguments: variants) func eachTaskGetsItsOwnAnswer(variant: QueueProtocol) throws {
        let test = try queue(variant, depth: 8)
        let (queue, monitor) = (try test.open(), try test.open())
        let kept = try test.fill(2, through: queue, keepsResultFor: .seconds(60))
        let plain = try test.fill(2, through: queue)
        let last = try test.fill(1, through: queue, keepsResultFor: .seconds(60))
        let claim = try #require(try queue.claim())
        #expect(claim.count == 5)
        // Somebody else ends the second of each.
        let lost = ["\(kept).1", "\(plain).1"]
        for task in lost { _ = try test.raw.call("DEL", test.key("lock:0000000000000007.\(task)")) }
        #expect(try monitor.recover().recovered == 2)
        #expect(try monitor.ack(#require(try monitor.claim())) == .acked)
        for task in [0, 1, 4] { claim.setResult([UInt8(task)], of: task) }
        let exchange = try queue.exchange(acking: claim, claiming: ClaimRequest())
        #expect(exchange.ack == .acked && exchange.claim == nil)
        #expect(exchange.exceptions.map(\.task) == [1, 3] && exchange.exceptions.allSatisfy { $0.answer == .stale })
        let results = ["\(kept).0", "\(kept).1", "\(last).0"].map { "result:0000000000000007.\($0)" }
        #expect(try Set(test.state().keys) == Set(results))
    }

    /// No more than asked for, and no more than there are.
    @Test func aClaimIsNoLargerThanItsRequest() throws {
        let test = try queue(.lock, depth: 100)
        let queue = try test.open()
        let batch = try test.fill(5, through: queue)
        #expect(try queue.claim(2)?.names == names(batch, 0..<2))
        #expect(try queue.claim()?.names == names(batch, 2..<5))
        #expect(try queue.claim() == nil)
    }

    /// Of tasks that somebody else ended meanwhile the ack says so, one by one.
    @Test(arguments: variants) func aTaskThatWasTakenAwayIsAnException(variant: QueueProtocol) throws {
        let test = try queue(variant)
        let (queue, monitor) = (try test.open(), try test.open())
        let batch = try test.fill(3, through: queue)
        let claim = try #require(try queue.claim())
        _ = try test.raw.call("DEL", test.key("lock:\(claim.id)"))
        #expect(try monitor.recover().recovered == 1)
        #expect(try queue.renew([claim.lease]) == [false])
        let heir = try #require(try monitor.claim())
        #expect(heir.names == names(batch, 0..<1))
        #expect(try monitor.ack(heir) == .acked)
        let exchange = try queue.exchange(acking: claim, claiming: nil)
        #expect(exchange.ack == .acked)
        #expect(exchange.exceptions.map(\.task) == [0] && exchange.exceptions.map(\.answer) == [.stale])
        #expect(try test.state().isEmpty)
    }

    /// Who meets a lock leaves that task, and takes the others.
    @Test func aTaskThatIsLockedIsLeftOut() throws {
        let test = try queue(.lock)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let claim = try #require(try queue.claim(1))
        try test.expire(claim)
        #expect(try queue.recover().recovered == 1)
        _ = try test.raw.call("SET", test.key("lock:\(claim.id)"), "somebody")
        let others = try #require(try queue.claim())
        #expect(others.names == names(batch, 1..<3))
        #expect(try queue.depth().claims == 3)
        // It holds their locks, and not the one that it met.
        #expect(others.id != claim.id)
        #expect(try queue.renew([others.lease]) == [true])
        #expect(try queue.ack(others) == .acked)
        #expect(try Set(test.state().keys) == ["processing", "lock:\(claim.id)"])
    }

    @Test(arguments: variants) func whatIsGivenBackIsInOrder(variant: QueueProtocol) throws {
        let test = try queue(variant)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let claim = try #require(try queue.claim())
        #expect(try queue.ack([1], of: claim) == [.acked])
        #expect(claim.remaining == 2)
        #expect(try queue.release(claim) == 2)
        #expect(try test.state() == test.lists(["pending": [names(batch, 0..<1), names(batch, 2..<4)].flatMap { $0 }]))
    }

    @Test func aTaskFailsByItself() throws {
        let test = try queue(.lock)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let claim = try #require(try queue.claim())
        #expect(try queue.fail(1, of: claim, TaskFailure(reason: "no", isRetryable: false)) == .dead)
        #expect(try test.state()["dead"] == .list(names(batch, 1..<2)))
        #expect(try queue.ack(claim) == .acked)
        #expect(try queue.depth().claims == 0)
    }

    /// What was ended is not renewed any more, and its missing lock is no loss.
    @Test(arguments: variants) func aClaimThatEndedSomeTasksIsStillHeld(variant: QueueProtocol) throws {
        let test = try queue(variant)
        let queue = try test.open()
        try test.fill(3, through: queue)
        let claim = try #require(try queue.claim())
        _ = try queue.fail(0, of: claim, TaskFailure(reason: "no", isRetryable: false))
        #expect(try queue.renew([claim.lease]) == [true])
        #expect(try queue.ack([1], of: claim) == [.acked])
        #expect(try queue.renew([claim.lease]) == [true])
        // Somebody else's lock of a task that is over is not lengthened.
        let heirs = test.key("lock:\(claim.id)")
        _ = try test.raw.call("SET", heirs, "an heir", "PX", "1000")
        #expect(try queue.renew([claim.lease]) == [true])
        #expect(try test.raw.call("PTTL", heirs).integer() <= 1_000)
        _ = try test.raw.call("DEL", heirs)
        #expect(try queue.ack(claim) == .acked)
        #expect(try queue.renew([claim.lease]) == [true])
        #expect(try queue.depth().claims == 0)
    }

    /// A task that an heir has ended is not given back by the worker that had lost it.
    @Test func aStaleTaskIsNotGivenBack() throws {
        let test = try queue(.lock)
        let (queue, monitor) = (try test.open(), try test.open())
        let batch = try test.fill(2, through: queue)
        let claim = try #require(try queue.claim())
        _ = try test.raw.call("DEL", test.key("lock:\(claim.id)"))
        #expect(try monitor.recover().recovered == 1)
        #expect(try monitor.ack(#require(try monitor.claim())) == .acked)
        #expect(try queue.ack([0], of: claim) == [.stale])
        #expect(try queue.release(claim) == 1)
        #expect(try test.state() == test.lists(["pending": names(batch, 1..<2)]))
    }

    /// A worker runs everything once, many at a time, as long as no monitor looks between a move and a lock.
    @Test(arguments: variants) func aWorkerRunsEverything(variant: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(variant, on: server) { $0.lockDepth = 64 }
        try test.fill(1_000, through: test.open())
        let worker = RunningWorker(test, monitorInterval: nil)
        #expect(eventually { worker.record.runs.count == 1_000 })
        #expect(try eventually { try test.open().depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.runs.values.allSatisfy { $0 == 1 })
        #expect(try test.raw.call("KEYS", test.key("lock:*")).count == 0)
    }
}
