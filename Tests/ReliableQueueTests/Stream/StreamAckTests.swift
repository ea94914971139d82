import Redis
import ReliableQueue
import TestSupport
import Testing

/// Acks of whole claims of `stream`: the head of the stream is cut off, what lies behind another claim is deleted by name.
@Suite struct StreamAckTests {
    private func length(_ test: TestQueue) throws -> Int {
        try test.raw.call("XLEN", test.key("pending")).integer()
    }

    /// Whatever the order, an ack ends what its claim held and nothing else.
    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func acksInAnyOrderEndTheirOwn(order: [Int]) throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(4_000, through: queue)
        let claims = try (0..<3).map { _ in try #require(try queue.claim(1_100)) }
        var left = test.lists(["pending": names(batch, 3_300..<4_000)])
        for claim in claims { left["pending:\(claim.id)"] = .list(claim.names) }
        for index in order {
            #expect(try queue.ack(claims[index]) == .acked)
            left["pending:\(claims[index].id)"] = nil
            #expect(try test.places() == left)
        }
        #expect(try length(test) == 700)
        #expect(try queue.claim(4_096)?.names == names(batch, 3_300..<4_000))
    }

    /// A claim of which some tasks are settled already is acked by what remains.
    @Test(arguments: [0, 1]) func whatRemainsOfAClaimIsAcked(index: Int) throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(60, through: queue)
        let claims = try (0..<2).map { _ in try #require(try queue.claim(20)) }
        let claim = claims[index]
        #expect(try queue.ack([0, 7, 19], of: claim) == [.acked, .acked, .acked])
        #expect(try queue.fail(8, of: claim, TaskFailure(reason: "test", isRetryable: false)) == .dead)
        #expect(try length(test) == 56)
        #expect(try queue.ack(claim) == .acked)
        #expect(try length(test) == 40)
        #expect(try queue.ack(claims[1 - index]) == .acked)
        #expect(try queue.claim()?.names == names(batch, 40..<60))
        #expect(try queue.depth().dead == 1)
    }

    /// Nothing remains, so that nothing is to be done; the claim that goes with it is made.
    @Test func anAckOfWhatIsSettledAlreadyIsTaken() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(40, through: queue)
        let claim = try #require(try queue.claim(20))
        #expect(try queue.ack(Array(0..<20), of: claim).allSatisfy { $0 == .acked })
        let exchange = try queue.exchange(acking: claim, claiming: ClaimRequest(limit: 20))
        #expect(exchange.ack == .acked)
        #expect(exchange.claim?.names == names(batch, 20..<40))
    }

    /// Of many claims none is counted, and each entry is looked for.
    @Test func acksBesideManyClaimsEndTheirOwn() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        try test.fill(100, through: queue)
        let claims = try (0..<50).map { _ in try #require(try queue.claim(2)) }
        for (place, claim) in claims.enumerated().reversed() {
            #expect(try queue.ack(claim) == .acked)
            #expect(try length(test) == 2 * place)
            #expect(try queue.depth().claims == place)
        }
    }

    /// After a rollback an id may be another claim's: nothing is cut off by a claim of another epoch.
    @Test func anAckOfAnotherEpochEndsOnlyWhatItHolds() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(20, through: queue)
        let claim = try #require(try queue.claim())
        try test.pretendAnotherHistory("run_id")
        let other = try test.open()
        // As if the server had forgotten that it gave out the first ten, and had given them out again.
        let held = try test.raw.call("XPENDING", test.key("pending"), "workers", "-", "+", "10")
        for index in 0..<10 {
            let entry = try held.withElement(index) { entry throws(RedisError) in try entry.text(at: 0) }
            _ = try test.raw.call("XCLAIM", test.key("pending"), "workers", "another", "0", entry, "JUSTID")
        }
        #expect(try queue.ack(claim) == .stale)
        #expect(try length(test) == 20)
        #expect(try other.ack([10, 11], of: claim) == [.acked, .acked])
        #expect(try test.places()["pending:another"] == .list(names(batch, 0..<10)))
    }

    /// The same where the number and the first of what it holds are what they were: it got another entry for the one that it lost.
    @Test func anAckOfAnotherEpochCutsNothingOff() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(30, through: queue)
        let claim = try #require(try queue.claim(20))
        let next = try #require(try queue.claim(10))
        try test.pretendAnotherHistory("run_id")
        _ = try test.open()
        func entry(_ index: Int, of claim: Claim) throws -> String {
            let held = try test.raw.call("XPENDING", test.key("pending"), "workers", "-", "+", "50", claim.id)
            return try held.withElement(index) { entry throws(RedisError) in try entry.text(at: 0) }
        }
        let (lost, got) = (try entry(5, of: claim), try entry(9, of: next))
        _ = try test.raw.call("XCLAIM", test.key("pending"), "workers", "another", "0", lost, "JUSTID")
        _ = try test.raw.call("XCLAIM", test.key("pending"), "workers", claim.id, "0", got, "JUSTID")
        #expect(try queue.ack(claim) == .stale)
        #expect(try length(test) == 30)
        #expect(try test.places()["pending:another"] == .list(names(batch, 5..<6)))
    }
}
