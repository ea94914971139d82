import Redis
import ReliableQueue
import TestSupport
import Testing

/// A server whose disk is full, and that answers every write with MISCONF, until it could write again.
@Suite struct FullDiskWorkerTests {
    private static let protocols = [QueueProtocol.lease, .stream, .lock]

    private func fill(_ server: PrivateRedisServer, _ test: TestQueue) throws {
        try server.fillDisk(true)
        let refuses = eventually {
            do throws(RedisError) {
                _ = try test.raw.call("SET", "ballast", "1")
                return false
            } catch {
                return error.serverCode == "MISCONF"
            }
        }
        #expect(refuses)
    }

    /// A worker waits for room, also for a new connection's handshake, and works on by itself.
    @Test(arguments: protocols) func aWorkerWaitsForRoom(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let test = try TestQueue(queueProtocol, on: server)
        let queue = try test.open()
        let hasBegun = StopSignal()
        let isFull = StopSignal()
        let worker = RunningWorker(test, shortestLease: .milliseconds(300), monitorInterval: .milliseconds(20)) { _ in
            hasBegun.set()
            while !isFull.wait(upTo: .seconds(60)) {}
            return .done
        }
        try test.fill(3, through: queue)
        #expect(hasBegun.wait(upTo: .seconds(60)))
        try fill(server, test)
        isFull.set()
        let refusals = try refusals(test)
        #expect(try eventually { try self.refusals(test) > refusals + 10 })
        _ = try test.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        let later = try self.refusals(test)
        #expect(try eventually { try self.refusals(test) > later + 10 })
        #expect(!worker.hasEnded)
        try server.fillDisk(false)
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.record.runs.count == 3)
        #expect(worker.end() == nil)
    }

    /// One that is told to stop does not wait, and leaves what it holds to the monitors.
    @Test(arguments: protocols) func aWorkerThatIsToldToStopEnds(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let test = try TestQueue(queueProtocol, on: server)
        let queue = try test.open()
        try test.fill(3, through: queue)
        let hasBegun = StopSignal()
        let isFull = StopSignal()
        let worker = RunningWorker(test, monitorInterval: nil) { _ in
            hasBegun.set()
            while !isFull.wait(upTo: .seconds(60)) {}
            return .done
        }
        #expect(hasBegun.wait(upTo: .seconds(60)))
        try fill(server, test)
        worker.stop.set()
        isFull.set()
        #expect(worker.end() == nil)
        #expect(try queue.depth().claims == 1)
    }

    /// Who only looks is answered.
    @Test(arguments: protocols) func anOnlookerIsAnswered(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let test = try TestQueue(queueProtocol, on: server)
        try test.fill(3, through: test.open())
        try fill(server, test)
        #expect(try test.configuration.openToLook().depth().pending == 3)
    }

    /// A producer is refused, and goes on where it was.
    @Test(arguments: protocols + [.pop]) func aProducerIsRefused(queueProtocol: QueueProtocol) throws {
        let server = try TestServer.own(durability: .everysec, isPowerCutReady: true)
        let test = try TestQueue(queueProtocol, on: server)
        let queue = try test.open()
        let producer = QueueProducer(queue: queue)
        try producer.enqueue(TestQueue.batch(1))
        try fill(server, test)
        #expect(throws: QueueError.full) { try producer.enqueue(TestQueue.batch(1)) }
        if queueProtocol.remembersProducers { #expect(throws: QueueError.full) { try producer.finish() } }
        try server.fillDisk(false)
        #expect(eventually { (try? producer.enqueue(TestQueue.batch(1))) != nil })
        try producer.finish()
        #expect(try queue.depth().pending == 2)
    }

    /// How often the server has refused to write.
    private func refusals(_ test: TestQueue) throws -> Int {
        let statistics = try test.raw.call("INFO", "errorstats").text()
        let line = statistics.split(whereSeparator: \.isNewline).first { $0.hasPrefix("errorstat_MISCONF:count=") }
        return line.flatMap { Int($0.drop { $0 != "=" }.dropFirst()) } ?? 0
    }
}
