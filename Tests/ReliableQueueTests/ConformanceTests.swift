import Processes
import Redis
import ReliableQueue
import TestSupport
import Testing

/// What every protocol does alike, each in its own way: the whole state after each step.
@Suite struct ConformanceTests {
    static let all = QueueProtocol.allCases

    @Test(arguments: all, TestTopology.allCases)
    func tasksGoThroughAndLeaveNothing(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        #expect(try test.places() == test.lists(["pending": names(batch, 0..<3)]))
        var run: [String] = []
        var finished: Claim?
        repeat {
            let exchange = try queue.exchange(acking: finished, claiming: ClaimRequest(limit: 2))
            #expect(exchange.ack == (finished == nil ? nil : .acked))
            finished = exchange.claim
            run += finished?.names ?? []
        } while finished != nil
        #expect(run == names(batch, 0..<3))
        #expect(try test.state().isEmpty)
        #expect(try queue.depth() == QueueDepth())
    }

    @Test(arguments: all, TestTopology.allCases)
    func aClaimHoldsItsTasks(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let claim = try #require(try queue.claim(2))
        let taken = queueProtocol.claimsMany ? 2 : 1
        #expect(claim.names == names(batch, 0..<taken))
        #expect(claim.attempts.allSatisfy { $0 == 1 })
        #expect(!claim.isRedelivery)
        let waiting = test.lists(["pending": names(batch, taken..<3)])
        #expect(
            try test.placesWithoutLocks() == test.held(claim, claim.names).merging(waiting) { $1 })
        #expect(try queue.ack(claim) == .acked)
        #expect(claim.remaining == 0)
        #expect(try test.places() == waiting)
    }

    @Test(arguments: all, TestTopology.allCases)
    func thereMayBeNothing(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        #expect(try queue.claim() == nil)
        #expect(try queue.awaitClaim(ClaimRequest(), upTo: .milliseconds(5)).claim == nil)
        #expect(try test.state().isEmpty)
    }

    @Test(arguments: all, TestTopology.allCases)
    func aPushWakesAWaitingWorkerAtOnce(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let producer = try test.open()
        let waiting = try WaitingClaim(test, upTo: .seconds(60))
        #expect(try waiting.isBlocked())
        let batch = try test.fill(1, through: producer)
        // It would be a minute, were it not woken.
        #expect(waiting.names() == names(batch, 0..<1))
    }

    @Test(arguments: all, TestTopology.allCases)
    func aWaitingWorkerCanBeUnblocked(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let waiting = try WaitingClaim(test, upTo: .seconds(60))
        #expect(try waiting.isBlocked())
        _ = try test.raw.call("CLIENT", "UNBLOCK", String(waiting.clientID))
        #expect(waiting.names() == [])
    }

    @Test(arguments: all, TestTopology.allCases)
    func releasedTasksGoBack(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(5, through: queue)
        let before = try test.places()
        let claim = try #require(try queue.claim(3))
        #expect(try queue.release(claim) == claim.count)
        #expect(claim.remaining == 0)
        #expect(try queue.release(claim) <= 0)
        let waiting = names(batch, 0..<5)
        if queueProtocol.releasesToTheHead {
            #expect(try test.places() == before)
            #expect(try test.places() == test.lists(["pending": waiting]))
        } else {
            #expect(try test.places() == test.lists(["pending": Array(waiting[3...] + waiting[..<3])]))
        }
    }

    @Test(arguments: all, TestTopology.allCases)
    func whatIsDoneIsNotReleased(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(4, through: queue)
        let claim = try #require(try queue.claim(4))
        #expect(try queue.ack([0], of: claim) == [.acked])
        #expect(claim.remaining == claim.count - 1)
        _ = try queue.release(claim)
        #expect(try test.places() == test.lists(["pending": names(batch, 1..<4)]))
    }

    @Test(arguments: all, TestTopology.allCases)
    func aFailedTaskComesBack(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(2, through: queue)
        let claim = try #require(try queue.claim(1))
        guard case .delayed = try queue.fail(0, of: claim, TaskFailure(reason: "bad luck")) else {
            Issue.record("not delayed")
            return
        }
        #expect(claim.remaining == 0)
        #expect(try queue.depth().backlog == 2)
        try test.makeDelayedDue()
        var run: Set<String> = []
        while let next = try queue.claim() {
            run.formUnion(next.names)
            #expect(try queue.ack(next) == .acked)
        }
        #expect(run == Set(names(batch, 0..<2)))
    }

    @Test(arguments: all, TestTopology.allCases)
    func aTaskThatCannotSucceedIsADeadLetter(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try #require(try queue.claim(1))
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "no use", isRetryable: false)) == .dead)
        let state = try test.state()
        #expect(state["dead"] == .list(names(batch, 0..<1)))
        if queueProtocol.countsFailures, case .hash(let reasons)? = state["reasons"] {
            #expect(reasons.values.contains("no use"))
        }
        #expect(state["pending"] == nil)
        #expect(try queue.depth().dead == 1)
    }

    @Test(arguments: all.filter(\.countsFailures), TestTopology.allCases)
    func tooManyFailuresBuryATask(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology) { $0.mostFailures = 2 }
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        for attempt in 1...3 {
            let claim = try #require(try queue.claim(1))
            let answer = try queue.fail(0, of: claim, TaskFailure(reason: "attempt \(attempt)"))
            #expect((answer == .dead) == (attempt == 3))
            try test.makeDelayedDue()
        }
        #expect(try queue.claim() == nil)
        #expect(try test.state()["dead"] == .list(names(batch, 0..<1)))
    }

    @Test(arguments: all, TestTopology.allCases)
    func theWorkOfALostWorkerComesBackOrNot(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let (worker, monitor) = (try test.open(), try test.open())
        #expect(worker.recovers == queueProtocol.recovers)
        let batch = try test.fill(1, through: worker)
        let claim = try #require(try worker.claim(1))
        #expect(try monitor.recover().recovered == 0)
        try test.expire(claim)
        let recovery = try monitor.recover()
        #expect(recovery.recovered == (queueProtocol.recovers ? 1 : 0))
        #expect(recovery.dead == 0)
        #expect(try monitor.claim()?.names ?? [] == (queueProtocol.recovers ? names(batch, 0..<1) : []))
    }

    @Test(arguments: all, TestTopology.allCases)
    func renewalSaysWhetherTheClaimIsStillHeld(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        try test.fill(1, through: queue)
        let claim = try #require(try queue.claim(1, lease: .seconds(2)))
        #expect(try queue.renew([]) == [])
        #expect(try queue.renew([claim.lease, claim.lease]) == [true, true])
        try test.expire(claim)
        _ = try queue.recover()
        #expect(try queue.renew([claim.lease]) == [!queueProtocol.recovers])
    }

    @Test(arguments: all, TestTopology.allCases)
    func aRepeatedBatchIsDroppedOrNot(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = TestQueue.batch(2).encoded(producer: 1, number: 1)
        for _ in 0..<3 { #expect(try queue.enqueue(batch, session: 5, number: 1) == .accepted) }
        #expect(try queue.depth().pending == (queueProtocol.remembersProducers ? 2 : 6))
        #expect(try queue.lastBatch(of: 5) == (queueProtocol.remembersProducers ? 1 : nil))
        try queue.forget(session: 5)
        #expect(try queue.lastBatch(of: 5) == (queueProtocol.remembersProducers ? 0 : nil))
    }

    @Test(arguments: all, TestTopology.allCases)
    func everyTaskCanBeVisited(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        try test.fill(5, through: queue)
        let dead = try #require(try queue.claim(1))
        _ = try queue.fail(0, of: dead, TaskFailure(reason: "", isRetryable: false))
        _ = try queue.claim(1)
        var places: [TaskPlace: [TaskID?]] = [:]
        try queue.visitTasks { places[$0, default: []].append($1) }
        #expect(places[.waiting]?.count == 3)
        #expect(places[.claimed]?.count ?? 0 == (queueProtocol.recovers ? 1 : 0))
        #expect(places[.dead] == [TaskID(producer: 7, batch: 1, index: 0)])
    }

    @Test(arguments: all, TestTopology.allCases)
    func deadLettersCanBeTriedAgainOrThrownAway(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        for _ in 0..<3 {
            let claim = try #require(try queue.claim(1))
            _ = try queue.fail(0, of: claim, TaskFailure(reason: "no \"use\"", isRetryable: false))
        }
        let dead = try DeadLetters(of: test.configuration)
        let letters = try dead.list()
        #expect(letters.map(\.id) == (0..<3).map { TaskID(producer: 7, batch: batch, index: $0) })
        #expect(letters.map(\.payload) == (0..<3).map { Array("\($0)".utf8) })
        #expect(letters.allSatisfy { $0.kind == "test" })
        #expect(letters.allSatisfy { $0.reason == (queueProtocol.countsFailures ? "no \"use\"" : nil) })
        #expect(try dead.list(limit: 2).count == 2)
        #expect(try dead.requeue([letters[1]]) == 1)
        // It is there once, however often that is said.
        #expect(try dead.requeue([letters[1]]) == 0)
        #expect(try dead.drop([letters[0], letters[1], letters[2]]) == 2)
        #expect(try dead.list().isEmpty)
        let again = try #require(try queue.claim())
        #expect(again.names == names(batch, 1..<2) && again.attempts == [1])
        #expect(try queue.ack(again) == .acked)
        #expect(try queue.claim() == nil)
        #expect(try test.state().isEmpty)
    }

    @Test(arguments: all, TestTopology.allCases)
    func whoHoldsWhatCanBeSeen(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let look = try test.configuration.openToLook()
        #expect(try look.depth() == QueueDepth() && look.heldClaims(limit: 9).isEmpty)
        // Who only looks makes nothing.
        #expect(try test.state().isEmpty && test.bookkeeping().isEmpty)
        let queue = try test.configuration.serving(.worker).open()
        try test.fill(4, through: queue)
        let claims = try (0..<2).map { _ in try #require(try queue.claim(2)) }
        let held = try look.heldClaims(limit: 9)
        #expect(Set(held.map(\.name)) == (queueProtocol.recovers ? Set(claims.map(\.id)) : []))
        for claim in held {
            #expect(claim.tasks == (queueProtocol.claimsMany ? 2 : 1))
            let left = try #require(claim.left)
            #expect(left > .seconds(30) && left <= .seconds(61))
        }
        #expect(try look.heldClaims(limit: 1).count == (queueProtocol.recovers ? 1 : 0))
        let parts = try look.connections(test.configuration)
        #expect(parts.filter { $0.count > 0 }.map(\.part) == [.worker])
    }

    @Test(arguments: all, TestTopology.allCases)
    func destroyingTakesThisQueueOnly(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let (test, other) = (try TestQueue(queueProtocol, in: topology), try TestQueue(queueProtocol, in: topology))
        let (queue, stranger) = (try test.open(), try other.open())
        try other.fill(1, through: stranger)
        try test.fill(3, through: queue)
        _ = try queue.claim(1)
        try queue.destroy()
        #expect(try test.state().isEmpty)
        #expect(try test.bookkeeping().isEmpty)
        #expect(try other.depth() == 1)
    }

    @Test(arguments: all) func aServerThatMayEvictIsRefused(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own(settings: [("maxmemory-policy", "allkeys-lru")])
        #expect(throws: QueueError.mayEvict(policy: "allkeys-lru")) { try TestQueue(queueProtocol, on: server).open() }
    }

    @Test(arguments: all) func aMissingServerIsAnError(queueProtocol: QueueProtocol) {
        let configuration = QueueConfiguration(
            queueProtocol, at: RedisEndpoint(.unixSocket(path: "/no/such.sock")), name: "q")
        let error = #expect(throws: QueueError.self) { try configuration.open() }
        guard case .redis(.unreachable)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

extension TestQueue {
    /// Tasks that wait.
    fileprivate func depth() throws -> Int { try open().depth().pending }
}
