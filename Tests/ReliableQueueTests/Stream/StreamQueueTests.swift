import Redis
import ReliableQueue
import TestSupport
import Testing

/// What is particular to the protocol on Redis Streams.
@Suite struct StreamQueueTests {
    /// The names of the consumers that a stream's group knows: claims, and the monitor.
    private func consumers(_ test: TestQueue, of stream: String) throws -> [String] {
        let reply = try test.raw.call("XINFO", "CONSUMERS", test.key(stream), "workers")
        return try (0..<reply.count).map { index in
            try reply.withElement(index) { fields throws(RedisError) in try fields.text(at: 1) }
        }
    }

    @Test func acknowledgedEntriesDoNotStay() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(1_500, through: queue)
        var finished: Claim?
        repeat {
            finished = try queue.exchange(acking: finished, claiming: ClaimRequest(limit: 1_200)).claim
        } while finished != nil
        for stream in ["pending", "retry"] {
            #expect(try test.raw.call("XLEN", test.key(stream)).integer() == 0)
            #expect(try consumers(test, of: stream).isEmpty)
        }
    }

    @Test func claimsOfLostWorkersAreForgotten() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(9, through: queue)
        let claims = try (0..<3).map { _ in try #require(try queue.claim(3)) }
        #expect(try Set(consumers(test, of: "pending")) == Set(claims.map(\.id)))
        for claim in claims { try test.expire(claim) }
        #expect(try queue.recover().recovered == 9)
        #expect(try consumers(test, of: "pending").isEmpty)
    }

    /// XACK asks for an entry's id and not for its holder: so nothing is handed on under its old id.
    @Test func whatIsTakenOverGetsANewEntry() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        let held = try test.raw.call("XPENDING", test.key("pending"), "workers", "-", "+", "1")
        let entry = try held.withElement(0) { entry throws(RedisError) in try entry.text(at: 0) }
        try test.expire(claim)
        #expect(try queue.recover().recovered == 1)
        for stream in ["pending", "retry"] {
            #expect(try test.raw.call("XACK", test.key(stream), "workers", entry).integer() == 0)
        }
        #expect(try queue.claim()?.names == names(batch, 0..<1))
    }

    /// A long outage's entries come back in bounded steps.
    @Test func recoveryIsBoundedAStep() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(600, through: queue)
        try test.expire(try #require(try queue.claim(600)))
        var steps: [Int] = []
        while true {
            let recovery = try queue.recover()
            steps.append(recovery.recovered)
            if !recovery.hasMore { break }
        }
        #expect(steps == [128, 128, 128, 128, 88])
    }

    /// Many entries that are held lie between those that are expired: a monitor goes on until it has seen them all, and forgets
    /// every claim that it has left with nothing.
    @Test func recoveryLooksBehindWhatIsHeld() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(3, through: queue)
        try test.fill(3_000, through: queue)
        try test.fill(5, through: queue)
        let claims = try [3, 3_000, 5].map { try #require(try queue.claim($0)) }
        #expect(claims.map(\.count) == [3, 3_000, 5])
        for claim in [claims[0], claims[2]] { try test.expire(claim) }
        var (recovered, steps) = (0, 0)
        while true {
            let recovery = try queue.recover()
            recovered += recovery.recovered
            steps += 1
            #expect(recovery.nextExpiry == .zero)
            if !recovery.hasMore { break }
        }
        #expect(recovered == 8 && steps > 1)
        #expect(try Set(consumers(test, of: "pending")) == [claims[1].id])
    }

    /// Recovery takes over entries, and not claims: an ack of the whole is refused when it holds no longer the whole.
    @Test func anAckOfAClaimThatWasRecoveredInPartEndsNothing() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let claim = try #require(try queue.claim())
        let held = try test.raw.call("XPENDING", test.key("pending"), "workers", "-", "+", "2")
        for index in 0..<2 {
            let entry = try held.withElement(index) { entry throws(RedisError) in try entry.text(at: 0) }
            _ = try test.raw.call(
                "XCLAIM", test.key("pending"), "workers", claim.id, "0", entry, "IDLE", "100000000", "JUSTID")
        }
        #expect(try test.open().recover().recovered == 2)
        #expect(try queue.ack(claim) == .stale)
        #expect(try test.places()["pending:\(claim.id)"] == .list(names(batch, 2..<4)))
        try test.expire(claim)
        #expect(try queue.recover().recovered == 2)
        #expect(try queue.depth().retry == 4)
        var again: [String] = []
        while let claim = try queue.claim() {
            again += claim.names
            #expect(try queue.ack(claim) == .acked)
        }
        #expect(again.sorted() == names(batch, 0..<4))
    }

    /// What a client says to a queue that was deleted under its connection.
    enum Word: CaseIterable, Sendable {
        case claim, wait, ack, ackWhole, confirm, renew, release, fail, recover, depth

        func say(to queue: any TaskQueue, _ claim: Claim) throws {
            switch self {
            case .claim: #expect(try queue.claim() == nil)
            case .wait: #expect(try queue.awaitClaim(ClaimRequest(), upTo: .milliseconds(1)).claim == nil)
            case .ack: #expect(try queue.ack([0], of: claim) == [.unknown])
            case .ackWhole: #expect(try queue.ack(claim) == .unknown)
            case .confirm: #expect(try !queue.confirm(claim))
            case .renew: #expect(try queue.renew([claim.lease]) == [false])
            case .release: #expect(try queue.release(claim) == 0)
            case .fail: #expect(try queue.fail(0, of: claim, TaskFailure(reason: "test")) == .stale)
            case .recover: #expect(try queue.recover() == Recovery())
            case .depth: #expect(try queue.depth() == QueueDepth())
            }
        }
    }

    /// Whatever it says first, it shakes hands again, which makes the streams anew, and works on.
    @Test(arguments: Word.allCases) func aQueueThatIsDeletedUnderAConnectionIsMadeAnew(word: Word) throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let producer = QueueProducer(queue: try test.open())
        try producer.enqueue(TestQueue.batch(2))
        let claim = try #require(try queue.claim())
        try test.open().destroy()
        try word.say(to: queue, claim)
        // The producer sends again what it keeps.
        try producer.enqueue(TestQueue.batch(3))
        var tasks = 0
        while let claim = try queue.claim() {
            tasks += claim.count
            #expect(try queue.ack(claim) == .acked)
        }
        #expect(tasks == 5)
    }

    /// A stream knows when an entry was delivered and nothing of leases: the longest that was asked for holds for all.
    @Test func theLongestLeaseHoldsForAll() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(2, through: queue)
        let brief = try #require(try queue.claim(1, lease: .milliseconds(1)))
        #expect(try eventually { try queue.recover().recovered == 1 })
        #expect(try queue.renew([brief.lease]) == [false])
        _ = try #require(try queue.claim(1, lease: .seconds(60)))
        _ = try #require(try queue.claim(1, lease: .milliseconds(1)))
        #expect(try !eventually(within: .milliseconds(100)) { try queue.recover().recovered > 0 })
    }
}
