import Processes
import Redis
import ReliableQueue
import Synchronization

/// What the tasks of a concurrent worker did.
final class ConcurrentRecord: Sendable {
    struct State {
        var runs: [String: Int] = [:]
        var acks: [AckAnswer: Int] = [:]
        var failures: [FailureAnswer] = []
        var closed = 0
        var lost = 0
        var waits = 0
    }

    private let state = Mutex(State())

    var now: State { state.withLock { $0 } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
}

/// Runs tasks as a closure says, and records what becomes of them.
struct ConcurrentRecordingHandler: ConcurrentTaskHandler {
    let record: ConcurrentRecord
    let work: @Sendable (ClaimedTask, Lease) -> TaskWork<Void>

    func prepare(_ task: ClaimedTask, at index: Int, payload: RawSpan, lease: Lease) -> TaskWork<Void> {
        let (record, name) = (record, "\(task.id.batch).\(task.id.index)")
        switch work(task, lease) {
        case .computing(let body):
            return .computing { bench in
                record.change { $0.runs[name, default: 0] += 1 }
                return body(&bench)
            }
        case .awaiting(let body):
            return .awaiting {
                record.change { $0.runs[name, default: 0] += 1 }
                return await body()
            }
        case .settled(let outcome): return .settled(outcome)
        }
    }

    func exchangeWillBegin(isWaiting: Bool, on source: any TrafficSource) {
        if isWaiting { record.change { $0.waits += 1 } }
    }
    func acksDidEnd(_ portions: [ClaimPortion], _ answers: [[AckAnswer]], on source: any TrafficSource) {
        record.change { state in for answer in answers.joined() { state.acks[answer, default: 0] += 1 } }
    }
    func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer) {
        record.change { $0.failures.append(answer) }
    }
    func claimDidClose(_ claim: Claim, isLost: Bool) {
        record.change { state in
            state.closed += 1
            state.lost += isLost ? 1 : 0
        }
    }
}

/// A concurrent worker on a thread of its own.
final class RunningConcurrentWorker: Sendable {
    let record = ConcurrentRecord()
    let stop = StopSignal()
    private let outcome: Outcome
    private let thread: DedicatedThread

    private final class Outcome: Sendable {
        let error = Mutex<(any Error)?>(nil)
        let hasReturned = StopSignal()
    }

    init(
        _ test: TestQueue, slots: Int, computeThreads: Int = 2, shortestLease: Duration = .seconds(5),
        monitorInterval: Duration? = .milliseconds(500), timeLimit: Duration? = nil,
        work: @escaping @Sendable (ClaimedTask, Lease) -> TaskWork<Void>
    ) {
        var worker = QueueWorker(test.configuration)
        worker.slots = slots
        worker.computeThreads = computeThreads
        worker.longestWait = .seconds(20)
        worker.shortestLease = shortestLease
        worker.monitorInterval = monitorInterval
        worker.timeLimit = timeLimit
        let outcome = Outcome()
        self.outcome = outcome
        thread = DedicatedThread(name: "test-worker") { [worker, record, stop] in
            do {
                try AsyncWork.finish {
                    try await worker.runConcurrently(
                        until: stop, with: ConcurrentRecordingHandler(record: record, work: work))
                }
            } catch let failure {
                outcome.error.withLock { $0 = failure }
            }
            outcome.hasReturned.set()
        }
    }

    /// True once everything of the worker has ended.
    var hasEnded: Bool { outcome.hasReturned.isSet }

    /// Tells it to stop, waits for it, and says with what error it ended.
    @discardableResult
    func end() -> (any Error)? {
        stop.set()
        thread.join()
        return outcome.error.withLock { $0 }
    }
}
