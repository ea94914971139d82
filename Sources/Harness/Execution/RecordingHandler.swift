import Measurement
import Redis
import ReliableQueue
import Workload

/// Runs one slot's tasks and writes down what they cost: an attempt record a task, a cycle record a claim.
///
/// The records lie in mapped files, so a killed worker leaves them behind as they were. The order makes them evidence: an
/// attempt is recorded before it starts, its result before its ack is sent, the ack's answer after it arrived. When a
/// journal cannot be written the handler declines: no task is run, or acked, that would not be on record.
///
/// Tasks that took long the last time are measured one by one; of the others only start and end are noted, and what
/// their claim cost is apportioned by the reader.
final class RecordingHandler: TaskHandler {
    private let executor = TaskExecutor()
    private let probe: ProcessFault?
    private let onFailure: @Sendable (JournalError) -> Void
    private let attemptsPath: String
    /// Everything that changes with each task. Unchecked, since it is the slot's thread's alone, and a check takes longer than
    /// most of what is noted here.
    @exclusivity(unchecked) private var records: SlotRecords
    private var attemptOfTask = AttemptsOfClaim()

    /// - Parameters:
    ///   - source: the slot's traffic with Redis.
    ///   - probe: told when a task begins, and when it has had its effect.
    ///   - onFailure: told once, when a journal can't be written.
    init(
        journals: borrowing SlotJournals, source: any TrafficSource, probe: ProcessFault?,
        onFailure: @escaping @Sendable (JournalError) -> Void
    ) throws {
        unsafe records = SlotRecords(
            try ThreadAccount(), try journals.createAttempts(), try journals.createCycles(), source,
            onFailure: onFailure)
        attemptsPath = unsafe records.attemptsPath
        self.probe = probe
        self.onFailure = onFailure
    }

    /// Cuts the files to what they hold.
    deinit {
        do throws(JournalError) {
            try unsafe records.close()
        } catch {
            onFailure(error)
        }
    }

    // MARK: The round trip

    func exchangeWillBegin(isWaiting: Bool) { unsafe records.exchangeWillBegin() }

    func exchangeDidEnd(_ exchange: Exchange, finished: Claim?) {
        unsafe records.exchangeDidEnd(exchange, hasFinished: finished != nil, attemptOfTask)
        if exchange.claim != nil { attemptOfTask = AttemptsOfClaim(first: unsafe records.nextAttempt) }
    }

    // MARK: The tasks

    func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome {
        let decoded = TaskPayload.decoding(payload)
        guard let kind = unsafe records.begin(task, decoded, started: started) else { return .declined }
        probe?.reach(.task)
        switch (kind, decoded) {
        case (nil, _): return .rejected(reason: "unknown task kind \(task.kind.debugDescription)")
        case (_, .failure(let error)): return .rejected(reason: "\(error)")
        case (.message?, _): return .failed(reason: "this worker has no sink to place messages with: say --sink")
        case (let kind?, .success(let payload)):
            let isAsked = task.keepsResult
            let result = executor.run(kind, parameter: payload.parameter, attempt: task.attempt, inFull: isAsked)
            unsafe records.note(result)
            return TaskOutcome(result, isAsked: isAsked)
        }
    }

    func taskDidEnd(_ index: Int, of claim: Claim, _ outcome: TaskOutcome, finished: UInt64) {
        guard unsafe records.end(outcome, finished: finished) else { return attemptOfTask.skip(index) }
        probe?.reach(.effect)
    }

    func claimDidEnd(_ claim: Claim) { unsafe records.claimDidEnd() }

    // MARK: What became of them

    func tasksDidSettle(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {
        unsafe records.note(zip(tasks, answers).map { (attemptOfTask[$0], $1) })
    }

    /// The slot's thread may be writing to its journal at this moment, so these records are changed past it.
    func tasksDidSettleElsewhere(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {
        let now = MonotonicClock.nanoseconds()
        var answerOfAttempt: [Int: AckAnswer] = [:]
        for (task, answer) in zip(tasks, answers) {
            if let attempt = attemptOfTask[task] { answerOfAttempt[attempt] = answer }
        }
        do throws(JournalError) {
            try Journal<AttemptRecord>.amend(attemptsPath, at: Array(answerOfAttempt.keys)) { attempt, record in
                if let answer = answerOfAttempt[attempt] { record.note(answer, at: now) }
            }
        } catch {
            onFailure(error)
        }
    }

    func claimWasLost(_ claim: Claim) { unsafe records.claimWasLost() }
}

/// Which record of a slot's journal each task of a claim has: one after the other, but for elements that are no tasks and were
/// never run.
struct AttemptsOfClaim {
    private let first: Int
    private var skipped: [Int] = []

    /// Those of a claim whose first attempt has this record.
    init(first: Int = 0) { self.first = first }

    /// The task has none.
    mutating func skip(_ task: Int) { skipped.append(task) }

    /// The record of the task; `nil` when it has none.
    subscript(task: Int) -> Int? {
        skipped.contains(task) ? nil : first + task - skipped.count { $0 < task }
    }
}
