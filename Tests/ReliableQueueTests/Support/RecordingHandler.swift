import ReliableQueue
import Synchronization

/// What the tasks of a worker under test did, gathered from all its slots.
final class Record: Sendable {
    private struct State {
        var runs: [String: Int] = [:]
        var acks: [AckAnswer: Int] = [:]
        var settled: [AckAnswer: Int] = [:]
        var failures: [FailureAnswer] = []
        var lost = 0
        var slots: Set<Int> = []
        var waits = 0
    }

    private let state = Mutex(State())

    /// How often each task ran, by `batch.index`.
    var runs: [String: Int] { state.withLock { $0.runs } }
    /// Answers to whole claims.
    var acks: [AckAnswer: Int] { state.withLock { $0.acks } }
    /// Answers to single tasks.
    var settled: [AckAnswer: Int] { state.withLock { $0.settled } }
    /// Answers to failures.
    var failures: [FailureAnswer] { state.withLock { $0.failures } }
    /// Claims that were lost before their ack.
    var lost: Int { state.withLock { $0.lost } }
    /// Slots that ran something.
    var slots: Set<Int> { state.withLock { $0.slots } }
    /// How often a slot began to wait.
    var waits: Int { state.withLock { $0.waits } }

    fileprivate func ran(_ task: ClaimedTask, slot: Int) {
        state.withLock {
            $0.runs["\(task.id.batch).\(task.id.index)", default: 0] += 1
            $0.slots.insert(slot)
        }
    }
    fileprivate func waited() { state.withLock { $0.waits += 1 } }
    fileprivate func acked(_ answer: AckAnswer) { state.withLock { $0.acks[answer, default: 0] += 1 } }
    fileprivate func settled(_ answers: [AckAnswer]) {
        state.withLock { for answer in answers { $0.settled[answer, default: 0] += 1 } }
    }
    fileprivate func failed(_ answer: FailureAnswer) { state.withLock { $0.failures.append(answer) } }
    fileprivate func lostClaim() { state.withLock { $0.lost += 1 } }
}

/// Runs tasks as a closure says, and records everything.
struct RecordingHandler: TaskHandler {
    let record: Record
    let slot: Int
    let body: @Sendable (ClaimedTask) -> TaskOutcome
    /// Called by a worker's watch in the midst of settling a claim.
    var whileSettlingElsewhere: @Sendable () -> Void = {}

    mutating func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome {
        record.ran(task, slot: slot)
        return body(task)
    }

    mutating func exchangeWillBegin(isWaiting: Bool) { if isWaiting { record.waited() } }
    mutating func exchangeDidEnd(_ exchange: Exchange, finished: Claim?) {
        if let ack = exchange.ack { record.acked(ack) }
    }
    mutating func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer) { record.failed(answer) }
    mutating func tasksDidSettle(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) { record.settled(answers) }
    func tasksDidSettleElsewhere(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {
        record.settled(answers)
        whileSettlingElsewhere()
    }
    mutating func claimWasLost(_ claim: Claim) { record.lostClaim() }
}
