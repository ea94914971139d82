import Processes
import Redis
import ReliableQueue
import Synchronization
import TestSupport

// Results, as tests look at them.
extension TestQueue {
    /// What there is of a task now.
    func result(_ batch: UInt32, _ index: UInt32) throws -> TaskResult? {
        try TaskResults(of: configuration).wait(for: Self.task(batch, index), upTo: .zero)
    }

    /// How long a task's result still is kept; `nil` where there is none, or where it would be kept for ever.
    func resultTimeLeft(_ batch: UInt32, _ index: UInt32) throws -> Duration? {
        let left = try raw.call("PTTL", key("result:\(Self.task(batch, index))")).integer()
        return left < 0 ? nil : .milliseconds(left)
    }

    /// The tasks that have a result, as `batch.index`.
    func tasksWithResults() throws -> Set<String> {
        let names = try state().keys.filter { $0.hasPrefix("result:") }
        return Set(names.compactMap { TaskID(String($0.dropFirst("result:".count))) }.map { "\($0.batch).\($0.index)" })
    }

    /// The task of a batch that ``fill(_:through:kind:expected:keepsResultFor:)`` has sent.
    static func task(_ batch: UInt32, _ index: UInt32) -> TaskID { TaskID(producer: 7, batch: batch, index: index) }
}

extension TaskResult {
    /// Done, with this text.
    static func done(_ text: String) -> TaskResult { .done(Array(text.utf8)) }
}

extension Claim {
    /// Says what came of a task, as text.
    func setResult(_ text: String, of index: Int) { setResult(Array(text.utf8), of: index) }
}

/// Somebody on a thread of its own who waits for a task's result.
final class WaitingForResult {
    private let outcome = Outcome()
    private let thread: DedicatedThread

    private final class Outcome: Sendable {
        let result = Mutex<Result<TaskResult?, QueueError>?>(nil)
    }

    /// Starts to wait.
    init(_ test: TestQueue, for task: TaskID, upTo limit: Duration) {
        thread = DedicatedThread(name: "waiter") { [outcome, configuration = test.configuration] in
            let result = Result { () throws(QueueError) in
                try TaskResults(of: configuration).wait(for: task, upTo: limit)
            }
            outcome.result.withLock { $0 = result }
        }
    }

    /// What it got, once it has.
    func result() throws -> TaskResult? {
        thread.join()
        return try outcome.result.withLock { $0 }?.get()
    }
}

extension TestQueue {
    /// The server's numbers of the connections that wait for results of this queue, once so many are blocked.
    func blockedWaiters(_ count: Int) throws -> [String] {
        var clients: [String] = []
        _ = try eventually {
            let name = "name=reliable-queue/waiter/\(configuration.name)"
            let lines = try raw.call("CLIENT", "LIST").text().split(separator: "\n")
            let blocked = lines.map { $0.split(separator: " ") }.filter { line in
                line.contains { $0 == name } && line.contains { $0.hasPrefix("flags=b") }
            }
            clients = blocked.compactMap { line in line.first.map { String($0.dropFirst("id=".count)) } }
            return clients.count == count
        }
        return clients
    }
}
