import Processes
import Redis
import ReliableQueue
import Synchronization

/// A worker on a thread of its own.
final class RunningWorker: Sendable {
    let record = Record()
    let stop = StopSignal()
    private let outcome: Outcome
    private let thread: DedicatedThread

    private final class Outcome: Sendable {
        let error = Mutex<QueueError?>(nil)
        let hasEnded = StopSignal()
    }

    /// Starts to work.
    init(
        _ test: TestQueue, slots: Int = 1, longestWait: Duration = .seconds(20), shortestLease: Duration = .seconds(5),
        monitorInterval: Duration? = .milliseconds(500), timeLimit: Duration? = nil,
        body: @escaping @Sendable (ClaimedTask) -> TaskOutcome = { _ in .done },
        onOverdue: @escaping @Sendable (OverdueTask) -> Void = { _ in },
        whileSettlingElsewhere: @escaping @Sendable () -> Void = {}
    ) {
        var worker = QueueWorker(test.configuration)
        worker.slots = slots
        worker.longestWait = longestWait
        worker.shortestLease = shortestLease
        worker.monitorInterval = monitorInterval
        worker.timeLimit = timeLimit
        worker.onOverdue = onOverdue
        let outcome = Outcome()
        self.outcome = outcome
        thread = DedicatedThread(name: "worker") { [worker, record, stop] in
            do throws(QueueError) {
                try worker.run(until: stop) { slot, _ in
                    RecordingHandler(
                        record: record, slot: slot, body: body, whileSettlingElsewhere: whileSettlingElsewhere)
                }
            } catch {
                outcome.error.withLock { $0 = error }
            }
            outcome.hasEnded.set()
        }
    }

    /// True once every thread of the worker has ended.
    var hasEnded: Bool { outcome.hasEnded.isSet }

    /// Tells it to stop, waits for it, and says with what error it ended.
    @discardableResult
    func end() -> QueueError? {
        stop.set()
        thread.join()
        return outcome.error.withLock { $0 }
    }
}
