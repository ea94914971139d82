import Glibc
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Producers, and what they notice when the server loses data.
@Suite struct QueueProducerTests {
    /// The tasks in the queue, by batch and index.
    private func pending(_ test: TestQueue) throws -> [String] {
        guard case .list(let tasks)? = try test.state()["pending"] else { return [] }
        return tasks
    }

    /// A rollback: the server forgets the producer's batches above `last`, as a restart without persistence would.
    private func rollBack(_ test: TestQueue, to last: Int) throws {
        let producers = try test.raw.call("HKEYS", test.key("producers"))
        for index in 0..<producers.count {
            _ = try test.raw.call("HSET", test.key("producers"), producers.text(at: index), String(last))
        }
        _ = try test.raw.call("LTRIM", test.key("pending"), "0", String(last - 1))
    }

    @Test func idsFollowTheBatches() throws {
        let test = try TestQueue()
        let producer = QueueProducer(queue: try test.open())
        #expect(try producer.enqueue(TestQueue.batch(2)) == TaskID(producer: producer.id, batch: 1, index: 0))
        #expect(try producer.enqueue(TestQueue.batch(1)) == TaskID(producer: producer.id, batch: 2, index: 0))
        #expect(try pending(test) == ["1.0", "1.1", "2.0"])
        try producer.finish()
        #expect(try test.bookkeeping() == ["ended", "epoch"])
        #expect((producer.lostTasks, producer.resentTasks) == (0, 0))
    }

    @Test func anEmptyBatchIsAMistake() async {
        await #expect(processExitsWith: .failure) { try Self.enqueueNothing() }
    }

    private static func enqueueNothing() throws {
        try QueueProducer(queue: TestQueue().open()).enqueue(TaskBatch())
    }

    /// H11: what the server lost is sent again, before the batch that told of it.
    @Test func lostBatchesAreSentAgain() throws {
        let test = try TestQueue()
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<4 { try producer.enqueue(TestQueue.batch(1)) }
        try rollBack(test, to: 1)
        #expect(try pending(test) == ["1.0"])
        try producer.enqueue(TestQueue.batch(1))
        #expect(try pending(test) == ["1.0", "2.0", "3.0", "4.0", "5.0"])
        #expect((producer.lostTasks, producer.resentTasks) == (0, 3))
        // And again, in the new session.
        try rollBack(test, to: 2)
        try producer.enqueue(TestQueue.batch(1))
        #expect(try pending(test) == ["1.0", "2.0", "4.0", "5.0", "6.0"])
        try producer.finish()
        #expect(try test.bookkeeping() == ["ended", "epoch"])
    }

    @Test func whatIsNotKeptIsReportedLost() throws {
        let test = try TestQueue()
        let producer = QueueProducer(queue: try test.open(), keeps: 2)
        for size in 1...5 { try producer.enqueue(TestQueue.batch(size)) }
        _ = try test.raw.call("DEL", test.key("producers"), test.key("pending"))
        try producer.enqueue(TestQueue.batch(1))
        // Of 1, 2, 3, 4 and 5 tasks the last two batches were kept.
        #expect((producer.lostTasks, producer.resentTasks) == (6, 9))
        #expect(try pending(test).count == 10)
    }

    /// H11: a producer with nothing left to send learns of it too.
    @Test func finishingMendsWhatWasLost() throws {
        let test = try TestQueue()
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<3 { try producer.enqueue(TestQueue.batch(2)) }
        _ = try test.raw.call("DEL", test.key("producers"), test.key("pending"))
        try producer.finish()
        #expect(producer.resentTasks == 6)
        #expect(try pending(test).count == 6)
        #expect(try test.bookkeeping() == ["ended", "epoch"])
    }

    @Test func aServerThatRestartsEmptyIsRefilled() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let producer = QueueProducer(queue: try test.open())
        let worker = try test.open()
        for _ in 0..<3 { try producer.enqueue(TestQueue.batch(1)) }
        let before = try #require(try worker.claim(1))
        _ = try test.raw.call("FLUSHALL")
        _ = try test.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        try producer.enqueue(TestQueue.batch(1))
        #expect(try pending(test) == ["1.0", "2.0", "3.0", "4.0"])
        #expect(try worker.ack(before) == .unknown)
        #expect(try #require(try worker.claim(1)).token > before.token)
    }

    /// A batch that failed for want of an answer must not lend its number to the next one.
    @Test(arguments: [true, false]) func anUnansweredBatchDoesNotSwallowTheNext(arrived: Bool) throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server) {
            $0.settings = RedisSettings(connectTimeout: .milliseconds(200), commandTimeout: .milliseconds(200))
            $0.backoff = Backoff(first: .milliseconds(1), total: .milliseconds(2))
        }
        let queue = try test.open()
        let producer = QueueProducer(queue: queue)
        try producer.enqueue(TestQueue.batch(1))
        if arrived {
            queue.connection.append("CLIENT", ["REPLY", "OFF"])
            try queue.connection.flush()
        } else {
            // The server dies for this client only: it is stopped until the client has given up.
            server.send(signal: SIGSTOP)
        }
        let failure =
            arrived
            ? try failOnce(producer, test)
            : #expect(throws: QueueError.self) {
                try producer.enqueue(TestQueue.batch(1))
            }
        #expect(failure != nil)
        server.send(signal: SIGCONT)
        try producer.enqueue(TestQueue.batch(1))
        let tasks = try pending(test)
        #expect(tasks.first == "1.0")
        #expect(tasks.last == "3.0")
        #expect(Set(tasks).count == tasks.count)
        #expect(try queue.lastBatch(of: producer.id) == UInt32(tasks.count))
    }

    /// The batch arrives, its answer does not, and the server refuses connections until the producer has given up.
    private func failOnce(_ producer: QueueProducer, _ test: TestQueue) throws -> QueueError? {
        _ = try test.raw.call("CONFIG", "SET", "maxclients", "1")
        defer { _ = try? test.raw.call("CONFIG", "SET", "maxclients", "100") }
        return #expect(throws: QueueError.self) { try producer.enqueue(TestQueue.batch(1)) }
    }

    /// Two halves are a whole: the server works while the producer does.
    @Test(arguments: QueueProtocol.allCases) func aBatchMayBeBegunAndCompletedLater(queueProtocol: QueueProtocol) throws
    {
        let test = try TestQueue(queueProtocol)
        let producer = QueueProducer(queue: try test.open())
        let first = try producer.begin(TestQueue.batch(2))
        #expect(first == TaskID(producer: producer.id, batch: 1, index: 0))
        #expect(try eventually { try test.open().depth().pending == 2 })
        try producer.complete()
        try producer.begin(TestQueue.batch(1))
        try producer.complete()
        try producer.finish()
        #expect(try test.open().depth().pending == 3)
    }

    /// The connection is lost right after the batch was sent: it is said again, and is there once.
    @Test(arguments: QueueProtocol.fenced) func aBatchWhoseConnectionBreaksIsThereOnce(queueProtocol: QueueProtocol)
        throws
    {
        let test = try TestQueue(queueProtocol)
        var configuration = test.configuration
        let hasBroken = Atomic(false)
        let command = queueProtocol == .lease ? "enqueue" : "stream_enqueue"
        configuration.settings.probe = CommandProbe(
            part: "",
            everywhere: { name, moment in
                guard name == command, moment == .sent, !hasBroken.exchange(true, ordering: .relaxed) else {
                    return .goesOn
                }
                return .breaks
            })
        let producer = QueueProducer(queue: try configuration.open())
        try producer.begin(TestQueue.batch(2))
        try producer.complete()
        let wasBroken = hasBroken.load(ordering: .relaxed)
        #expect(wasBroken)
        #expect(try test.open().depth().pending == 2)
        try producer.enqueue(TestQueue.batch(1))
        #expect(try test.open().depth().pending == 3)
    }

    @Test func onlyOneBatchIsOnItsWay() async {
        await #expect(processExitsWith: .failure) {
            try Self.misuse { producer in _ = try producer.begin(TestQueue.batch(1)) }
        }
        await #expect(processExitsWith: .failure) { try Self.misuse { try $0.complete() } }
        await #expect(processExitsWith: .failure) { try Self.misuse { try $0.finish() } }
    }

    /// Does something to a producer that has one batch on its way, then completes it.
    private static func misuse(_ body: (QueueProducer) throws -> Void) throws {
        let producer = QueueProducer(queue: try TestQueue().open())
        try producer.begin(TestQueue.batch(1))
        try body(producer)
        try producer.complete()
    }

    /// A batch that is refused when it is said again may have been taken the first time: it keeps its number.
    @Test func aRepetitionThatIsRefusedIsUnsettled() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        var configuration = test.configuration
        let (endpoint, pending) = (server.endpoint, test.key("pending"))
        let hasLost = Atomic(false)
        configuration.settings.probe = CommandProbe(
            part: "",
            everywhere: { command, moment in
                guard command == "enqueue", moment == .sent, !hasLost.exchange(true, ordering: .relaxed) else {
                    return .goesOn
                }
                #expect(eventually { Self.fill(endpoint, after: pending) })
                return .breaks
            })
        let producer = QueueProducer(queue: try configuration.open())
        #expect(throws: QueueError.unsettled) { try producer.enqueue(TestQueue.batch(1)) }
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "0")
        try producer.enqueue(TestQueue.batch(1))
        #expect(try self.pending(test) == ["1.0", "2.0"])
        #expect((producer.lostTasks, producer.resentTasks) == (0, 0))
    }

    /// Makes a server refuse to write once something is in the list; true when it is.
    private static func fill(_ endpoint: RedisEndpoint, after list: String) -> Bool {
        guard let connection = try? RedisConnection(to: endpoint), (try? connection.call("LLEN", list).integer()) == 1
        else { return false }
        return (try? connection.call("CONFIG", "SET", "maxmemory", "1")) != nil
    }

    /// What is still owed after a failure stays owed.
    @Test func anInterruptedRepairIsTakenUpAgain() throws {
        let server = try TestServer.own(settings: [("maxmemory", "4mb")])
        let test = try TestQueue(on: server)
        let producer = QueueProducer(queue: try test.open())
        for _ in 0..<4 { try producer.enqueue(TestQueue.batch(1)) }
        try rollBack(test, to: 1)
        let ballast = try RedisConnection(to: server.endpoint)
        for size in [50_000, 5_000, 500, 50] {
            while (try? ballast.call("RPUSH", "ballast", String(repeating: "x", count: size)).count) != nil {}
        }
        #expect(throws: QueueError.full) { try producer.enqueue(TestQueue.batch(1)) }
        #expect(throws: QueueError.full) { try producer.finish() }
        _ = try ballast.call("DEL", "ballast")
        try producer.finish()
        #expect(try pending(test) == ["1.0", "2.0", "3.0", "4.0"])
        #expect((producer.lostTasks, producer.resentTasks) == (0, 3))
    }

    @Test(arguments: QueueProtocol.allCases) func everyProtocolHasProducers(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        let producer = QueueProducer(queue: try test.open())
        try producer.enqueue(TestQueue.batch(3))
        try producer.finish()
        #expect(try pending(test) == ["1.0", "1.1", "1.2"])
    }
}
