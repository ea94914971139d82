import Measurement
import ReliableQueue
import Workload

/// Holds what was sent against what was run and what is left, task by task, in the manner of Jepsen's total-queue.
///
/// Of the tasks whose enqueue Redis acknowledged, each must have been acked, or be a dead letter, or still be in Redis;
/// one that is nowhere is lost. An ack whose answer the worker did not live to see counts when the task is gone from
/// Redis, since nothing but an ack removes one, and when nobody got the task later, since that shows that it was not
/// taken. A task that was acked although its message is not with the sink is lost. Executions beyond the first are
/// duplicates. A task that ran although its
/// enqueue was never acknowledged is recovered: neither lost nor unexpected.
package struct Audit {
    /// What was counted.
    package struct Counts: Equatable, Sendable {
        /// Tasks whose enqueue was acknowledged.
        package var sent = 0
        /// Tasks whose enqueue was not.
        package var unacknowledged = 0
        /// Of `sent`: an ack was accepted, or counts as accepted.
        package var acked = 0
        /// Of `acked`: those whose ack nobody saw answered.
        package var ackedUnconfirmed = 0
        /// Attempts that failed.
        package var failed = 0
        /// Of `sent`: dead letters.
        package var dead = 0
        /// Of `sent`: nowhere.
        package var lost = 0
        /// Executions beyond a task's first.
        package var duplicated = 0
        /// Of `unacknowledged`: those that ran.
        package var recovered = 0
        /// Attempts, and elements in Redis, of no task that was sent.
        package var unexpected = 0
        /// Attempts whose ack was refused.
        package var staleAcks = 0
        /// Attempts whose claim was gone when their ack was repeated.
        package var unknownAcks = 0
        /// Of `lost`: tasks that were acked although the sink does not have their message.
        package var missingMessages = 0
        /// Of `sent`: still in Redis.
        package var leftInRedis = 0
        /// Attempts that ran to their end.
        package var executions = 0
        /// Attempts that the queue knows not to be their task's first.
        package var retries = 0

        /// Nothing counted so far.
        package init() {}
    }

    private(set) var counts = Counts()
    /// Whether Redis could be asked what it still has.
    private let isAudited: Bool
    /// When the latest attempt ended whose ack is in doubt.
    private var doubts: [TaskKey: UInt64] = [:]
    /// The tasks that are lost.
    private(set) var lost: Set<TaskKey> = []

    /// What is known of each task, by producer.
    private(set) var ledgers: [UInt64: Ledger]

    /// Audits a run.
    ///
    /// - Parameters:
    ///   - leftovers: what was found in Redis at the end; `nil` when it could not be asked.
    ///   - claimsAreExclusive: false for protocols in which a task may be in two places, so that a later claim of it does not
    ///     show that an ack in doubt was not taken.
    ///   - messages: what the sink has; `nil` when there is none that could be asked.
    init(
        _ journals: RunJournals, leftovers: [RunRecord.Leftover]?, messages: MessageAudit? = nil,
        claimsAreExclusive: Bool = true
    ) {
        isAudited = leftovers != nil
        ledgers = Dictionary(
            journals.generators.map { ($0.producer, Ledger($0)) }, uniquingKeysWith: { first, _ in first })
        for worker in journals.workers { worker.forEachAttempt { note($0) } }
        if !doubts.isEmpty, claimsAreExclusive {
            for worker in journals.workers { worker.forEachAttempt { refuteDoubt(by: $0) } }
        }
        for leftover in leftovers ?? [] { note(leftover) }
        for producer in ledgers.keys {
            ledgers[producer]?.settleDoubts()
            for (sequence, entry) in (ledgers[producer]?.entries ?? []).enumerated() {
                count(entry, TaskKey(producer: producer, sequence: UInt64(sequence)))
            }
        }
        guard let messages else { return }
        for generator in journals.generators { hold(generator, against: messages) }
    }

    /// Takes back that a task was acked when its message is missing.
    private mutating func hold(_ generator: GeneratorJournals, against messages: MessageAudit) {
        guard let ledger = ledgers[generator.producer] else { return }
        generator.enqueues.forEach { _, enqueue in
            let sequence = Int(enqueue.sequence)
            guard enqueue.kind == TaskKind.message.rawValue, enqueue.outcome != .refused, ledger.isAcked(sequence)
            else { return }
            let id = ledger.id(of: sequence, batch: Int(enqueue.batch), producer: generator.producer)
            guard !messages.contains(id) else { return }
            counts.acked -= 1
            if !ledger.entries[sequence].flags.contains(.acked) { counts.ackedUnconfirmed -= 1 }
            counts.lost += 1
            lost.insert(TaskKey(producer: generator.producer, sequence: enqueue.sequence))
            counts.missingMessages += 1
        }
    }

    /// True the first time that it is asked about an attempt whose task counts as acked and which is the one that made
    /// it so: the attempt whose latencies count.
    mutating func accepts(_ attempt: AttemptRecord) -> Bool {
        guard attempt.outcome == .acked || attempt.outcome == .acking || attempt.outcome == .unknown else {
            return false
        }
        guard let ledger = ledgers[attempt.producer], ledger.knows(attempt.sequence) else { return false }
        let flags = ledger.entries[Int(attempt.sequence)].flags
        if flags.contains(.acked), attempt.outcome != .acked { return false }
        return ledgers[attempt.producer]?.countsNow(Int(attempt.sequence)) ?? false
    }

    /// True for a task that Redis took, and that is to be done or was: no dead letter, and, where Redis could be asked, not lost.
    func isWanted(_ sequence: UInt64, of producer: UInt64) -> Bool {
        guard let ledger = ledgers[producer], ledger.knows(sequence) else { return false }
        let flags = ledger.entries[Int(sequence)].flags
        guard flags.contains(.acknowledged) else { return false }
        guard isAudited, !ledger.isAcked(Int(sequence)) else { return true }
        return !flags.contains(.dead) && !lost.contains(TaskKey(producer: producer, sequence: sequence))
    }

    /// True the first time that it is asked about an attempt that began, of a task that is wanted.
    mutating func beginsNow(_ attempt: AttemptRecord) -> Bool {
        guard attempt.started > 0, isWanted(attempt.sequence, of: attempt.producer) else { return false }
        return ledgers[attempt.producer]?.beginsNow(Int(attempt.sequence)) ?? false
    }

    private mutating func note(_ attempt: AttemptRecord) {
        guard ledgers[attempt.producer]?.knows(attempt.sequence) == true else {
            counts.unexpected += 1
            return
        }
        if attempt.attempt > 1 { counts.retries += 1 }
        let sequence = Int(attempt.sequence)
        switch attempt.outcome {
        case .none, .started, .released, .refused: return
        case .failed: counts.failed += 1
        case .finished: break
        case .acking: noteDoubt(attempt)
        case .acked: ledgers[attempt.producer]?.note(.acked, sequence)
        case .stale: counts.staleAcks += 1
        case .unknown:
            counts.unknownAcks += 1
            noteDoubt(attempt)
        }
        counts.executions += 1
        ledgers[attempt.producer]?.noteExecution(sequence)
    }

    private mutating func noteDoubt(_ attempt: AttemptRecord) {
        ledgers[attempt.producer]?.note(.ackInDoubt, Int(attempt.sequence))
        let task = TaskKey(producer: attempt.producer, sequence: attempt.sequence)
        doubts[task] = max(doubts[task] ?? 0, attempt.finished)
    }

    /// A task that was claimed after an attempt whose ack is in doubt had not been acked by it. (One that came to a
    /// stale ack itself shows the opposite: somebody else's ack was taken meanwhile.)
    private mutating func refuteDoubt(by attempt: AttemptRecord) {
        guard [.none, .started, .finished, .failed].contains(attempt.outcome),
            let ended = doubts[TaskKey(producer: attempt.producer, sequence: attempt.sequence)], attempt.claimed > ended
        else { return }
        ledgers[attempt.producer]?.withdraw(.ackInDoubt, Int(attempt.sequence))
    }

    private mutating func note(_ leftover: RunRecord.Leftover) {
        guard let id = leftover.task, let sequence = ledgers[id.producer]?.sequence(of: id) else {
            counts.unexpected += 1
            return
        }
        ledgers[id.producer]?.note(leftover.place == .dead ? .dead : .left, sequence)
    }

    private mutating func count(_ entry: Ledger.Entry, _ task: TaskKey) {
        let flags = entry.flags
        guard flags.contains(.sent) else { return }
        counts.duplicated += max(0, Int(entry.executions) - 1)
        guard flags.contains(.acknowledged) else {
            counts.unacknowledged += 1
            if entry.executions > 0 { counts.recovered += 1 }
            return
        }
        counts.sent += 1
        if flags.contains(.acked) {
            counts.acked += 1
        } else if flags.contains(.ackInDoubt) {
            counts.acked += 1
            counts.ackedUnconfirmed += 1
        } else if flags.contains(.dead) {
            counts.dead += 1
        } else if flags.contains(.left) {
            counts.leftInRedis += 1
        } else {
            counts.lost += 1
            lost.insert(task)
        }
    }
}
