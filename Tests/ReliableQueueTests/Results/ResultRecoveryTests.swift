import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Results of tasks whose worker vanished, or whose answers did.
@Suite struct ResultRecoveryTests {
    private static let recovering = QueueProtocol.allCases.filter(\.recovers)
    private static let minute = Duration.seconds(60)

    /// A result is recorded once: by the worker whose ack is accepted.
    @Test(arguments: recovering) func aStaleAckKeepsNothing(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let (zombie, heir) = (try test.open(), try test.open())
        let batch = try test.fill(1, through: zombie, keepsResultFor: Self.minute)
        let old = try #require(try zombie.claim())
        old.setResult("late", of: 0)
        try test.expire(old)
        #expect(try heir.recover().recovered == 1)
        #expect(try zombie.ack([0], of: old).allSatisfy { $0 == .stale })
        #expect(try zombie.ack(old) == .stale)
        #expect(try test.result(batch, 0) == nil)
        let new = try #require(try heir.claim())
        new.setResult("second", of: 0)
        #expect(try heir.ack(new) == .acked)
        #expect(try test.result(batch, 0) == .done("second"))
        #expect(try zombie.ack(old) == .stale)
        #expect(try test.result(batch, 0) == .done("second"))
    }

    /// The same while the second worker holds it.
    @Test(arguments: QueueProtocol.fenced) func aZombieEndsNothing(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let (zombie, heir) = (try test.open(), try test.open())
        let batch = try test.fill(2, through: zombie, keepsResultFor: Self.minute)
        let old = try #require(try zombie.claim())
        try test.expire(old)
        _ = try heir.recover()
        let new = try #require(try heir.claim())
        #expect(new.count == 2)
        let state = try test.state()
        old.setResult("late", of: 0)
        #expect(try zombie.ack([0], of: old) == [.stale])
        #expect(try zombie.fail(1, of: old, TaskFailure(reason: "late", isRetryable: false)) == .stale)
        #expect(try zombie.ack(old) == .stale)
        #expect(try test.state() == state)
        // All or nothing holds for a claim that has lost one of its tasks, too.
        #expect(try heir.ack([0], of: new) == [.acked])
        #expect(try heir.ack(new) == .acked)
        #expect(try test.tasksWithResults() == Set(names(batch, 0..<2)))
    }

    /// In `lock` an ack is by task: of two workers that ran it the first one's result stays.
    @Test(arguments: [QueueProtocol.lock, .lockSetex]) func theFirstOfTwoAcksCounts(queueProtocol: QueueProtocol) throws
    {
        let test = try TestQueue(queueProtocol)
        let (zombie, heir) = (try test.open(), try test.open())
        let batch = try test.fill(1, through: zombie, keepsResultFor: Self.minute)
        let old = try #require(try zombie.claim())
        try test.expire(old)
        _ = try heir.recover()
        let new = try #require(try heir.claim())
        old.setResult("first", of: 0)
        new.setResult("second", of: 0)
        #expect(try zombie.ack(old) == .acked)
        #expect(try heir.ack(new) == .stale)
        #expect(try test.result(batch, 0) == .done("first"))
        #expect(try test.tasksWithResults() == ["\(batch).0"])
    }

    /// An ack whose answer was lost is said again, and keeps the result once.
    @Test(arguments: QueueProtocol.allCases) func aLostAnswerLosesNoResult(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue, keepsResultFor: Self.minute)
        let claim = try #require(try queue.claim())
        claim.setResult("done", of: 0)
        let answer = try test.losingTheReply(of: queue) { try queue.ack(claim) }
        #expect(answer == (queueProtocol == .pop ? .acked : .unknown))
        #expect(try test.result(batch, 0) == .done("done"))
        #expect(try test.raw.call("XLEN", test.key("result:\(TestQueue.task(batch, 0))")).integer() == 1)
    }

    /// Whose workers vanish too often is a dead letter, and whoever waits for it learns that.
    @Test(arguments: QueueProtocol.fenced) func poisonIsAResult(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol) { $0.mostRedeliveries = 2 }
        let queue = try test.open()
        let batch = try test.fill(3, through: queue, keepsResultFor: Self.minute)
        try test.fill(1, through: queue)
        let recovery = try buryEverything(test, queue)
        #expect(recovery.dead == 4)
        #expect(try test.tasksWithResults() == Set(names(batch, 0..<3)))
        for index in UInt32(0)..<3 {
            #expect(try test.result(batch, index) == .failed(reason: "its worker vanished 3 times"))
            let left = try #require(try test.resultTimeLeft(batch, index))
            #expect(left > .zero && left <= Self.minute)
        }
        #expect(try queue.depth().dead == 4 && queue.depth().backlog == 0 && queue.depth().claims == 0)
    }

    /// Lets every task's worker vanish three times, the last time all of them at once; says what the last recovery did.
    private func buryEverything(
        _ test: TestQueue, _ queue: any TaskQueue, lastRecovery: ((any TaskQueue) throws -> Recovery)? = nil
    ) throws -> Recovery {
        for loss in 1...3 {
            var claims: [Claim] = []
            while let claim = try queue.claim() {
                if claim.isRedelivery { #expect(try queue.confirm(claim)) }
                claims.append(claim)
            }
            for claim in claims { try test.expire(claim) }
            if loss == 3, let lastRecovery { return try lastRecovery(queue) }
            let recovery = try queue.recover()
            if loss == 3 { return recovery }
        }
        return Recovery()
    }

    /// A monitor that dies once it knows whom to bury, and before it has, leaves the rest to the next one.
    @Test(arguments: QueueProtocol.fenced) func aMonitorMayDieBeforeItBuries(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(queueProtocol, on: server) { $0.mostRedeliveries = 2 }
        let queue = try test.open()
        let batch = try test.fill(3, through: queue, keepsResultFor: Self.minute)
        var mortal = test.configuration.serving(.monitor)
        let endpoint = server.endpoint
        // For `stream` the first call is for the other stream.
        mortal.settings.probe = CommandProbe(
            part: "monitor", command: queueProtocol == .lease ? "recover" : "stream_recover", moment: .before,
            count: queueProtocol == .lease ? 2 : 3
        ) {
            // Nobody else is connected by this name.
            _ = try? RedisConnection(to: endpoint).call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        }
        let recovery = try buryEverything(test, queue) { queue in
            let monitor = try mortal.open(keepTrying: { false })
            #expect(throws: QueueError.self) { try monitor.recover() }
            let outside = try TestQueue(viewing: test.configuration)
            #expect(try outside.tasksWithResults().isEmpty)
            #expect(try queue.depth().dead == 0 && queue.depth().claims > 0)
            return try queue.recover()
        }
        #expect(recovery.dead == 3)
        let outside = try TestQueue(viewing: test.configuration)
        #expect(try outside.tasksWithResults() == Set(names(batch, 0..<3)))
        #expect(try outside.result(batch, 2) == .failed(reason: "its worker vanished 3 times"))
    }
}
