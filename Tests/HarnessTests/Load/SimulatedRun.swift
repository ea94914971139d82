import Harness
import Measurement
import ReliableQueue
import Reporting
import TestSupport
import Workload

/// A run under a clock that is only counted: the real pacer and plan send, one server takes batches, one worker runs tasks one
/// after the other, and each writes the records that a real one would. Times are nanoseconds from the start.
struct SimulatedRun {
    /// A stretch of time in which something does not work as it should.
    struct Disturbance {
        var from: UInt64
        var to: UInt64

        /// When something that would go on at an instant does.
        func delay(_ instant: UInt64) -> UInt64 { instant >= from && instant < to ? to : instant }
    }

    /// How long Redis takes to take a batch.
    var exchange: UInt64 = 50_000
    /// How long a task runs.
    var service: UInt64 = 200_000
    /// How much longer it runs in a stretch of time.
    var slow: (stretch: Disturbance, factor: UInt64)?
    /// A stretch of time in which Redis answers nobody.
    var stalledRedis: Disturbance?
    /// A stretch of time in which the generator does nothing.
    var pausedGenerator: Disturbance?
    /// A stretch of time in which the worker does nothing.
    var pausedWorker: Disturbance?

    private static let origin: UInt64 = 1_000_000_000_000
    private static let space = JournalSpace(chunkBytes: 1 << 20, limitBytes: 1 << 24)

    /// Runs a plan, and reads what was written.
    func analysis(_ arrival: ArrivalProcess, duration: Duration) throws -> RunAnalysis {
        let folder = try TemporaryFolder()
        let plan = try TaskPlan(
            mix: TaskMix(parsing: "fib-iterative:n=10"), arrival: arrival, tasks: nil, duration: duration, seed: 1)
        let sent = try send(plan, into: folder)
        try work(sent, into: folder)
        guard let run = RunFolder(existing: folder.path) else { preconditionFailure("the folder was made here") }
        return try RunAnalysis(
            RunJournals(folder: run), leftovers: [], samples: [],
            key: RunKey(runID: "simulated", cellID: "simulated", repetition: 1), arrival: arrival)
    }

    /// As the generator does it: one batch is on its way at a time, and what came due meanwhile goes with the next.
    private func send(_ plan: TaskPlan, into folder: borrowing TemporaryFolder) throws -> [EnqueueRecord] {
        let identity = JournalIdentity(role: "load", name: "feed", labels: (0...7).map { "kind \($0)" })
        var enqueues = try Journal<EnqueueRecord>(
            creating: folder.path(of: "load-1.enqueues.journal"), identity: identity, space: Self.space)
        var cycles = try Journal<CycleRecord>(
            creating: folder.path(of: "load-1.cycles.journal"), identity: identity, space: Self.space)
        var pacer = LoadPacer(plan: plan)
        var (due, now, batch): ([PlannedTask], UInt64, UInt32) = ([], 0, 0)
        var records: [EnqueueRecord] = []
        while true {
            now = pausedGenerator?.delay(now) ?? now
            switch pacer.next(at: now, into: &due) {
            case .finished: return records
            case .wait(let until): now = until
            case .send:
                batch += 1
                let answered = (stalledRedis?.delay(now) ?? now) + exchange
                var cycle = CycleRecord()
                cycle.tasks = UInt32(due.count)
                (cycle.exchangeWall, cycle.exchangeCPU) = (answered - now, 5_000)
                try cycles.append(cycle)
                for task in due {
                    var record = EnqueueRecord()
                    (record.sequence, record.batch, record.kind) = (task.sequence, batch, task.kind.rawValue)
                    record.parameter = task.parameter
                    record.intended = Self.origin + task.offsetNanoseconds
                    (record.sent, record.acked) = (Self.origin + now, Self.origin + answered)
                    record.outcome = .acknowledged
                    try enqueues.append(record)
                    records.append(record)
                }
                now = answered
            }
        }
    }

    private func work(_ sent: [EnqueueRecord], into folder: borrowing TemporaryFolder) throws {
        let identity = JournalIdentity(role: "worker", name: "worker-1.slot-0", labels: (0...7).map { "kind \($0)" })
        var attempts = try Journal<AttemptRecord>(
            creating: folder.path(of: "worker-1.slot-0.attempts.journal"), identity: identity, space: Self.space)
        var cycles = try Journal<CycleRecord>(
            creating: folder.path(of: "worker-1.slot-0.cycles.journal"), identity: identity, space: Self.space)
        var free: UInt64 = 0
        for task in sent {
            var claimed = max(free, task.acked - Self.origin)
            claimed = stalledRedis?.delay(claimed) ?? claimed
            claimed = pausedWorker?.delay(claimed) ?? claimed
            let isSlow = slow.map { claimed >= $0.stretch.from && claimed < $0.stretch.to } ?? false
            let finished = claimed + service * (isSlow ? slow?.factor ?? 1 : 1)
            free = finished + exchange
            var cycle = CycleRecord()
            (cycle.requested, cycle.claimed) = (Self.origin + claimed, Self.origin + claimed)
            (cycle.executed, cycle.ackSent) = (Self.origin + finished, Self.origin + finished)
            (cycle.acked, cycle.ack, cycle.tasks) = (Self.origin + free, .acked, 1)
            var record = AttemptRecord()
            record.cycle = UInt32(try cycles.append(cycle))
            (record.producer, record.sequence, record.attempt) = (0xFEED, task.sequence, 1)
            (record.kind, record.parameter) = (task.kind, task.parameter)
            (record.intended, record.sent) = (task.intended, task.sent)
            (record.claimed, record.started) = (Self.origin + claimed, Self.origin + claimed)
            record.finished = Self.origin + finished
            record.outcome = .finished
            try attempts.append(record)
        }
    }
}
