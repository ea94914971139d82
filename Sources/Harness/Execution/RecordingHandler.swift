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
    /// A kind whose last task took longer than this is measured task by task: reading the thread's accounts costs some
    /// 3 µs.
    private static let longTask: UInt64 = 200_000

    private let executor = TaskExecutor()
    private let account: ThreadAccount
    private let connection: RedisConnection
    private let probe: ProcessFault?
    private let onFailure: @Sendable (JournalError) -> Void
    private let attemptsPath: String
    private var attempts: Journal<AttemptRecord>
    private var cycles: Journal<CycleRecord>

    private var kinds = KindTable()
    private var lastTook = [UInt64](repeating: 0, count: JournalLabels.all.count)
    private var hasFailed = false

    // Where the slot is in its turn.
    private var mark = ThreadSample()
    private var trafficMark = RedisTraffic()
    /// The record of the claim in hand; `nil` when it could not be written.
    private var cycle: Int?
    private var cycleIOWait: UInt64 = 0
    private var claimedAt: UInt64 = 0
    private var attempt = 0
    /// False for an element that is no task: it was never run.
    private var isOnRecord = false
    private var attemptOfTask: [Int?] = []
    private var kind: TaskKind?
    private var longTaskBegan: ThreadSample?

    /// - Parameters:
    ///   - connection: the slot's own, for its traffic.
    ///   - probe: told when a task begins, and when it has had its effect.
    ///   - onFailure: told once, when a journal can't be written.
    init(
        journals: borrowing SlotJournals, connection: RedisConnection, probe: ProcessFault?,
        onFailure: @escaping @Sendable (JournalError) -> Void
    ) throws {
        account = try ThreadAccount()
        attempts = try journals.createAttempts()
        cycles = try journals.createCycles()
        attemptsPath = attempts.path
        self.connection = connection
        self.probe = probe
        self.onFailure = onFailure
    }

    /// Cuts the files to what they hold.
    deinit {
        do throws(JournalError) {
            try attempts.close()
            try cycles.close()
        } catch {
            onFailure(error)
        }
    }

    // MARK: The round trip

    func exchangeWillBegin(isWaiting: Bool) {
        trafficMark = connection.traffic
        mark = account.sample()
    }

    func exchangeDidEnd(_ exchange: Exchange, finished: Claim?) {
        let now = account.sample()
        let cost = now - mark
        let blocked = UInt64(max(0, exchange.blockedFor.microseconds)) * 1_000
        if finished != nil, let cycle {
            cycles.update(at: cycle) { record in
                record.acked = now.wall
                record.ackSent = mark.wall
                record.ack = CycleAck(exchange.ack)
                if exchange.claim == nil { record.add(exchange: cost, blocked: 0, connection.traffic - trafficMark) }
            }
        }
        if let claim = exchange.claim {
            begin(claim, cost, blocked: min(blocked, cost.wall), at: now)
        }
        mark = now
    }

    private func begin(_ claim: Claim, _ cost: ThreadSample, blocked: UInt64, at now: ThreadSample) {
        var record = CycleRecord()
        record.requested = mark.wall + blocked
        record.claimed = now.wall
        record.tasks = UInt32(claim.count)
        record.add(exchange: cost, blocked: blocked, connection.traffic - trafficMark)
        claimedAt = now.wall
        cycleIOWait = 0
        attemptOfTask.removeAll(keepingCapacity: true)
        cycle = nil
        writing { () throws(JournalError) in cycle = try cycles.append(record) }
    }

    // MARK: The tasks

    func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome {
        kind = kinds.kind(of: task)
        let decoded = Result { () throws(PayloadError) in try TaskPayload(decoding: payload) }
        var record = AttemptRecord(
            task, kind: kind, payload: try? decoded.get(), claimed: claimedAt, cycle: cycle)
        record.started = started
        record.outcome = .started
        writing { () throws(JournalError) in attempt = try attempts.append(record) }
        if hasFailed { return .declined }
        isOnRecord = true
        probe?.reach(.task)
        guard let kind else { return .rejected(reason: "unknown task kind \(task.kind.debugDescription)") }
        switch decoded {
        case .success(let payload): return execute(kind, payload, task)
        case .failure(let error): return .rejected(reason: "\(error)")
        }
    }

    private func execute(_ kind: TaskKind, _ payload: TaskPayload, _ task: ClaimedTask) -> TaskOutcome {
        if kind == .message { return .failed(reason: "this worker has no sink to place messages with: say --sink") }
        longTaskBegan = lastTook[Int(kind.rawValue)] > Self.longTask ? account.sample() : nil
        let isAsked = task.keepsResultFor != nil
        let result = executor.run(kind, parameter: payload.parameter, attempt: task.attempt, inFull: isAsked)
        attempts.update(at: attempt) { $0.note(result) }
        return TaskOutcome(result, isAsked: isAsked)
    }

    func taskDidEnd(_ index: Int, of claim: Claim, _ outcome: TaskOutcome, finished: UInt64) {
        attemptOfTask.append(isOnRecord ? attempt : nil)
        guard isOnRecord else { return }
        isOnRecord = false
        let cost = longTaskBegan.map { account.sample() - $0 }
        longTaskBegan = nil
        attempts.update(at: attempt) { record in
            record.finished = finished
            record.outcome = AttemptOutcome(outcome)
            if let cost { record.note(cost) }
            cycleIOWait += record.ioWait
            if let kind { lastTook[Int(kind.rawValue)] = finished - record.started }
        }
        probe?.reach(.effect)
    }

    func claimDidEnd(_ claim: Claim) {
        let now = account.sample()
        let cost = now - mark
        mark = now
        guard let cycle else { return }
        cycles.update(at: cycle) { record in
            record.executed = now.wall
            record.executeWall = cost.wall
            record.executeCPU = cost.cpu
            record.executeRunDelay = cost.runDelay
            record.ioWait = cycleIOWait
            record.addSwitches(cost)
        }
    }

    // MARK: What became of them

    func tasksDidSettle(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {
        let now = account.sample().wall
        for (task, answer) in zip(tasks, answers) { noteAck(of: task, answer, at: now) }
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

    private func noteAck(of task: Int, _ answer: AckAnswer, at now: UInt64) {
        guard let attempt = attemptOfTask[task] else { return }
        attempts.update(at: attempt) { $0.note(answer, at: now) }
    }

    func claimWasLost(_ claim: Claim) {
        guard let cycle else { return }
        cycles.update(at: cycle) { $0.ack = .stale }
    }

    private func writing(_ body: () throws(JournalError) -> Void) {
        guard !hasFailed else { return }
        do throws(JournalError) {
            try body()
        } catch {
            hasFailed = true
            onFailure(error)
        }
    }
}
