import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Waiting for results.
@Suite struct ResultWaitTests {
    private static let all = QueueProtocol.allCases
    private static let task = TestQueue.task(1, 0)

    /// Runs the one task that is there, and says what came of it.
    private func work(_ test: TestQueue, result: String) throws {
        let queue = try test.open()
        let claim = try #require(try queue.claim())
        claim.setResult(result, of: 0)
        #expect(try queue.ack(claim) == .acked)
    }

    /// However many wait, each gets it, also who comes later; and nobody takes it from the others or makes it last.
    @Test(arguments: all) func anyNumberMayWait(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        try test.fill(1, through: try test.open(), keepsResultFor: .seconds(60))
        let waiting = (0..<2).map { _ in WaitingForResult(test, for: Self.task, upTo: .seconds(50)) }
        #expect(try test.blockedWaiters(2).count == 2)
        try work(test, result: "done")
        for waiter in waiting { #expect(try waiter.result() == .done("done")) }
        let later = try TaskResults(of: test.configuration)
        for _ in 0..<2 { #expect(try later.wait(for: Self.task, upTo: .seconds(50)) == .done("done")) }
        let left = try #require(try test.resultTimeLeft(1, 0))
        #expect(left > .seconds(1) && left <= .seconds(60))
    }

    @Test func aFailureEndsTheWait() throws {
        let test = try TestQueue()
        let queue = try test.open()
        try test.fill(1, through: queue, keepsResultFor: .seconds(60))
        let waiter = WaitingForResult(test, for: Self.task, upTo: .seconds(50))
        #expect(try test.blockedWaiters(1).count == 1)
        let claim = try #require(try queue.claim())
        _ = try queue.fail(0, of: claim, TaskFailure(reason: "no use", isRetryable: false))
        #expect(try waiter.result() == .failed(reason: "no use"))
    }

    @Test(arguments: [Duration.zero, .microseconds(10), .milliseconds(20)])
    func thereMayBeNothingInTime(limit: Duration) throws {
        let test = try TestQueue()
        let began = ContinuousClock.now
        #expect(try TaskResults(of: test.configuration).wait(for: Self.task, upTo: limit) == nil)
        #expect(.now - began >= limit)
        // Who only waits makes nothing.
        #expect(try test.state().isEmpty && test.bookkeeping().isEmpty)
    }

    /// A wait that is longer than what a connection waits for one reply is made of several.
    @Test func aLongWaitIsManyShortOnes() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server) { $0.settings.commandTimeout = .seconds(2) }
        try test.fill(1, through: try test.open(), keepsResultFor: .seconds(60))
        let waiter = WaitingForResult(test, for: Self.task, upTo: .seconds(50))
        let client = try test.blockedWaiters(1)
        // Two reads that ended without a result have taken as long as a connection waits for one reply.
        #expect(
            try eventually {
                let statistics = RedisServerInfo(parsing: try test.raw.call("INFO", "commandstats").text())
                let reads = statistics.fields["cmdstat_xread"]?.prefix { $0 != "," }
                return (reads?.dropFirst("calls=".count)).flatMap { Int($0) } ?? 0 >= 2
            })
        #expect(try test.blockedWaiters(1) == client)
        try work(test, result: "late")
        #expect(try waiter.result() == .done("late"))
    }

    @Test(arguments: [false, true]) func aLostConnectionIsMadeAnew(isDoneMeanwhile: Bool) throws {
        let test = try TestQueue()
        try test.fill(1, through: try test.open(), keepsResultFor: .seconds(60))
        let waiter = WaitingForResult(test, for: Self.task, upTo: .seconds(50))
        let client = try #require(try test.blockedWaiters(1).first)
        if isDoneMeanwhile {
            // Both in one step: the waiter is gone when the result comes.
            _ = try test.raw.call("CLIENT", "KILL", "ID", client)
            try work(test, result: "done")
        } else {
            _ = try test.raw.call("CLIENT", "KILL", "ID", client)
            #expect(try eventually { try test.blockedWaiters(1) != [client] })
            try work(test, result: "done")
        }
        #expect(try waiter.result() == .done("done"))
    }

    /// The result outlives a restart of a server that stores what it holds.
    @Test func aServerMayRestart() throws {
        let server = try TestServer.own(durability: .always)
        let test = try TestQueue(on: server)
        try test.fill(1, through: try test.open(), keepsResultFor: .seconds(60))
        let waiter = WaitingForResult(test, for: Self.task, upTo: .seconds(50))
        #expect(try test.blockedWaiters(1).count == 1)
        server.send(signal: SIGKILL)
        try server.restart()
        try work(try TestQueue(viewing: test.configuration), result: "done")
        #expect(try waiter.result() == .done("done"))
    }

    /// Nobody waits for a server that is gone for longer than was asked.
    @Test func aServerThatStaysAwayIsAnError() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let results = try TaskResults(of: test.configuration)
        server.stop()
        let began = ContinuousClock.now
        #expect(throws: QueueError.self) { try results.wait(for: Self.task, upTo: .milliseconds(100)) }
        // Half a minute is what reconnecting would be tried for.
        #expect(.now - began < .seconds(20))
    }

    @Test func whatIsNoResultIsSaidSo() throws {
        let test = try TestQueue()
        let results = try TaskResults(of: test.configuration)
        _ = try test.raw.call("SET", test.key("result:\(Self.task)"), "x")
        let error = #expect(throws: QueueError.self) { try results.wait(for: Self.task, upTo: .seconds(1)) }
        guard case .corrupt? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
