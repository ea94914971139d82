import Redis
import ReliableQueue
import TestSupport
import Testing

/// The pattern of the write-up, with its weak points as they are.
@Suite struct LockQueueTests {
    private static let variants = [QueueProtocol.lock, .lockSetex]

    @Test(arguments: variants) func everyKeyIsAsItIsDocumented(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let queue = try test.open()
        let batch = try test.fill(2, through: queue)
        let claim = try #require(try queue.claim(lease: .milliseconds(1_500)))
        let state = try test.state()
        #expect(Set(state.keys) == ["pending", "processing", "lock:\(claim.id)"])
        #expect(state["pending"] == .list(names(batch, 1..<2)))
        #expect(state["processing"] == .list(names(batch, 0..<1)))
        let left = try test.raw.call("PTTL", test.key("lock:\(claim.id)")).integer()
        // SETEX counts whole seconds.
        #expect(left > 0 && left <= (variant == .lockSetex ? 2_000 : 1_500))
        #expect(try queue.ack(claim) == .acked)
        #expect(try test.state() == test.lists(["pending": names(batch, 1..<2)]))
    }

    /// The monitor pushes before it removes: killed in between, it doubles a task and loses none.
    @Test(arguments: variants) func aMonitorThatDiesDoublesATask(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        try test.expire(try #require(try queue.claim()))
        // The first of its two commands, and then it dies.
        try test.pushBackOnly()
        #expect(try test.state() == test.lists(["pending": names(batch, 0..<1), "processing": names(batch, 0..<1)]))
        #expect(try queue.recover().recovered == 1)
        #expect(try test.state() == test.lists(["pending": [names(batch, 0..<1), names(batch, 0..<1)].flatMap { $0 }]))
    }

    /// L2: the monitor looks between the move and the lock, and both run the task. No fault is needed.
    @Test func aMonitorThatLooksBetweenMoveAndLockRunsATaskTwice() throws {
        let test = try TestQueue(.lock)
        let (first, second) = (try test.open(), try test.open())
        let batch = try test.fill(1, through: first)
        // The first worker's move, by hand; its lock follows late.
        _ = try test.raw.call("LMOVE", test.key("pending"), test.key("processing"), "LEFT", "RIGHT")
        #expect(try second.recover().recovered == 1)
        #expect(try second.claim()?.names == names(batch, 0..<1))
        // Both have it now; the first finds a lock where it wants to set its own.
        #expect(try test.placesWithoutLocks() == test.lists(["processing": names(batch, 0..<1)]))
    }

    /// L2 with SETEX: the second lock simply replaces the first.
    @Test(arguments: variants) func whoMeetsALockWithdrawsUnlessItIsSetex(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let (first, second) = (try test.open(), try test.open())
        let batch = try test.fill(1, through: first)
        let claim = try #require(try first.claim())
        try test.pushBackOnly()
        let other = try second.claim()
        #expect((other == nil) == (variant == .lock))
        #expect(
            try test.placesWithoutLocks()["processing"]
                == .list([names(batch, 0..<1), names(batch, 0..<1)].flatMap { $0 }))
        #expect(try first.ack(claim) == .acked)
    }

    /// L3: after one pause two workers hold the task, and the first one's ack ends the second one's claim.
    @Test(arguments: variants) func aLateAckEndsTheClaimOfAnother(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let (first, second) = (try test.open(), try test.open())
        try test.fill(1, through: first)
        let old = try #require(try first.claim())
        try test.expire(old)
        #expect(try second.recover().recovered == 1)
        let new = try #require(try second.claim())
        #expect(old.id == new.id)
        #expect(try first.ack(old) == .acked)
        #expect(try test.state().isEmpty)
        #expect(try second.ack(new) == .stale)
    }

    /// A move whose reply is lost leaves a task without a lock, which a monitor finds.
    @Test(arguments: variants) func aMoveWhoseReplyIsLostIsRecovered(variant: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(variant, on: server)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try test.losingTheReply(of: queue) {
            try queue.awaitClaim(ClaimRequest(), upTo: .seconds(60)).claim
        }
        #expect(claim == nil)
        #expect(try test.state() == test.lists(["processing": names(batch, 0..<1)]))
        #expect(try queue.recover().recovered == 1)
        #expect(try test.state() == test.lists(["pending": names(batch, 0..<1)]))
    }

    @Test(arguments: variants) func anAckWhoseReplyIsLostIsUnknown(variant: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(variant, on: server)
        let queue = try test.open()
        try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        #expect(try test.losingTheReply(of: queue) { try queue.ack(claim) } == .unknown)
        #expect(try test.state().isEmpty)
    }

    /// What is no task is locked by its first bytes, and can be buried.
    @Test(arguments: variants) func somethingThatIsNoTaskCanBeBuried(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let queue = try test.open()
        _ = try test.raw.call("RPUSH", test.key("pending"), "junk")
        let claim = try #require(try queue.claim())
        #expect(claim.names == ["?"])
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "junk", isRetryable: false)) == .dead)
        #expect(try test.state()["dead"] == .list(["junk"]))
        #expect(try queue.depth().claims == 0)
    }

    /// A server over its memory limit refuses moves and locks: a worker waits until there is room.
    @Test func aWorkerWaitsForRoom() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let batch = try test.fill(1, through: test.open())
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "1")
        let worker = RunningWorker(test)
        #expect(!eventually(within: .milliseconds(200)) { !worker.record.runs.isEmpty })
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "0")
        #expect(eventually { worker.record.runs["\(batch).0"] != nil })
        #expect(worker.end() == nil)
    }

    /// A full server refuses a push and carries out a removal: nothing is removed that was not pushed.
    @Test func aFullServerLosesNothingThatIsPushedBack() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lock, on: server)
        let queue = try test.open()
        try test.fill(1, through: queue)
        try test.expire(#require(try queue.claim()))
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "1")
        let impatient = try test.configuration.open(keepTrying: { false })
        #expect(throws: QueueError.full) { try impatient.recover() }
        #expect(try queue.depth().claims == 1)
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "0")
        #expect(try queue.recover().recovered == 1)
    }
}

extension TestQueue {
    /// The first half of what a monitor does with the only task in the processing list.
    fileprivate func pushBackOnly() throws {
        let element = try raw.call("LINDEX", key("processing"), "0").bytes()
        raw.append { writer in
            writer.command("RPUSH", arguments: 2)
            writer.argument(key("pending"))
            writer.argument(element)
        }
        _ = try raw.receive()
    }
}
