import Redis
import ReliableQueue
import TestSupport
import Testing

/// Workers with nothing to do: quiet, and awake at once.
@Suite struct WorkerIdleTests {
    /// The commands that clients sent, without those that scripts ran and without ours.
    private func sent(_ test: TestQueue) throws -> Int {
        let stats = try RedisServerInfo(parsing: test.raw.call("INFO", "commandstats").text())
        return ["evalsha", "bzpopmin", "script|load", "client|id", "client|unblock", "ping", "eval"].reduce(0) {
            sum, name in
            let value = stats.fields["cmdstat_\(name)"] ?? ""
            let calls = value.split(separator: ",").first?.split(separator: "=").last
            return sum + (calls.flatMap { Int($0) } ?? 0)
        }
    }

    /// True once so many clients have said their last word of the handshake.
    private func isUp(_ test: TestQueue, clients: Int) throws -> Bool {
        let lines = try test.raw.call("CLIENT", "LIST").text().split(whereSeparator: \.isNewline)
        return lines.count { $0.contains(" cmd=evalsha ") || $0.contains(" cmd=bzpopmin ") } >= clients
    }

    @Test func anIdleWorkerSendsAtMostTwoCommandsASecond() throws {
        let server = try TestServer.own()
        let test = try TestQueue(on: server)
        let worker = RunningWorker(test, longestWait: .seconds(5))
        #expect(try eventually { try isUp(test, clients: 3) })
        let (began, before) = (ContinuousClock.now, try sent(test))
        // This is a rate: it takes time to see.
        #expect(!StopSignal().wait(upTo: .seconds(3)))
        let commands = try sent(test) - before
        let seconds = (ContinuousClock.now - began).seconds
        #expect(Double(commands) <= 2 * seconds + 1)
        worker.end()
    }

    @Test func aPushIsSeenAtOnce() throws {
        let test = try TestQueue()
        let queue = try test.open()
        let worker = RunningWorker(test, slots: 2, longestWait: .seconds(14))
        for number in 1...20 {
            #expect(eventually { worker.record.waits >= number })
            try test.fill(1, through: queue)
            #expect(eventually(within: .seconds(10)) { worker.record.runs.count == number })
        }
        worker.end()
    }

    @Test func aRetryAndADueTaskAreSeenAtOnce() throws {
        let test = try TestQueue { $0.firstDelay = .milliseconds(50) }
        let queue = try test.open()
        let batch = try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        let worker = RunningWorker(
            test, slots: 2, longestWait: .seconds(14), monitorInterval: .milliseconds(10)
        ) { $0.attempt < 4 ? .failed(reason: "again") : .done }
        #expect(eventually { worker.record.waits >= 2 })
        // Lost, so that it is redelivered; then it fails twice, and is due a little later each time.
        try test.expire(claim)
        #expect(eventually(within: .seconds(10)) { worker.record.runs["\(batch).0"] == 3 })
        #expect(try eventually { try queue.depth() == QueueDepth() })
        worker.end()
        #expect(try test.state().isEmpty)
    }
}
