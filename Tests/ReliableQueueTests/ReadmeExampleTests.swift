import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// The example of docs/library.md, so that it stays true: a handler, a producer, a worker.
@Suite struct ReadmeExampleTests {
    private struct Mailer: TaskHandler {
        let stop: StopSignal
        let mailed: Mailed

        mutating func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome {
            mailed.note("mail \(payload.byteCount) bytes, attempt \(task.attempt)")
            stop.set()
            return .done
        }
    }

    private final class Mailed: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func note(_ line: String) { lines.withLock { $0.append(line) } }
    }

    @Test func sendsOneMail() throws {
        let queue = QueueConfiguration(at: try TestServer.shared().endpoint, name: TestServer.uniqueName())

        let producer = QueueProducer(queue: try queue.open())
        var batch = TaskBatch()
        batch.add(kind: "welcome", payload: Array("ada@example.org".utf8))
        try producer.enqueue(batch)

        let (stop, mailed) = (StopSignal(), Mailed())
        try QueueWorker(queue).run(until: stop) { slot, _ in Mailer(stop: stop, mailed: mailed) }
        #expect(mailed.all == ["mail 15 bytes, attempt 1"])
    }

    @Test func aResultIsWaitedFor() throws {
        let queue = QueueConfiguration(at: try TestServer.shared().endpoint, name: TestServer.uniqueName())

        let producer = QueueProducer(queue: try queue.open())
        var batch = TaskBatch()
        batch.add(kind: "welcome", keepsResultFor: .seconds(60), payload: Array("ada@example.org".utf8))
        let first = try producer.enqueue(batch)

        let (stop, mailed) = (StopSignal(), Mailed())
        try QueueWorker(queue).run(until: stop) { slot, _ in Mailer(stop: stop, mailed: mailed) }
        #expect(try TaskResults(of: queue).wait(for: first, upTo: .seconds(30)) == .done([]))
    }

    private struct Notifier: ConcurrentTaskHandler {
        let stop: StopSignal
        let mailed: Mailed

        func prepare(_ task: ClaimedTask, at index: Int, payload: RawSpan, lease: Lease) -> TaskWork<Void> {
            let address = unsafe payload.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
            return .awaiting {
                mailed.note("notify \(address)")
                stop.set()
                return .done
            }
        }
    }

    /// In a process of its own, whose cooperative pool is free.
    @Test func notifiesOnce() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(ReadmeExampleTests.notifyOnce) }
    }

    @Sendable private static func notifyOnce() throws {
        let queue = QueueConfiguration(at: try TestServer.shared().endpoint, name: TestServer.uniqueName())
        let producer = QueueProducer(queue: try queue.open())
        var batch = TaskBatch()
        batch.add(kind: "welcome", payload: Array("ada@example.org".utf8))
        try producer.enqueue(batch)

        let (stop, mailed) = (StopSignal(), Mailed())
        try AsyncWork.finish {
            var worker = QueueWorker(queue)
            worker.slots = 64
            try await worker.runConcurrently(until: stop, with: Notifier(stop: stop, mailed: mailed))
        }
        #expect(mailed.all == ["notify ada@example.org"])
    }
}
