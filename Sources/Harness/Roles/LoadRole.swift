import Measurement
import Redis
package import ReliableQueue
package import Workload

/// One generator process: sends the tasks of a plan at their time, and writes its journals.
package struct LoadRole: Sendable {
    /// The queue.
    package var queue: QueueAddress
    /// The folder for the journals; it must exist.
    package var folder: String
    /// The process' name in the journals: unique in the folder.
    package var name: String
    /// The most tasks that are sent together.
    package var batch = 256

    /// How many replicas must have a batch before it counts as sent.
    package var replicas = 0
    /// How many acknowledged batches are kept, to be sent again should the server lose them.
    package var producerKeeps = 64

    /// A generator for this queue.
    package init(queue: QueueAddress, folder: String, name: String) {
        self.queue = queue
        self.folder = folder
        self.name = name
    }

    /// Sends the plan's tasks until it is done or `stop` is set.
    ///
    /// The loop is open: a stalled server delays the sending, never the schedule, and every task keeps the time at which
    /// it should have been sent.
    ///
    /// - Parameter isOpenLoop: false for a backlog, whose tasks are due when they are sent.
    package func run(
        _ plan: TaskPlan, isOpenLoop: Bool, until stop: StopSignal
    ) throws(HarnessError) -> LoadReport {
        do {
            var configuration = queue.configuration.serving(.producer)
            configuration.replicas = replicas
            let queue = try configuration.open(keepTrying: { !stop.isSet })
            let generator = try LoadGenerator(role: self, queue: queue, isOpenLoop: isOpenLoop, stop: stop)
            try generator.send(plan)
            return LoadReport(lost: generator.lostTasks, resent: generator.resentTasks)
        } catch {
            throw HarnessError(error)
        }
    }
}

/// What a generator noticed about the server.
package struct LoadReport: Equatable, Sendable {
    /// Acknowledged tasks that the server lost and that could not be sent again.
    package let lost: Int
    /// Acknowledged tasks that the server lost and that were sent again.
    package let resent: Int
}

/// The generator at work: paces, encodes, sends, and records.
private final class LoadGenerator {
    /// How long a full queue is given before the same batch is tried again.
    private static let pauseWhenFull = Duration.milliseconds(50)

    private let stop: StopSignal
    private let queue: any TaskQueue
    private let producer: QueueProducer
    private let account: ThreadAccount
    private let batchLimit: Int
    private let isOpenLoop: Bool
    private var enqueues: Journal<EnqueueRecord>
    private var cycles: Journal<CycleRecord>
    private var tasks = TaskBatch()
    private var payload: [UInt8] = []

    init(role: LoadRole, queue: any TaskQueue, isOpenLoop: Bool, stop: StopSignal) throws {
        self.stop = stop
        self.isOpenLoop = isOpenLoop
        self.queue = queue
        batchLimit = role.batch
        producer = QueueProducer(queue: queue, keeps: role.producerKeeps)
        account = try ThreadAccount()
        // The audit finds a task's plan by its producer's id.
        let identity = JournalIdentity(
            role: "load", name: String(producer.id, radix: 16), labels: JournalLabels.all)
        enqueues = try Journal(
            creating: "\(role.folder)/\(role.name)" + SlotJournals.enqueuesSuffix, identity: identity)
        cycles = try Journal(creating: "\(role.folder)/\(role.name)" + SlotJournals.cyclesSuffix, identity: identity)
    }

    /// Acknowledged tasks that the server lost and that could not be sent again.
    var lostTasks: Int { producer.lostTasks }
    /// Acknowledged tasks that the server lost and that were sent again.
    var resentTasks: Int { producer.resentTasks }

    func send(_ plan: TaskPlan) throws {
        var pacer = LoadPacer(plan: plan, batchLimit: batchLimit)
        var due: [PlannedTask] = []
        let start = MonotonicClock.nanoseconds()
        sending: while !stop.isSet {
            switch pacer.next(at: MonotonicClock.nanoseconds() - start, into: &due) {
            case .send: try send(due, scheduleStart: isOpenLoop ? start : nil)
            case .wait(let offset): sleep(until: start + offset)
            case .finished: break sending
            }
        }
        if !stop.isSet { _ = try onceThereIsRoom { () throws(QueueError) in try producer.finish() } }
        try enqueues.close()
        try cycles.close()
    }

    /// Sends one batch: on record before it leaves, marked when its answer is there.
    private func send(_ due: [PlannedTask], scheduleStart: UInt64?) throws {
        let (before, traffic) = (account.sample(), queue.connection.traffic)
        let first = enqueues.count
        tasks.removeAll()
        for task in due {
            let intended = scheduleStart.map { $0 + task.offsetNanoseconds } ?? before.wall
            try record(task, intended: intended, sent: before.wall)
            encode(task, intended: intended, sent: before.wall)
        }
        let isAcknowledged = try onceThereIsRoom { () throws(QueueError) in try producer.enqueue(tasks) }
        let after = account.sample()
        for index in first..<enqueues.count {
            enqueues.update(at: index) { record in
                record.acked = isAcknowledged ? after.wall : 0
                record.outcome = isAcknowledged ? .acknowledged : .refused
            }
        }
        try recordCycle(after - before, since: traffic, before.wall, after.wall, tasks: due.count)
    }

    /// Does something that a full server refuses, until workers have made room, or its disk has some. There may be no
    /// worker yet for a backlog: it does not fit.
    ///
    /// - Returns: false when it was told to stop meanwhile, and nothing was enqueued.
    private func onceThereIsRoom(_ step: () throws(QueueError) -> Void) throws(QueueError) -> Bool {
        while true {
            do {
                try step()
                return true
            } catch {
                guard error == .full, isOpenLoop else { throw error }
                if stop.wait(upTo: Self.pauseWhenFull) { return false }
            }
        }
    }

    private func record(_ task: PlannedTask, intended: UInt64, sent: UInt64) throws(JournalError) {
        var record = EnqueueRecord()
        record.sequence = task.sequence
        record.parameter = task.parameter
        record.kind = task.kind.rawValue
        record.intended = intended
        record.sent = sent
        record.batch = UInt32(cycles.count + 1)
        record.outcome = .sent
        try enqueues.append(record)
    }

    private func encode(_ task: PlannedTask, intended: UInt64, sent: UInt64) {
        payload.removeAll(keepingCapacity: true)
        TaskPayload(sequence: task.sequence, parameter: task.parameter, intended: intended, sent: sent)
            .encode(into: &payload)
        let expected = task.expectedMicroseconds
        tasks.add(
            kind: task.kind.name, expected: expected == 0 ? nil : .microseconds(Int64(expected)), payload: payload)
    }

    private func recordCycle(
        _ cost: ThreadSample, since traffic: RedisTraffic, _ began: UInt64, _ ended: UInt64, tasks: Int
    ) throws(JournalError) {
        var record = CycleRecord()
        (record.requested, record.claimed, record.acked) = (began, began, ended)
        record.ackSent = began
        record.ack = .acked
        record.tasks = UInt32(tasks)
        record.add(exchange: cost, blocked: 0, queue.connection.traffic - traffic)
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
