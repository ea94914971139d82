import ReliableQueue
import Synchronization

/// Where the tasks of a replay have their effect: it places whatever comes, and knows who runs what.
final class ReplaySink: Sendable {
    private struct State {
        var running: [String: TaskID] = [:]
        var placed: [TaskID] = []
    }

    private let state = Mutex(State())

    /// Each effect that a task had, in order.
    var placed: [TaskID] { state.withLock(\.placed) }

    /// Whether one task is run by two workers now.
    var runsOneAtOnce: Bool {
        state.withLock { Set($0.running.values).count < $0.running.count }
    }

    /// A worker runs a task, of which `body` is all but the effect.
    func run(_ task: TaskID, by worker: String, _ body: () throws(Gate.Killed) -> Void) throws(Gate.Killed) {
        state.withLock { $0.running[worker] = task }
        defer { state.withLock { $0.running[worker] = nil } }
        try body()
        state.withLock { $0.placed.append(task) }
    }
}
