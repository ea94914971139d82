import Redis
import ReliableQueue
import TestSupport
import Testing

/// Who may end a claim, and who may not.
@Suite struct FenceTests {
    /// A zombie's ack is stale, and what it did is undone by nobody: the task is its new worker's.
    @Test(arguments: QueueProtocol.fenced) func aZombieCanDoNothing(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let (zombie, heir) = (try test.open(), try test.open())
        let batch = try test.fill(2, through: zombie)
        let old = try #require(try zombie.claim(2))
        try test.expire(old)
        #expect(try heir.recover().recovered == 2)
        let new = try #require(try heir.claim(8))
        #expect(new.names == names(batch, 0..<2))
        #expect(new.token > old.token)
        let state = try test.state()
        #expect(try zombie.renew([old.lease]) == [false])
        #expect(try zombie.ack([0], of: old) == [.stale])
        #expect(try zombie.fail(1, of: old, TaskFailure(reason: "late")) == .stale)
        #expect(try zombie.release(old) == 0)
        #expect(try test.state() == state)
        #expect(try zombie.ack(old) == .stale)
        #expect(try test.state() == state)
        #expect(try heir.ack(new) == .acked)
        #expect(try heir.claim() == nil)
        #expect(try test.state().isEmpty)
    }

    /// An expired lease that nobody took back yet may still be acked, and renewed.
    @Test(arguments: QueueProtocol.fenced) func anExpiredLeaseIsGoodUntilItIsTaken(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        try test.expire(claim)
        #expect(try queue.renew([claim.lease]) == [true])
        #expect(try test.open().recover().recovered == 0)
        try test.expire(claim)
        #expect(try queue.ack(claim) == .acked)
        #expect(try test.open().recover() == Recovery())
    }

    /// An ack that is said twice since its answer was lost is unknown, not stale.
    @Test(arguments: QueueProtocol.fenced) func anAckWhoseReplyIsLostIsUnknown(kind: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let first = try #require(try queue.claim(2))
        let exchange = try test.losingTheReply(of: queue) {
            try queue.exchange(acking: first, claiming: ClaimRequest())
        }
        #expect(exchange.ack == .unknown)
        #expect(exchange.claim?.names == names(batch, 2..<3))
        #expect(try queue.depth().claims == 1)
    }

    /// Single acks and failures whose replies are lost count as settled: the rest of the claim can still be acked.
    @Test(arguments: QueueProtocol.fenced) func whatWasSettledWithoutAnAnswerStaysSettled(kind: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let claim = try #require(try queue.claim())
        #expect(try test.losingTheReply(of: queue) { try queue.ack([0], of: claim) } == [.unknown])
        let answer = try test.losingTheReply(of: queue) { try queue.fail(1, of: claim, TaskFailure(reason: "x")) }
        #expect(answer == .stale)
        #expect(claim.remaining == 2)
        #expect(try queue.depth().delayed == 1)
        #expect(try queue.ack(claim) == .acked)
        try test.makeDelayedDue()
        #expect(try queue.claim()?.names == names(batch, 1..<2))
    }

    /// H9: acks test membership, one by one.
    @Test(arguments: QueueProtocol.fenced) func aPartOfAClaimIsAckedByName(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let batch = try test.fill(5, through: queue)
        let claim = try #require(try queue.claim())
        #expect(try queue.ack([1, 3], of: claim) == [.acked, .acked])
        #expect(try queue.ack([1, 2], of: claim) == [.stale, .acked])
        #expect(try test.places() == test.held(claim, ["\(batch).0", "\(batch).4"]))
        #expect(claim.remaining == 2)
        #expect(try queue.ack([0, 4], of: claim) == [.acked, .acked])
        #expect(claim.remaining == 0)
        #expect(try test.places().isEmpty)
    }

    /// The whole claim means that the named set is the list: anything else is refused, and nothing is written.
    @Test func aClaimOfAnotherLengthIsNotAcked() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(2, through: queue)
        let claim = try #require(try queue.claim())
        _ = try test.raw.call("RPOP", test.key("claim:\(claim.id)"))
        let state = try test.state()
        #expect(throws: QueueError.self) { try queue.ack(claim) }
        #expect(try test.state() == state)
    }

    /// H2 and H3: the epoch moves when the run id or the replication id differs, and never back.
    @Test(arguments: ["run_id", "replication_id"], QueueProtocol.fenced) func anotherHistoryMovesTheEpoch(
        field: String, kind: QueueProtocol
    ) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(3, through: queue)
        let before = try #require(try queue.claim(1)).token
        try queue.connection.reconnect()
        #expect(try #require(try queue.claim(1)).token.epoch == before.epoch)
        try test.pretendAnotherHistory(field)
        try queue.connection.reconnect()
        let after = try #require(try queue.claim(1)).token
        #expect(after.epoch > before.epoch)
        // A second client of the new history leaves the epoch alone.
        try test.fill(1, through: queue)
        #expect(try #require(try test.open().claim(1)).token.epoch == after.epoch)
    }

    /// A server that was left and is come back to has not moved, and its epoch is below what was issued elsewhere meanwhile.
    @Test(arguments: QueueProtocol.fenced) func anEpochThatThisClientSawIsNotPassedBelow(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(2, through: queue)
        let before = try #require(try queue.claim(1)).token
        _ = try test.raw.call("HSET", test.key("epoch"), "epoch", "1")
        _ = try test.raw.call("CLIENT", "KILL", "ID", String(queue.connection.clientID))
        #expect(try #require(try queue.claim(1)).token > before)
    }

    /// H2: the epoch is lost with the data, twice, and still no token comes again.
    @Test(arguments: QueueProtocol.fenced) func tokensAreUniqueAcrossRollbacks(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        var tokens: [FencingToken] = []
        for _ in 0..<5 {
            try test.fill(1, through: queue)
            tokens.append(try #require(try queue.claim(1)).token)
            _ = try test.raw.call("DEL", test.key("epoch"))
            try queue.connection.reconnect()
        }
        #expect(tokens == tokens.sorted())
        #expect(Set(tokens).count == 5)
    }

    /// The client's own memory counts, should the server's clock go back.
    @Test(arguments: QueueProtocol.fenced) func theEpochPassesWhateverTheClientSaw(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let future = "9000000000000000"
        _ = try test.raw.call("HSET", test.key("epoch"), "epoch", future)
        try queue.connection.reconnect()
        _ = try test.raw.call("DEL", test.key("epoch"))
        try queue.connection.reconnect()
        try test.fill(1, through: queue)
        #expect(try #require(try queue.claim(1)).token.epoch == 9_000_000_000_000_001)
    }

    /// H13: absolute expiries of another server's clock are capped.
    @Test func leasesAreCappedWhenTheEpochMoves() throws {
        let test = try TestQueue { $0.longestLease = .seconds(100) }
        let queue = try test.open()
        try test.fill(2, through: queue)
        let (far, near) = (try #require(try queue.claim(1)), try #require(try queue.claim(1, lease: .seconds(5))))
        _ = try test.raw.call("ZADD", test.key("leases"), "99999999999999", far.id)
        try test.pretendAnotherHistory("run_id")
        try queue.connection.reconnect()
        let left = try test.leaseLeft(far)
        #expect(left > .seconds(50) && left <= .seconds(100))
        #expect(try test.leaseLeft(near) <= .seconds(5))
    }

    /// A queue that was deleted, or flushed, under a client's connection is not claimed from without an epoch: the tasks
    /// would be in no list when the script fails.
    @Test(arguments: QueueProtocol.fenced) func aQueueDeletedUnderAConnectionLosesNothing(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(1, through: queue)
        let before = try #require(try queue.claim()).token
        try queue.destroy()
        _ = try queue.enqueue(TestQueue.batch(2).encoded(producer: 9, number: 1), session: 9, number: 1)
        let claim = try #require(try queue.claim())
        #expect(claim.count == 2)
        #expect(claim.token > before)
    }
}
