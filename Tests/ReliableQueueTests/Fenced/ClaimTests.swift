import Redis
import ReliableQueue
import TestSupport
import Testing

/// Claims of the `lease` protocol: names, tokens, repetitions, sizes.
@Suite struct ClaimTests {
    @Test func everyKeyOfAClaimIsAsItIsDocumented() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        #expect(try test.state() == ["pending": .list(names(batch, 0..<3)), "wake": .sorted(["w"])])
        let claim = try #require(try queue.claim(2))
        #expect(
            try test.state() == [
                "pending": .list(names(batch, 2..<3)), "wake": .sorted(["w"]), "leases": .sorted([claim.id]),
                "claim:\(claim.id)": .list(["\(claim.token)"] + names(batch, 0..<2)),
            ])
        #expect(try queue.ack(claim) == .acked)
        let last = try #require(try queue.claim(2))
        #expect(try queue.exchange(acking: last, claiming: ClaimRequest()).claim == nil)
        #expect(try test.state().isEmpty)
        #expect(try test.bookkeeping() == ["epoch", "producers", "worker"])
    }

    /// First attempts apart from later ones, for few tasks and for so many that they are moved another way.
    @Test(arguments: [3, 40]) func tasksThatAreHandedOutAreCounted(count: Int) throws {
        let test = try TestQueue()
        let queue = try test.open()
        func counts() throws -> [Int?] {
            let reply = try test.raw.call("HMGET", test.key("epoch"), "sequence", "first", "again")
            return try (0..<3).map { try reply.isNull(at: $0) ? nil : Int(reply.text(at: $0)) }
        }
        #expect(try counts() == [nil, nil, nil])
        try test.fill(count, through: queue)
        // As many as there are, though more were asked for.
        let claim = try #require(try queue.claim(count + 5))
        #expect(claim.count == count)
        #expect(try counts() == [1, count, nil])
        #expect(try queue.claim(1) == nil)
        try test.expire(claim)
        #expect(try queue.recover().recovered == count)
        let again = try #require(try queue.claim(1))
        #expect(try counts() == [2, count, again.count])
        #expect(try queue.ack(again) == .acked)
        #expect(try counts() == [2, count, again.count])
    }

    /// H10: a name never repeats, neither of one worker nor of two.
    @Test(arguments: QueueProtocol.fenced) func claimNamesAndTokensNeverRepeat(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let workers = [try test.open(), try test.open()]
        try test.fill(40, through: workers[0])
        var claims: [Claim] = []
        for turn in 0..<40 { claims.append(try #require(try workers[turn % 2].claim(1))) }
        #expect(Set(claims.map(\.id)).count == 40)
        #expect(claims.map(\.token) == claims.map(\.token).sorted())
        #expect(Set(claims.map(\.token)).count == 40)
    }

    /// A claim whose reply is lost is found again by its name, and not claimed twice.
    @Test(arguments: QueueProtocol.fenced) func aRequestWhoseReplyIsLostFindsItsClaimAgain(kind: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        for isWaiting in [false, true] {
            let claim = try #require(
                try test.losingTheReply(of: queue) {
                    isWaiting
                        ? try queue.awaitClaim(ClaimRequest(limit: 2), upTo: .seconds(5)).claim
                        : try queue.exchange(acking: nil, claiming: ClaimRequest(limit: 2)).claim
                })
            #expect(claim.names == names(batch, isWaiting ? 2..<4 : 0..<2))
            #expect(try queue.depth().claims == (isWaiting ? 2 : 1))
        }
        #expect(try queue.depth().pending == 0)
    }

    /// The same when a monitor took the claim back meanwhile: there is nothing for this request any more.
    @Test(arguments: QueueProtocol.fenced) func aRepeatedRequestWhoseClaimIsGoneFindsNothing(kind: QueueProtocol) throws
    {
        let server = try TestServer.own()
        let test = try TestQueue(kind, on: server)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try test.losingTheReply(of: queue, meanwhile: { try $0.recoverEverything() }) {
            try queue.exchange(acking: nil, claiming: ClaimRequest(limit: 2)).claim
        }
        #expect(claim == nil)
        // Nobody may have been woken for what the monitor put back: it is asked for again at once.
        #expect(try queue.claim()?.names == names(batch, 0..<1))
    }

    @Test(arguments: [1, 1_000, 1_001, 4_096]) func largeClaimsGoThroughWhole(size: Int) throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(size, through: queue)
        var claim = try #require(try queue.claim(4_096))
        #expect(claim.names == names(batch, 0..<size))
        try test.expire(claim)
        #expect(try queue.recover().recovered == size)
        // Once lost, they come in quarters; the rest goes by hand.
        _ = try test.raw.call("DEL", test.key("redeliveries"))
        claim = try #require(try queue.claim(4_096))
        #expect(claim.names == names(batch, 0..<size))
        #expect(try queue.release(claim) == size)
        claim = try #require(try queue.claim(4_096))
        #expect(claim.names == names(batch, 0..<size))
        #expect(try queue.ack(claim) == .acked)
        #expect(try queue.claim() == nil)
        #expect(try test.state().isEmpty)
    }

    /// A task that says it takes half a second is claimed alone, under a lease with room for it.
    @Test func aLongTaskIsClaimedAlone() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let batch = try test.fill(3, through: queue, expected: .milliseconds(500))
        for index in 0..<3 {
            let claim = try #require(try queue.claim(256, lease: .seconds(100)))
            #expect(claim.names == names(batch, index..<(index + 1)))
            let left = try test.leaseLeft(claim)
            #expect(left > .seconds(100) && left <= .seconds(101))
            #expect(try queue.ack(claim) == .acked)
        }
    }

    /// 10 ms hold five tasks of 2 ms, whatever stands beside them.
    @Test(arguments: QueueProtocol.fenced) func tasksFillTheQuantum(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        let short = try test.fill(7, through: queue, kind: "short", expected: .milliseconds(2))
        let long = try test.fill(2, through: queue, kind: "long", expected: .milliseconds(9))
        var sizes: [Int] = []
        while let claim = try queue.claim() { sizes.append(claim.count) }
        #expect(sizes == [5, 2, 1, 1])
        #expect((short, long) == (1, 2))
    }

    /// What the worker measured overrules what the tasks say of themselves.
    @Test(arguments: QueueProtocol.fenced) func aWorkersOwnMeasureCountsMore(kind: QueueProtocol) throws {
        let test = try TestQueue(kind)
        let queue = try test.open()
        try test.fill(20, through: queue, kind: "pessimist", expected: .seconds(5))
        try test.fill(20, through: queue, kind: "unknown")
        var request = ClaimRequest(limit: 256, averageTask: .milliseconds(1), isMixed: true)
        request.kinds = ["pessimist": .microseconds(500)]
        // 20 × 0.5 ms fill the quantum.
        #expect(try queue.exchange(acking: nil, claiming: request).claim?.count == 20)
        // A kind without a measure counts with the average.
        #expect(try queue.exchange(acking: nil, claiming: request).claim?.count == 10)
        request.kinds["unknown"] = .microseconds(1)
        #expect(try queue.exchange(acking: nil, claiming: request).claim?.count == 10)
    }

    @Test func noLeaseIsLongerThanTheLongest() throws {
        let test = try TestQueue { $0.longestLease = .seconds(30) }
        let queue = try test.open()
        try test.fill(2, through: queue, expected: .seconds(1_000))
        for lease in [Duration.seconds(5), .seconds(500)] {
            let claim = try #require(try queue.claim(1, lease: lease))
            #expect(try test.leaseLeft(claim) <= .seconds(30))
            #expect(try queue.renew([claim.lease]) == [true])
            #expect(try test.leaseLeft(claim) <= .seconds(30))
        }
    }

    @Test func somethingThatIsNoTaskIsClaimedLikeOne() throws {
        let test = try TestQueue()
        let queue = try test.open()
        for junk in [
            "", "junk", String(repeating: "x", count: 22), String(repeating: "\u{1}", count: 22),
            "\u{1}id of sixteen....0000\u{ff}kind",
        ] {
            _ = try test.raw.call("RPUSH", test.key("pending"), junk)
        }
        _ = try test.raw.call("SET", test.key("paced"), "1")
        while let claim = try queue.claim() {
            for index in 0..<claim.count {
                #expect(claim.names[index] == "?")
                #expect(try queue.fail(index, of: claim, TaskFailure(reason: "junk", isRetryable: false)) == .dead)
            }
        }
        #expect(try queue.depth().dead == 5)
        #expect(try Set(test.state().keys) == ["dead", "reasons"])
    }
}
