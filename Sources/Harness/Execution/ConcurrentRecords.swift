import Measurement
import Redis
import ReliableQueue
import Synchronization
import Workload

/// The journals of a worker that runs many tasks at once, written by all of its threads, one at a time.
final class ConcurrentRecords: Sendable {
    /// How often what the threads that serve all tasks used is shared out, in nanoseconds.
    private static let sharingPeriod: UInt64 = 250_000_000

    private struct State: ~Copyable {
        var attempts: Journal<AttemptRecord>
        var cycles: Journal<CycleRecord>
        var hasFailed = false
        var kinds = KindTable()
        /// By claim, and not by its name: in `lock` that is its task's, of which one worker may come to hold two.
        var claims: [ObjectIdentifier: ClaimOnRecord] = [:]
        /// The claim that arrived last.
        var claimInHand: ObjectIdentifier?
        var service: ServiceThreads
        var shared: ServiceThreads.Sample
        var sharedAt = MonotonicClock.nanoseconds()
        /// Attempts that ended since then, with the calls that each made.
        var sharers: [(attempt: Int, calls: Int)] = []
        /// False until the first call has ended, which sets up the connection and its library: nobody's cost.
        var isWarm = false
    }

    /// A claim that is not closed: its cycle, and its tasks' attempts.
    private struct ClaimOnRecord {
        var cycle: Int?
        let claimed: UInt64
        var attempts: [Int: Int] = [:]
    }

    private let state: Mutex<State>
    /// Of the thread that claims.
    private let claiming = ThreadOwned<ThreadMeter>()
    /// Of the thread that acks.
    private let settling = ThreadOwned<ThreadMeter>()
    private let onFailure: @Sendable (any Error) -> Void

    init(journals: borrowing SlotJournals, onFailure: @escaping @Sendable (any Error) -> Void) throws {
        var service = ServiceThreads(isOwn: WorkerThreads.areOwn)
        let shared = service.sample()
        state = Mutex(
            State(
                attempts: try journals.createAttempts(), cycles: try journals.createCycles(), service: service,
                shared: shared))
        self.onFailure = onFailure
    }

    /// Shares out what is left, and cuts the files to what they hold.
    func close() {
        let failure = state.withLock { state -> JournalError? in
            Self.share(&state)
            do throws(JournalError) {
                try state.attempts.close()
                try state.cycles.close()
                return nil
            } catch {
                return error
            }
        }
        if let failure { onFailure(failure) }
    }

    // MARK: Attempts

    /// Puts an attempt on record that has not started; `nil` when that is impossible, now or before.
    func append(
        _ task: ClaimedTask, at index: Int, payload: Result<TaskPayload, PayloadError>
    ) -> (attempt: Int, kind: TaskKind?)? {
        let (result, failure) = state.withLock { state -> ((Int, TaskKind?)?, JournalError?) in
            guard !state.hasFailed, let id = state.claimInHand, let claim = state.claims[id] else { return (nil, nil) }
            let kind = state.kinds.kind(of: task)
            do throws(JournalError) {
                let attempt = try state.attempts.append(
                    AttemptRecord(task, kind: kind, payload: payload, claimed: claim.claimed, cycle: claim.cycle))
                state.claims[id]?.attempts[index] = attempt
                return ((attempt, kind), nil)
            } catch {
                state.hasFailed = true
                return (nil, error)
            }
        }
        if let failure { onFailure(failure) }
        return result.map { (attempt: $0.0, kind: $0.1) }
    }

    /// The attempt starts now; returns when that is, in nanoseconds of the monotonic clock.
    @discardableResult
    func start(_ attempt: Int) -> UInt64 {
        let now = MonotonicClock.nanoseconds()
        state.withLock { state in
            state.attempts.update(at: attempt) { record in
                record.started = now
                record.outcome = .started
            }
        }
        return now
    }

    /// The attempt has ended.
    ///
    /// - Parameters:
    ///   - recorded: what goes on record, if that is not what the outcome says.
    ///   - calls: how many gRPC calls it made, for its share of what serves them.
    ///   - note: fills in what it came to and cost.
    func end(
        _ attempt: Int, _ outcome: TaskOutcome, as recorded: AttemptOutcome? = nil, calls: Int = 0,
        note: (inout AttemptRecord) -> Void
    ) {
        let now = MonotonicClock.nanoseconds()
        state.withLock { state in
            state.attempts.update(at: attempt) { record in
                record.finished = now
                record.wall = now - record.started
                record.flags.insert(.measuredIndividually)
                note(&record)
                record.outcome = recorded ?? AttemptOutcome(outcome)
            }
            guard calls > 0 else { return }
            if state.isWarm {
                state.sharers.append((attempt, calls))
            } else {
                state.isWarm = true
                state.shared = state.service.sample()
            }
        }
    }

    // MARK: Claims, on the thread that claims

    func claimWillBegin(on source: any TrafficSource) {
        meter(claiming)?.begin(on: source)
    }

    func claimDidEnd(_ exchange: Exchange, on source: any TrafficSource) {
        guard let meter = meter(claiming) else { return }
        let (now, cost, traffic) = meter.end(on: source)
        guard let claim = exchange.claim else { return }
        let blocked = min(UInt64(max(0, exchange.blockedFor.microseconds)) * 1_000, cost.wall)
        var record = CycleRecord()
        record.requested = meter.began + min(blocked, now - meter.began)
        record.claimed = now
        record.tasks = UInt32(claim.count)
        record.add(exchange: cost, blocked: blocked, traffic)
        let id = ObjectIdentifier(claim)
        let failure = state.withLock { state -> JournalError? in
            state.claimInHand = id
            state.claims[id] = ClaimOnRecord(claimed: now)
            do throws(JournalError) {
                state.claims[id]?.cycle = try state.cycles.append(record)
                return nil
            } catch {
                state.hasFailed = true
                return error
            }
        }
        if let failure { onFailure(failure) }
    }

    // MARK: Acks, on the thread that acks

    func acksWillBegin(_ portions: [ClaimPortion], on source: any TrafficSource) {
        let parts = portions.map(ClaimPart.init)
        state.withLock { state in
            for part in parts { Self.forEachAttempt(of: part, &state) { $0.outcome = .acking } }
        }
        meter(settling)?.begin(on: source)
    }

    func acksDidEnd(_ portions: [ClaimPortion], _ answers: [[AckAnswer]], on source: any TrafficSource) {
        guard let meter = meter(settling) else { return }
        let began = meter.began
        let (now, cost, traffic) = meter.end(on: source)
        let parts = portions.map(ClaimPart.init)
        let tasks = parts.reduce(0) { $0 + $1.tasks.count }
        state.withLock { state in
            for (position, part) in parts.enumerated() {
                var answers = answers[position][...]
                Self.forEachAttempt(of: part, &state) { record in
                    record.outcome = CycleAck(answers.popFirst()).outcome
                    record.acked = now
                    record.flags.insert(.ackedIndividually)
                }
                guard let cycle = state.claims[part.claim]?.cycle else { continue }
                let share = Double(part.tasks.count) / Double(max(1, tasks))
                state.cycles.update(at: cycle) { record in
                    record.acked = now
                    record.ackSent = began
                    record.add(share: share, of: cost, traffic, takesCounts: position == 0)
                }
            }
        }
        shareIfDue(at: now)
        meter.skip()
    }

    func close(_ claim: Claim, isLost: Bool) {
        let (now, id) = (MonotonicClock.nanoseconds(), ObjectIdentifier(claim))
        state.withLock { state in
            guard let known = state.claims.removeValue(forKey: id), let cycle = known.cycle else { return }
            state.cycles.update(at: cycle) { record in
                record.acked = max(record.acked, now)
                // What had ended and was not acked any more counts for nothing.
                if isLost { record.ack = .stale }
            }
        }
    }

    // MARK: Details

    /// The meter of the calling thread, made at its first use; `nil` when the kernel gives none, which is told.
    private func meter(_ place: ThreadOwned<ThreadMeter>) -> ThreadMeter? {
        do {
            return try place.value { try ThreadMeter() }
        } catch {
            onFailure(error)
            return nil
        }
    }

    private static func forEachAttempt(
        of part: ClaimPart, _ state: inout State, _ body: (inout AttemptRecord) -> Void
    ) {
        guard let claim = state.claims[part.claim] else { return }
        for task in part.tasks {
            if let attempt = claim.attempts[task] { state.attempts.update(at: attempt, body) }
        }
    }

    private func shareIfDue(at now: UInt64) {
        state.withLock { state in
            if now - state.sharedAt >= Self.sharingPeriod { Self.share(&state) }
        }
    }

    /// Shares out what the threads that serve all tasks have used since the last time, evenly among the calls that ended.
    private static func share(_ state: inout State) {
        let now = state.service.sample()
        let used = now - state.shared
        state.shared = now
        state.sharedAt = MonotonicClock.nanoseconds()
        let calls = state.sharers.reduce(0) { $0 + $1.calls }
        for (attempt, own) in state.sharers {
            let part = Double(own) / Double(calls)
            state.attempts.update(at: attempt) { record in
                record.cpu += UInt64(Double(used.cpu) * part)
                record.runDelay += UInt64(Double(used.runDelay) * part)
                record.ioWait -= min(record.ioWait, record.cpu + record.runDelay)
            }
        }
        state.sharers.removeAll(keepingCapacity: true)
    }
}

/// Some tasks of a claim, for whichever thread.
private struct ClaimPart {
    let claim: ObjectIdentifier
    let tasks: [Int]

    init(_ portion: ClaimPortion) {
        claim = ObjectIdentifier(portion.claim)
        tasks = portion.tasks
    }
}

/// A value that one thread makes and uses, and no other.
final class ThreadOwned<Value>: @unchecked Sendable {
    private var made: Value?

    /// The value, made at its first use.
    func value(_ make: () throws -> Value) rethrows -> Value {
        if let made { return made }
        let value = try make()
        made = value
        return value
    }
}

/// The names of the threads that a worker makes and measures by themselves, or leaves out.
private enum WorkerThreads {
    static func areOwn(_ name: String) -> Bool {
        ["claimer", "settler", "renewal", "monitor", "worker", "signals"].contains(name)
            || name.hasPrefix("compute-")
    }
}
