import Processes
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Leases that live as long as somebody keeps them.
@Suite struct LeaseKeeperTests {
    private let length = Duration.milliseconds(150)

    /// Runs `body` beside a keeper of this queue.
    private func withKeeper(_ test: TestQueue, _ body: (LeaseKeeper) throws -> Void) throws {
        let (keeper, done) = (LeaseKeeper(shortestLease: length), StopSignal())
        let thread = DedicatedThread(name: "keeper") { [configuration = test.configuration] in
            do {
                try keeper.run(on: configuration.open(), until: done)
            } catch {
                Issue.record("\(error)")
            }
        }
        defer {
            done.set()
            thread.join()
        }
        try body(keeper)
    }

    @Test func aKeptLeaseOutlivesItsLength() throws {
        let test = try TestQueue()
        let (queue, monitor) = (try test.open(), try test.open())
        try test.fill(1, through: queue)
        try withKeeper(test) { keeper in
            let claim = try #require(try queue.claim(1, lease: .seconds(60)))
            keeper.keep(claim.lease)
            // As good as run out: only a renewal brings a minute back, however slow this machine is.
            _ = try test.raw.call("ZADD", test.key("leases"), "XX", "1", claim.id)
            #expect(try eventually { try test.leaseLeft(claim) > .seconds(30) })
            #expect(try monitor.recover().recovered == 0)
            #expect(!claim.lease.isLost)
            #expect(try queue.ack(claim) == .acked)
            keeper.letGo(claim.lease)
        }
    }

    @Test func aStoppedHeartLosesTheLease() throws {
        let test = try TestQueue()
        let (queue, monitor) = (try test.open(), try test.open())
        try test.fill(1, through: queue)
        let claim = try #require(try queue.claim(1, lease: .milliseconds(1)))
        #expect(try eventually { try monitor.recover().recovered == 1 })
        #expect(try queue.ack(claim) == .stale)
    }

    @Test func aLeaseThatIsGoneIsMarkedLost() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(2, through: queue)
        try withKeeper(test) { keeper in
            let (lost, held) = (try #require(try queue.claim(1)), try #require(try queue.claim(1)))
            try test.expire(lost)
            #expect(try test.open().recover().recovered == 1)
            keeper.keep(lost.lease)
            keeper.keep(held.lease)
            #expect(eventually { lost.lease.isLost })
            #expect(!held.lease.isLost)
        }
    }

    /// Nothing is renewed that was let go: a claim nobody knows of must run out.
    @Test func aLeaseThatWasLetGoIsNotRenewed() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(2, through: queue)
        try withKeeper(test) { keeper in
            let (forgotten, kept) = (try #require(try queue.claim(1)), try #require(try queue.claim(1)))
            keeper.keep(forgotten.lease)
            keeper.letGo(forgotten.lease)
            for claim in [forgotten, kept] { _ = try test.raw.call("ZADD", test.key("leases"), "XX", "1", claim.id) }
            keeper.keep(kept.lease)
            #expect(try eventually { try test.leaseLeft(kept) > .zero })
            #expect(try test.leaseLeft(forgotten) < .zero)
        }
    }

    /// In `lock` a claim is named after its task, and one worker may come to hold two of the same name.
    @Test func whoLetsGoOfOneClaimKeepsAnotherOfTheSameTask() throws {
        let test = try TestQueue(.lock)
        let queue = try test.open()
        try test.fill(1, through: queue)
        try withKeeper(test) { keeper in
            let first = try #require(try queue.claim(1, lease: .seconds(60)))
            keeper.keep(first.lease)
            try test.expire(first)
            #expect(try test.open().recover().recovered == 1)
            let second = try #require(try queue.claim(1, lease: .seconds(60)))
            #expect(second.id == first.id)
            keeper.keep(second.lease)
            keeper.letGo(first.lease)
            let lock = test.key("lock:\(second.id)")
            #expect(try test.raw.call("PEXPIRE", lock, "20000").integer() == 1)
            #expect(try eventually { try test.raw.call("PTTL", lock).integer() > 30_000 })
        }
    }
}
