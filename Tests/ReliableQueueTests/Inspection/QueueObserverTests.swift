import Redis
import ReliableQueue
import TestSupport
import Testing

/// What a look from outside sees, in each protocol, of a queue whose content is known.
@Suite struct QueueObserverTests {
    @Test func aLeaseQueueIsSeenAsItIs() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        try test.fill(5, through: queue)
        let claim = try #require(try queue.claim(2))
        let sight = try observer.look()
        #expect(sight.depth == depth(pending: 3, claims: 1))
        #expect(sight.claims.map(\.name) == [claim.id])
        #expect(sight.claims.map(\.holder) == [String(claim.id.prefix { $0 != "." })])
        #expect(sight.claims.map(\.tasks) == [2])
        #expect(sight.claims.allSatisfy { isAboutAMinute($0.left) && $0.renewed == nil })
        #expect(sight.heldTasks == 2 && sight.heldTasksOfAll == 2 && sight.isEveryClaimSeen)
        #expect(sight.expiredClaims == 0)
        #expect(sight.counters == counters(claims: 1, batches: 0, enqueued: 5, handedOut: 2))
        #expect(sight.producers == 1)
        #expect(sight.nextDue == nil && sight.oldestWaiting == nil)
        #expect(sight.failedTasks == 0 && sight.orphanedTasks == 0)

        try test.fill(3, through: queue)
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "busy")) != .stale)
        #expect(try queue.fail(1, of: claim, TaskFailure(reason: "never", isRetryable: false)) == .dead)
        let later = try observer.look()
        #expect(later.depth == depth(pending: 6, delayed: 1, dead: 1))
        #expect(later.counters == counters(claims: 1, batches: 1, enqueued: 8, handedOut: 2))
        #expect(later.failedTasks == 1)
        #expect(later.heldTasks == 0 && later.claims == [])
        #expect(later.nextDue.map { $0 <= .milliseconds(20) } == true)
        #expect(later.newestDead.map(\.reason) == ["never"])
        #expect(later.newestDead.map(\.kind) == ["test"])
        #expect(later.newestDead.map { "\($0.id?.index ?? 99)" } == ["1"])
    }

    @Test func aStreamQueueIsSeenAsItIs() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        try test.fill(5, through: queue)
        let claim = try #require(try queue.claim(2))
        let sight = try observer.look()
        #expect(sight.depth == depth(pending: 3, claims: 1))
        #expect(sight.claims.map(\.name) == [claim.id])
        #expect(sight.claims.map(\.tasks) == [2])
        #expect(sight.claims.allSatisfy { isAboutAMinute($0.left) && $0.renewed.map { $0 < .seconds(10) } == true })
        #expect(sight.heldTasks == 2 && sight.heldTasksOfAll == 2 && sight.isEveryClaimSeen && sight.isHeldExact)
        #expect(sight.producers == 1)
        #expect(sight.oldestWaiting.map { $0 >= .zero && $0 < .seconds(10) } == true)
        // Entries are counted from Redis 7.0 on.
        let isCounted = observer.connection.server.release >= (7, 0)
        #expect(
            sight.counters
                == counters(claims: 1, batches: 0, enqueued: isCounted ? 5 : nil, handedOut: isCounted ? 2 : nil))

        try test.fill(3, through: queue)
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "busy")) != .stale)
        #expect(try queue.fail(1, of: claim, TaskFailure(reason: "never", isRetryable: false)) == .dead)
        let later = try observer.look()
        #expect(later.depth == depth(pending: 6, delayed: 1, dead: 1))
        #expect(later.counters.batches == 1)
        #expect(later.counters.enqueued == (isCounted ? 8 : nil))
        #expect(later.heldTasks == 0 && later.claims == [])
        #expect(later.newestDead.map(\.reason) == ["never"])
    }

    @Test(arguments: [QueueProtocol.lock, .lockSetex]) func aLockQueueIsSeenAsItIs(variant: QueueProtocol) throws {
        let test = try TestQueue(variant)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        try test.fill(5, through: queue)
        let claim = try #require(try queue.claim())
        let sight = try observer.look()
        #expect(sight.depth == depth(pending: 4, claims: 1))
        #expect(sight.claims.map(\.name) == [claim.id])
        #expect(sight.claims.allSatisfy { isAboutAMinute($0.left) && $0.holder != nil && $0.tasks == 1 })
        #expect(sight.heldTasks == 1 && sight.isHeldExact && sight.isEveryClaimSeen)
        #expect(sight.counters == QueueCounters() && sight.producers == nil && sight.expiredClaims == nil)
        try test.expire(claim)
        #expect(try observer.look().claims == [SeenClaim(name: claim.id, holder: nil, tasks: 1, left: nil)])
    }

    @Test func aPopQueueIsSeenAsItIs() throws {
        let test = try TestQueue(.pop)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        try test.fill(5, through: queue)
        let claim = try #require(try queue.claim(2))
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "never", isRetryable: false)) == .dead)
        let sight = try observer.look()
        #expect(sight.depth == depth(pending: 3, dead: 1))
        #expect(sight.heldTasks == nil && sight.claims == [])
        #expect(sight.newestDead.map(\.kind) == ["test"])
    }

    /// Whatever there is, and whatever there is not: the keys are the same before and after, and no script is loaded.
    @Test(arguments: QueueProtocol.allCases) func aLookChangesNothing(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(queueProtocol, on: server)
        let observer = try QueueObserver(of: test.configuration)
        #expect(try observer.look().depth == QueueDepth())
        #expect(try KeySnapshot(test.raw, prefix: "").keys().isEmpty)
        #expect(try observer.serverInfo().integer("number_of_cached_scripts") == 0)

        let queue = try test.open()
        try test.fill(4, through: queue)
        _ = try queue.claim(2)
        let before = try KeySnapshot(test.raw, prefix: "").keys()
        let commands = try observer.serverInfo().integer("rdb_changes_since_last_save")
        _ = try observer.look()
        #expect(try KeySnapshot(test.raw, prefix: "").keys() == before)
        #expect(try observer.serverInfo().integer("rdb_changes_since_last_save") == commands)
    }

    /// An attempt after another is handed out once more, and nobody has enqueued it again.
    @Test func laterAttemptsAreCountedApart() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        #expect(try observer.look().counters == counters(claims: 0, batches: 0, enqueued: 0, handedOut: 0))
        try test.fill(40, through: queue)
        try test.expire(try #require(try queue.claim(30)))
        #expect(try queue.recover().recovered == 30)
        var handedOut = 30
        for _ in 0..<2 { handedOut += try #require(try queue.claim(8)).count }
        let sight = try observer.look()
        #expect(sight.counters == counters(claims: 3, batches: 1, enqueued: 40, handedOut: handedOut))
        #expect(sight.depth.backlog + (sight.heldTasks ?? 0) == 40)
    }

    /// A look at many claims costs what one at some costs, and says that these are not all.
    @Test(arguments: [QueueProtocol.lease, .lock, .stream]) func ofManyClaimsSomeAreSeen(
        queueProtocol: QueueProtocol
    ) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        try test.fill(300, through: queue)
        for _ in 0..<300 { _ = try #require(try queue.claim(1)) }
        let before = observer.connection.traffic
        let sight = try observer.look()
        let cost = observer.connection.traffic - before
        #expect(sight.depth == depth(claims: 300))
        #expect(sight.claims.count == QueueObserver.Limits.claims)
        #expect(!sight.isEveryClaimSeen)
        #expect(sight.heldTasksOfAll == 300)
        // Entries of a stream don't tell how many more their claims hold.
        #expect(sight.claims.allSatisfy { $0.isEveryTaskSeen == (queueProtocol != .stream) })
        #expect(cost.commands <= 200 && cost.roundTrips <= 4, "\(cost)")
    }

    @Test func anExpiredLeaseIsCounted() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        try test.fill(1, through: queue)
        try test.expire(try #require(try queue.claim()))
        let sight = try QueueObserver(of: test.configuration).look()
        #expect(sight.expiredClaims == 1)
        #expect(sight.claims.allSatisfy { $0.left.map { $0 < .zero } == true })
    }

    /// Whatever somebody wrote there, it is looked at.
    @Test(arguments: ["inf", "-inf", "1e19"]) func scoresThatAreNoTimesAreSeen(score: String) throws {
        let test = try TestQueue(.lease)
        _ = try test.open()
        for set in ["delayed", "leases"] { _ = try test.raw.call("ZADD", test.key(set), score, "x") }
        let sight = try QueueObserver(of: test.configuration).look()
        #expect(sight.nextDue != nil)
    }

    /// One that ends between the two round trips of a look.
    @Test func aClaimThatHasEndedSinceCountsAndIsNotShown() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        try test.fill(2, through: queue)
        let (ended, held) = (try #require(try queue.claim(1)), try #require(try queue.claim(1)))
        _ = try test.raw.call("DEL", test.key("claim:\(ended.id)"))
        let sight = try QueueObserver(of: test.configuration).look()
        #expect(sight.claims.map(\.name) == [held.id] && sight.depth.claims == 2)
        #expect(!sight.isEveryClaimSeen && sight.heldTasks == 1 && sight.heldTasksOfAll == 2)
        _ = try test.raw.call("DEL", test.key("claim:\(held.id)"))
        let later = try QueueObserver(of: test.configuration).look()
        #expect(later.claims.isEmpty && later.depth.claims == 2 && later.heldTasksOfAll == nil)
    }

    /// What a producer sent last before it ended its session counts, too.
    @Test func theLastBatchesOfAProducerThatEndedAreCounted() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        let session: UInt64 = 77
        for number in 1...3 as ClosedRange<UInt32> {
            if number == 2 { #expect(try observer.look().counters.batches == 0) }
            let batch = TestQueue.batch(2).encoded(producer: 9, number: number)
            #expect(try queue.enqueue(batch, session: session, number: number) == .accepted)
        }
        try queue.forget(session: session)
        let sight = try observer.look()
        #expect(sight.counters.batches == 2)
        #expect(sight.producers == 0)
    }

    /// However many have ended, that is one question.
    @Test func manyProducersThatEndedAreAskedForAtOnce() throws {
        let test = try TestQueue(.lease)
        let queue = try test.open()
        let observer = try QueueObserver(of: test.configuration)
        let sessions: [UInt64] = Array(1...100)
        for session in sessions {
            let batch = TestQueue.batch(1).encoded(producer: session, number: 1)
            #expect(try queue.enqueue(batch, session: session, number: 1) == .accepted)
        }
        var before = observer.connection.traffic
        #expect(try observer.look().producers == 100)
        let usual = observer.connection.traffic - before
        for session in sessions {
            let batch = TestQueue.batch(1).encoded(producer: session, number: 2)
            #expect(try queue.enqueue(batch, session: session, number: 2) == .accepted)
            try queue.forget(session: session)
        }
        before = observer.connection.traffic
        #expect(try observer.look().counters.batches == 100)
        let cost = observer.connection.traffic - before
        #expect(cost.commands == usual.commands + 1 && cost.roundTrips == usual.roundTrips)
    }

    @Test func anotherProtocolsQueueIsRefused() throws {
        let test = try TestQueue(.lease)
        try test.fill(1, through: try test.open())
        var configuration = test.configuration
        configuration.queueProtocol = .stream
        let observer = try QueueObserver(of: configuration)
        #expect {
            try observer.look()
        } throws: { error in
            "\(error)".contains("check its name, and --protocol")
        }
        // And the connection is still good.
        #expect(try observer.roundTrip() > .zero)
    }

    @Test func aServerThatWentAwayIsSaidAtOnceAndFoundAgain() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.lease, on: server)
        let observer = try QueueObserver(of: test.configuration)
        try server.kill()
        #expect(throws: QueueError.self) { try observer.look() }
        #expect(throws: QueueError.self) { try observer.reconnect() }
        try server.restart()
        try observer.reconnect()
        #expect(try observer.look().depth == QueueDepth())
    }

    @Test func connectionsAreToldApart() throws {
        let test = try TestQueue(.lease)
        let worker = try test.configuration.serving(.worker).open()
        let monitor = try test.configuration.serving(.monitor).open()
        let observer = try QueueObserver(of: test.configuration)
        let clients = try observer.clients()
        #expect(Set(clients.map(\.part)) == [.worker, .monitor] && clients.count == 2)
        #expect(clients.allSatisfy { $0.host == nil && $0.idle < .seconds(10) })
        withExtendedLifetime((worker, monitor)) {}
    }

    private func depth(
        pending: Int = 0, delayed: Int = 0, claims: Int = 0, dead: Int = 0
    ) -> QueueDepth {
        var depth = QueueDepth()
        (depth.pending, depth.delayed, depth.claims, depth.dead) = (pending, delayed, claims, dead)
        return depth
    }

    private func counters(
        claims: Int?, batches: Int?, enqueued: Int? = nil, handedOut: Int? = nil
    ) -> QueueCounters {
        var counters = QueueCounters()
        (counters.claims, counters.batches) = (claims, batches)
        (counters.enqueued, counters.handedOut) = (enqueued, handedOut)
        return counters
    }

    private func isAboutAMinute(_ left: Duration?) -> Bool {
        left.map { $0 > .seconds(30) && $0 <= .seconds(61) } ?? false
    }
}
