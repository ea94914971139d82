import Measurement
import Redis
import ReliableQueue
import Workload

/// A generator at work: paces, encodes, sends, and records. While the server takes one batch the next one is filled, if it is
/// due.
struct LoadGenerator: ~Copyable {
    /// How long a full queue is given before the same batch is tried again.
    private static let pauseWhenFull = Duration.milliseconds(50)
    /// A batch that was filled longer ago than this, in nanoseconds, is filled anew: its tasks say when they were sent.
    private static let longestWait: UInt64 = 1_000_000
    /// How often a closed loop looks whether a task has ended, in nanoseconds.
    private static let lookPeriod: UInt64 = 100_000

    private let stop: StopSignal
    private let producer: ShardedProducer
    private let account: ThreadAccount
    private let loop: LoadLoop
    private let payloadBytes: Int
    private var completed: CompletedTasks?
    private var enqueues: Journal<EnqueueRecord>
    private var cycles: Journal<CycleRecord>
    private var batches: UInt32 = 0
    private var payload: [UInt8] = []
    /// When what is recorded next began to cost something.
    private var mark = ThreadSample()
    private var trafficMark = RedisTraffic()

    /// A batch on its way, and the records of its tasks.
    private struct Sent {
        var tasks = TaskBatch()
        var records = 0..<0
        var at: UInt64 = 0
    }

    init(
        _ producer: ShardedProducer, _ account: consuming ThreadAccount,
        _ enqueues: consuming Journal<EnqueueRecord>, _ cycles: consuming Journal<CycleRecord>, loop: LoadLoop,
        payloadBytes: Int,
        until stop: StopSignal
    ) {
        self.producer = producer
        self.account = account
        self.enqueues = enqueues
        self.cycles = cycles
        self.loop = loop
        self.payloadBytes = payloadBytes
        self.stop = stop
    }

    /// Knows from now on how many tasks have ended: what a closed loop waits for.
    mutating func follow(_ completed: CompletedTasks) { self.completed = completed }

    /// Sends the tasks of a plan, each at its time, until it is done, its time is over or it is told to stop.
    ///
    /// - Parameters:
    ///   - instant: when the schedule begins, in nanoseconds of the monotonic clock; `nil` for now.
    ///   - length: how long a closed loop goes on.
    mutating func send(_ plan: TaskPlan, batchLimit: Int, from instant: UInt64?, for length: Duration?) throws {
        var pacer = LoadPacer(plan: plan, batchLimit: batchLimit)
        var due: [PlannedTask] = []
        var (next, onItsWay) = (Sent(), Sent())
        if let instant { sleep(until: instant) }
        let start = instant ?? MonotonicClock.nanoseconds()
        let end = self.end(of: length, from: start)
        beginCost()
        sending: while !stop.isSet {
            guard let room = try room() else {
                try complete(&onItsWay)
                if MonotonicClock.nanoseconds() >= end { break }
                beginCost()
                sleep(until: MonotonicClock.nanoseconds() + Self.lookPeriod)
                continue
            }
            let now = MonotonicClock.nanoseconds()
            if now >= end { break }
            switch pacer.next(at: now - min(start, now), atMost: room, into: &due) {
            case .send:
                try fill(&next, with: due, scheduleStart: loop == .open ? start : nil)
                try complete(&onItsWay)
                // A server that was full, or away, has kept the batch before for long.
                if MonotonicClock.nanoseconds() - next.at > Self.longestWait { stamp(&next, with: due) }
                swap(&next, &onItsWay)
                if try !begin(onItsWay.tasks) {
                    try record(onItsWay, isAcknowledged: false)
                    onItsWay.records = 0..<0
                }
            case .wait(let offset):
                try complete(&onItsWay)
                beginCost()
                sleep(until: start + offset)
                // Its accounts were read before, since tasks wait now; to sleep costs nothing but time.
                mark.wall = MonotonicClock.nanoseconds()
            case .finished:
                break sending
            }
        }
        try complete(&onItsWay)
        try finish()
        try enqueues.close()
        try cycles.close()
    }

    /// When a closed loop ends, whose plan does not say.
    private func end(of length: Duration?, from start: UInt64) -> UInt64 {
        guard case .closed = loop, let length else { return .max }
        return start.addingReportingOverflow(UInt64(length / .nanoseconds(1))).partialValue
    }

    /// How many tasks may be sent now; `nil` for none.
    private mutating func room() throws(JournalError) -> Int? {
        guard case .closed(let window) = loop else { return .max }
        let room = window - (enqueues.count - (try completed?.count() ?? 0))
        return room > 0 ? room : nil
    }

    /// Puts tasks into a batch, and on record before it leaves.
    private mutating func fill(_ batch: inout Sent, with due: [PlannedTask], scheduleStart: UInt64?) throws {
        let (now, first) = (MonotonicClock.nanoseconds(), enqueues.count)
        batches += 1
        var record = EnqueueRecord()
        record.batch = batches
        record.outcome = .sent
        for task in due {
            record.intended = scheduleStart.map { $0 + task.offsetNanoseconds } ?? now
            // What was killed before it is stamped has been sent no sooner.
            record.sent = now
            record.sequence = task.sequence
            record.parameter = task.parameter
            record.kind = task.kind.rawValue
            try enqueues.append(record)
        }
        batch.records = first..<enqueues.count
        stamp(&batch, with: due)
    }

    /// Encodes the tasks of a batch as sent now. Those of a backlog are due when they are sent.
    private mutating func stamp(_ batch: inout Sent, with due: [PlannedTask]) {
        let now = MonotonicClock.nanoseconds()
        batch.at = now
        batch.tasks.removeAll()
        for (index, task) in zip(batch.records, due) {
            var intended: UInt64 = 0
            enqueues.update(at: index) { record in
                record.sent = now
                if loop != .open { record.intended = now }
                intended = record.intended
            }
            encode(task, intended: intended, sent: now, into: &batch.tasks)
        }
    }

    private mutating func encode(_ task: PlannedTask, intended: UInt64, sent: UInt64, into batch: inout TaskBatch) {
        payload.removeAll(keepingCapacity: true)
        TaskPayload(sequence: task.sequence, parameter: task.parameter, intended: intended, sent: sent)
            .encode(into: &payload, paddedTo: payloadBytes)
        let expected = task.expectedMicroseconds
        batch.add(
            kind: task.kind.name, expected: expected == 0 ? nil : .microseconds(Int64(expected)), payload: payload)
    }

    /// Waits for the answer to the batch that is on its way, if there is one, and records it.
    private mutating func complete(_ batch: inout Sent) throws {
        if batch.records.isEmpty { return }
        try record(batch, isAcknowledged: awaitAnswer(to: batch.tasks))
        batch.records = 0..<0
    }

    private mutating func record(_ batch: borrowing Sent, isAcknowledged: Bool) throws {
        let now = account.sample()
        for index in batch.records {
            enqueues.update(at: index) { record in
                record.acked = isAcknowledged ? now.wall : 0
                record.outcome = isAcknowledged ? .acknowledged : .refused
            }
        }
        try recordCycle(of: batch, until: now)
    }

    // MARK: A full server

    // It is waited for until workers have made room, or its disk has some. There may be no worker yet for a backlog: it does
    // not fit.

    /// Sends a batch.
    ///
    /// - Returns: false when it was told to stop before there was room, and nothing was enqueued.
    private func begin(_ batch: TaskBatch) throws(QueueError) -> Bool {
        while true {
            do throws(QueueError) {
                try producer.begin(batch)
                return true
            } catch {
                guard error == .full, loop != .backlog else { throw error }
            }
            if stop.wait(upTo: Self.pauseWhenFull) { return false }
        }
    }

    /// Waits until the server has the batch that is on its way, and says it again while there is no room.
    ///
    /// - Returns: as ``begin(_:)``.
    private func awaitAnswer(to batch: TaskBatch) throws(QueueError) -> Bool {
        while true {
            do throws(QueueError) {
                try producer.complete()
                return true
            } catch {
                guard error == .full, loop != .backlog else { throw error }
            }
            if stop.wait(upTo: Self.pauseWhenFull) { return false }
            if try !begin(batch) { return false }
        }
    }

    /// Asks whether the server has everything.
    private func finish() throws(QueueError) {
        while !stop.isSet {
            do throws(QueueError) {
                return try producer.finish()
            } catch {
                guard error == .full, loop != .backlog else { throw error }
            }
            _ = stop.wait(upTo: Self.pauseWhenFull)
        }
    }

    // MARK: Cost

    private mutating func beginCost() {
        mark = account.sample()
        trafficMark = producer.traffic
    }

    /// Records what a batch cost: everything since the one before it was recorded, or since it was due.
    private mutating func recordCycle(of batch: borrowing Sent, until now: ThreadSample) throws(JournalError) {
        var record = CycleRecord()
        (record.requested, record.claimed, record.ackSent, record.acked) = (batch.at, batch.at, batch.at, now.wall)
        record.ack = .acked
        record.tasks = UInt32(batch.records.count)
        let traffic = producer.traffic
        record.add(exchange: now - mark, blocked: 0, traffic - trafficMark)
        (mark, trafficMark) = (now, traffic)
        try cycles.append(record)
    }

    /// Sleeps until an instant of the monotonic clock, or until it is told to stop.
    private func sleep(until instant: UInt64) {
        while !stop.isSet {
            let now = MonotonicClock.nanoseconds()
            guard now < instant else { return }
            // Short enough to notice the signal, and exact at the end.
            MonotonicClock.sleep(until: min(instant, now + 50_000_000))
        }
    }
}
