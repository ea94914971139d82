import Redis
import ReliableQueue
import TestSupport
import Testing

/// What is kept of tasks that asked for their result, by every protocol.
@Suite struct ResultTests {
    private static let all = QueueProtocol.allCases
    private static let minute = Duration.seconds(60)

    @Test(arguments: all) func anAckKeepsTheResults(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue, keepsResultFor: Self.minute)
        let claim = try #require(try queue.claim(2))
        claim.setResult("first", of: 0)
        #expect(try test.tasksWithResults().isEmpty)
        #expect(try queue.ack(claim) == .acked)
        #expect(claim.remaining == 0)
        #expect(try test.result(batch, 0) == .done("first"))
        // Who says nothing has said so.
        #expect(try test.result(batch, 1) == (queueProtocol.claimsMany ? .done("") : nil))
        #expect(try test.result(batch, 2) == nil)
        let left = try #require(try test.resultTimeLeft(batch, 0))
        #expect(left > .zero && left <= Self.minute)
        let taken = queueProtocol.claimsMany ? 2 : 1
        #expect(try test.tasksWithResults() == Set(names(batch, 0..<taken)))
        #expect(
            try test.places().filter { !$0.key.hasPrefix("result:") }
                == test.lists(["pending": names(batch, taken..<3)]))
        // What is claimed in the same round trip is acked in the next.
        while let next = try queue.exchange(acking: nil, claiming: ClaimRequest(limit: 1)).claim {
            #expect(try queue.exchange(acking: next, claiming: nil).ack == .acked)
        }
        #expect(try test.tasksWithResults() == Set(names(batch, 0..<3)))
    }

    @Test(arguments: all) func singleAcksKeepTheirs(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(2, through: queue, keepsResultFor: Self.minute)
        let claim = try #require(try queue.claim(2))
        for index in 0..<claim.count { claim.setResult("\(index)", of: index) }
        #expect(try queue.ack([0], of: claim) == [.acked])
        #expect(try test.tasksWithResults() == ["\(batch).0"])
        #expect(try test.result(batch, 0) == .done("0"))
        // The rest of the claim is as good as it was.
        guard claim.remaining > 0 else { return }
        #expect(try queue.ack(claim) == .acked)
        #expect(try test.result(batch, 1) == .done("1"))
    }

    /// One claim of tasks with and without a wish.
    @Test(arguments: all) func whoDidNotAskHasNoResult(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        var tasks = TaskBatch()
        for time in [nil, Self.minute, nil, Self.minute] { tasks.add(kind: "test", keepsResultFor: time, payload: [1]) }
        _ = try queue.enqueue(tasks.encoded(producer: 7, number: 1), session: 1, number: 1)
        try test.push("no task")
        try test.push("\u{2}no task of this queue, but long enough for one")
        var finished: Claim?
        var asking: [Bool] = []
        repeat {
            let exchange = try queue.exchange(acking: finished, claiming: ClaimRequest(limit: 256))
            #expect(exchange.ack == (finished == nil ? nil : .acked))
            finished = exchange.claim
            guard let finished else { continue }
            for index in 0..<finished.count {
                finished.setResult("x", of: index)
                asking.append(finished.withTask(index) { task, _ in task?.keepsResultFor == Self.minute })
            }
        } while finished != nil
        #expect(asking == [false, true, false, true, false, false])
        #expect(try test.tasksWithResults() == ["1.1", "1.3"])
        #expect(try test.places().keys.allSatisfy { $0.hasPrefix("result:") })
    }

    @Test(arguments: [Duration.zero, .microseconds(1), .seconds(864_000_000)])
    func theTimeToKeepIsCutToWhatAnElementHolds(time: Duration) throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(1, through: queue, keepsResultFor: time)
        let kept = try #require(try queue.claim()).withTask(0) { task, payload in
            payload.byteCount == 1 ? task?.keepsResultFor : nil
        }
        #expect(kept == (time < .seconds(1) ? .milliseconds(1) : .milliseconds(Int64(UInt32.max))))
    }

    @Test(arguments: all) func aDeadLettersReasonIsItsResult(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue, keepsResultFor: Self.minute)
        let claim = try #require(try queue.claim())
        #expect(try queue.fail(0, of: claim, TaskFailure(reason: "no use", isRetryable: false)) == .dead)
        #expect(try test.result(batch, 0) == .failed(reason: "no use"))
        let left = try #require(try test.resultTimeLeft(batch, 0))
        #expect(left > .zero && left <= Self.minute)
    }

    @Test(arguments: all.filter(\.countsFailures)) func aFailureThatIsTriedAgainIsNone(
        queueProtocol: QueueProtocol
    ) throws {
        let test = try TestQueue(queueProtocol) { $0.mostFailures = 1 }
        let queue = try test.open()
        let batch = try test.fill(1, through: queue, keepsResultFor: Self.minute)
        for attempt in 1...2 {
            #expect(try test.result(batch, 0) == nil)
            let claim = try #require(try queue.claim())
            _ = try queue.fail(0, of: claim, TaskFailure(reason: "attempt \(attempt)"))
            try test.makeDelayedDue()
        }
        #expect(try test.result(batch, 0) == .failed(reason: "attempt 2"))
    }

    /// That it had failed is no result of a task that is tried again.
    @Test(arguments: all) func aDeadLetterThatIsTriedAgainHasNoResult(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(2, through: queue, keepsResultFor: Self.minute)
        for _ in 0..<2 {
            let claim = try #require(try queue.claim(1))
            _ = try queue.fail(0, of: claim, TaskFailure(reason: "no use", isRetryable: false))
        }
        let dead = try DeadLetters(of: test.configuration)
        let letters = try dead.list()
        #expect(try dead.drop([letters[0]]) == 1)
        #expect(try dead.requeue(letters) == 1)
        #expect(try test.result(batch, 0) == .failed(reason: "no use"))
        #expect(try test.result(batch, 1) == nil)
        let again = try #require(try queue.claim())
        again.setResult("at last", of: 0)
        #expect(try queue.ack(again) == .acked)
        #expect(try test.result(batch, 1) == .done("at last"))
        // Whoever holds an old list changes nothing.
        #expect(try dead.requeue(letters) == 0)
        #expect(try test.result(batch, 1) == .done("at last"))
    }

    @Test(arguments: all) func aResultGoesWithItsTime(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        let batch = try test.fill(1, through: queue, keepsResultFor: .milliseconds(20))
        #expect(try queue.ack(try #require(try queue.claim())) == .acked)
        let key = test.key("result:\(TestQueue.task(batch, 0))")
        #expect(try eventually { try test.raw.call("EXISTS", key).integer() == 0 })
        #expect(try test.places().isEmpty)
    }

    @Test(arguments: all) func destroyingTakesResults(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let queue = try test.open()
        try test.fill(1, through: queue, keepsResultFor: Self.minute)
        #expect(try queue.ack(try #require(try queue.claim())) == .acked)
        #expect(try test.tasksWithResults().count == 1)
        try queue.destroy()
        #expect(try test.state().isEmpty)
    }

    /// A full Redis can still be drained, results and all.
    @Test(arguments: all) func aFullServerKeepsResults(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own()
        let test = try TestQueue(queueProtocol, on: server)
        let queue = try test.open()
        let batch = try test.fill(2, through: queue, keepsResultFor: Self.minute)
        let claims = try (0..<2).map { _ in try #require(try queue.claim(1)) }
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "1")
        #expect(throws: QueueError.full) { try test.fill(1, through: queue) }
        claims[0].setResult("done", of: 0)
        #expect(try queue.ack([0], of: claims[0]) == [.acked])
        #expect(try test.result(batch, 0) == .done("done"))
        #expect(try queue.ack(claims[1]) == .acked)
        #expect(try test.result(batch, 1) == .done(""))
    }
}
