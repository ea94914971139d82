import Processes
import ReliableQueue
import Synchronization

/// Monitors of all shards of a queue, on threads of their own.
final class RunningMonitors: Sendable {
    private let stop = StopSignal()
    private let error: Failure
    private let thread: DedicatedThread

    private final class Failure: Sendable {
        let first = Mutex<QueueError?>(nil)
    }

    init(_ configuration: QueueConfiguration, interval: Duration = .milliseconds(20)) {
        let error = Failure()
        self.error = error
        thread = DedicatedThread(name: "monitors") { [stop] in
            do throws(QueueError) {
                try ShardMonitors(configuration, interval: interval).run(until: stop)
            } catch let failure {
                error.first.withLock { $0 = failure }
            }
        }
    }

    /// Tells them to stop, waits for them, and says with what error they ended.
    func end() -> QueueError? {
        stop.set()
        thread.join()
        return error.first.withLock { $0 }
    }
}
