import Measurement
import Redis
import ReliableQueue
import Workload

/// The records of one slot, and where the slot is in its turn. It belongs to the slot's thread.
struct SlotRecords: ~Copyable {
    /// A kind whose last task took longer than this is measured task by task: reading the thread's accounts costs some
    /// 3 µs.
    private static let longTask: UInt64 = 200_000

    private let account: ThreadAccount
    private let source: any TrafficSource
    private let onFailure: @Sendable (JournalError) -> Void
    private var attempts: Journal<AttemptRecord>
    private var cycles: Journal<CycleRecord>

    private var kinds = KindTable()
    private var lastTook = [UInt64](repeating: 0, count: JournalLabels.all.count)
    private var hasFailed = false

    // Where the slot is in its turn.
    private var mark = ThreadSample()
    /// True while the slot has done nothing since that was taken.
    private var isMarkFresh = false
    private var trafficMark = RedisTraffic()
    /// The record of the claim in hand; `nil` when it could not be written.
    private var cycle: Int?
    private var cycleIOWait: UInt64 = 0
    private var claimedAt: UInt64 = 0
    private var attempt = 0
    /// False for an element that is no task: it was never run.
    private var isOnRecord = false
    private var kind = 0
    private var longTaskBegan: ThreadSample?

    /// - Parameters:
    ///   - source: the slot's traffic with Redis.
    ///   - onFailure: told once, when a journal can't be written.
    init(
        _ account: consuming ThreadAccount, _ attempts: consuming Journal<AttemptRecord>,
        _ cycles: consuming Journal<CycleRecord>, _ source: any TrafficSource,
        onFailure: @escaping @Sendable (JournalError) -> Void
    ) {
        self.account = account
        self.attempts = attempts
        self.cycles = cycles
        self.source = source
        self.onFailure = onFailure
    }

    /// Where the attempts are.
    var attemptsPath: String { attempts.path }
    /// The record that the next attempt will have.
    var nextAttempt: Int { attempts.count }

    /// Cuts the files to what they hold.
    mutating func close() throws(JournalError) {
        try attempts.close()
        try cycles.close()
    }

    // MARK: The round trip

    mutating func exchangeWillBegin() {
        trafficMark = source.traffic
        if !isMarkFresh { mark = account.sample() }
        isMarkFresh = false
    }

    /// - Parameter attemptOfTask: the records of the claim that was acked.
    mutating func exchangeDidEnd(_ exchange: Exchange, hasFinished: Bool, _ attemptOfTask: AttemptsOfClaim) {
        let now = account.sample()
        let cost = now - mark
        let blocked = UInt64(max(0, exchange.blockedFor.microseconds)) * 1_000
        let traffic = source.traffic - trafficMark
        if hasFinished, let cycle {
            let sent = mark.wall
            cycles.update(at: cycle) { record in
                record.acked = now.wall
                record.ackSent = sent
                record.ack = CycleAck(exchange.ack)
                if exchange.claim == nil { record.add(exchange: cost, blocked: 0, traffic) }
            }
            for (task, answer) in exchange.exceptions { note(attemptOfTask[task], answer, at: now.wall) }
        }
        if let claim = exchange.claim {
            begin(claim, cost, blocked: min(blocked, cost.wall), traffic, at: now)
        }
        mark = now
    }

    private mutating func begin(
        _ claim: Claim, _ cost: ThreadSample, blocked: UInt64, _ traffic: RedisTraffic, at now: ThreadSample
    ) {
        var record = CycleRecord()
        record.requested = mark.wall + blocked
        record.claimed = now.wall
        record.tasks = UInt32(claim.count)
        record.add(exchange: cost, blocked: blocked, traffic)
        claimedAt = now.wall
        cycleIOWait = 0
        cycle = nil
        do throws(JournalError) {
            if !hasFailed { cycle = try cycles.append(record) }
        } catch {
            fail(error)
        }
    }

    // MARK: The tasks

    /// Records that an attempt starts.
    ///
    /// - Returns: the task's kind, `nil` for one that nobody knows; nothing at all when it could not be recorded.
    mutating func begin(
        _ task: ClaimedTask, _ payload: Result<TaskPayload, PayloadError>, started: UInt64
    ) -> TaskKind?? {
        if hasFailed { return nil }
        let known = kinds.kind(of: task)
        var record = AttemptRecord(task, kind: known, payload: payload, claimed: claimedAt, cycle: cycle)
        record.started = started
        record.outcome = .started
        do throws(JournalError) {
            attempt = try attempts.append(record)
        } catch {
            fail(error)
            return nil
        }
        isOnRecord = true
        kind = Int(record.kind)
        longTaskBegan = lastTook[kind] > Self.longTask ? account.sample() : nil
        return .some(known)
    }

    /// Records what the attempt came to.
    mutating func note(_ result: TaskExecutor.Result) {
        attempts.update(at: attempt) { $0.note(result) }
    }

    /// Records that the attempt ended.
    ///
    /// - Returns: false for what was never begun.
    mutating func end(_ outcome: TaskOutcome, finished: UInt64) -> Bool {
        guard isOnRecord else { return false }
        isOnRecord = false
        let cost = longTaskBegan.map { account.sample() - $0 }
        longTaskBegan = nil
        var (ioWait, began): (UInt64, UInt64) = (0, 0)
        attempts.update(at: attempt) { record in
            record.finished = finished
            record.outcome = AttemptOutcome(outcome)
            if let cost { record.note(cost) }
            (ioWait, began) = (record.ioWait, record.started)
        }
        cycleIOWait += ioWait
        lastTook[kind] = finished - began
        return true
    }

    mutating func claimDidEnd() {
        let now = account.sample()
        let cost = now - mark
        mark = now
        isMarkFresh = true
        guard let cycle else { return }
        let waited = cycleIOWait
        cycles.update(at: cycle) { record in
            record.executed = now.wall
            record.executeWall = cost.wall
            record.executeCPU = cost.cpu
            record.executeRunDelay = cost.runDelay
            record.ioWait = waited
            record.addSwitches(cost)
        }
    }

    // MARK: What became of them

    /// Records the answers to the acks of single attempts.
    mutating func note(_ answers: [(attempt: Int?, answer: AckAnswer)]) {
        isMarkFresh = false
        let now = account.sample().wall
        for (attempt, answer) in answers { note(attempt, answer, at: now) }
    }

    private mutating func note(_ attempt: Int?, _ answer: AckAnswer, at now: UInt64) {
        guard let attempt else { return }
        attempts.update(at: attempt) { $0.note(answer, at: now) }
    }

    mutating func claimWasLost() {
        guard let cycle else { return }
        cycles.update(at: cycle) { $0.ack = .stale }
    }

    private mutating func fail(_ error: JournalError) {
        hasFailed = true
        onFailure(error)
    }
}
