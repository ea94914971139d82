import Fibonacci
import Harness
import Measurement
import ReliableQueue
import Reporting
import TestSupport
import Workload

/// The journals of a small run, written by hand: what a generator sent in one batch or more, and what workers did.
///
/// Times are milliseconds since an origin that stands for the clock's.
final class JournalFixture {
    /// The generator's id.
    static let producer: UInt64 = 0xFEED
    private static let origin: UInt64 = 1_000_000_000_000
    private static let labels = (0...7).map { "kind \($0)" }
    fileprivate static let space = JournalSpace(chunkBytes: 65_536, limitBytes: 1 << 20)

    let folder: TemporaryFolder
    private var batches: UInt32 = 0
    private var sent: UInt64 = 0
    private var enqueues: Journal<EnqueueRecord>
    private var batchCycles: Journal<CycleRecord>

    init() throws {
        folder = try TemporaryFolder()
        let identity = JournalIdentity(role: "load", name: String(Self.producer, radix: 16), labels: Self.labels)
        enqueues = try Journal(
            creating: folder.path(of: "load-1.enqueues.journal"), identity: identity, space: Self.space)
        batchCycles = try Journal(
            creating: folder.path(of: "load-1.cycles.journal"), identity: identity, space: Self.space)
    }

    /// An instant of the fixture's time.
    static func instant(_ milliseconds: Double) -> UInt64 { origin + UInt64(milliseconds * 1e6) }

    /// The id of the task at a place of a batch.
    static func task(_ index: Int, ofBatch batch: Int = 1) -> TaskID {
        TaskID(producer: producer, batch: UInt32(batch), index: UInt32(index))
    }

    /// Notes that tasks were sent together, 0.5 ms after they were due.
    func send(
        _ count: Int, kind: TaskKind = .fibIterative, parameter: Int64 = 10, at time: Double = 1,
        dueAt due: Double? = nil, answerTakes: Double = 0.25, acknowledged: Bool = true
    ) throws {
        batches += 1
        for _ in 0..<count {
            var record = EnqueueRecord()
            (record.sequence, record.batch, record.kind) = (sent, batches, kind.rawValue)
            record.parameter = parameter
            record.intended = Self.instant(due ?? time - 0.5)
            record.sent = Self.instant(time)
            record.acked = acknowledged ? Self.instant(time + answerTakes) : 0
            record.outcome = acknowledged ? .acknowledged : .sent
            try enqueues.append(record)
            sent += 1
        }
        var cycle = CycleRecord()
        cycle.tasks = UInt32(count)
        cycle.exchangeWall = UInt64(answerTakes * 1e6)
        (cycle.exchangeCPU, cycle.exchangeRunDelay) = (100_000, 50_000)
        (cycle.roundTrips, cycle.commands, cycle.bytesOut) = (1, 1, UInt64(count) * 100)
        try batchCycles.append(cycle)
    }

    /// Makes the journals of one slot of a worker.
    func worker(_ name: String = "worker-1") throws -> SlotFixture {
        try SlotFixture(folder: folder, name: "\(name).slot-0", labels: Self.labels)
    }

    /// Reads everything that was written.
    func analysis(
        leftovers: [RunRecord.Leftover]? = [], sink: SinkRecord? = nil, samples: [RunSample] = [],
        arrival: ArrivalProcess = .backlog, claimsAreExclusive: Bool = true
    ) throws -> RunAnalysis {
        guard let run = RunFolder(existing: folder.path) else { preconditionFailure("the folder was made here") }
        return try RunAnalysis(
            RunJournals(folder: run), leftovers: leftovers, sink: sink, samples: samples,
            key: RunKey(runID: "fixture", cellID: "fixture", repetition: 1), arrival: arrival,
            claimsAreExclusive: claimsAreExclusive)
    }
}

/// The journals of one slot.
final class SlotFixture {
    private var attempts: Journal<AttemptRecord>
    private var cycles: Journal<CycleRecord>

    fileprivate init(folder: TemporaryFolder, name: String, labels: [String]) throws {
        let identity = JournalIdentity(role: "worker", name: name, labels: labels)
        attempts = try Journal(
            creating: folder.path(of: "\(name).attempts.journal"), identity: identity, space: JournalFixture.space)
        cycles = try Journal(
            creating: folder.path(of: "\(name).cycles.journal"), identity: identity, space: JournalFixture.space)
    }

    /// Runs the tasks of one claim, one after another for a millisecond each, from `time` on: a record of F(10) each,
    /// unless `change` says otherwise.
    ///
    /// - Parameter ack: the queue's answer; `none` when the worker did not live to see one.
    func run(
        _ sequences: some Collection<Int>, at time: Double = 10, ack: CycleAck = .acked, isExecuted: Bool = true,
        change: (inout AttemptRecord) -> Void = { _ in }, changeCycle: (inout CycleRecord) -> Void = { _ in }
    ) throws {
        var cycle = CycleRecord()
        let end = time + Double(sequences.count)
        cycle.requested = JournalFixture.instant(time - 0.5)
        cycle.claimed = JournalFixture.instant(time)
        cycle.tasks = UInt32(sequences.count)
        cycle.executed = isExecuted ? JournalFixture.instant(end) : 0
        cycle.ackSent = ack == .none ? 0 : JournalFixture.instant(end)
        cycle.acked = ack == .none ? 0 : JournalFixture.instant(end + 1)
        cycle.ack = ack
        changeCycle(&cycle)
        let index = try cycles.append(cycle)
        for (place, sequence) in sequences.enumerated() {
            var record = Self.finished(sequence, from: time + Double(place), claimed: time)
            record.cycle = UInt32(index)
            change(&record)
            try attempts.append(record)
        }
    }

    private static func finished(_ sequence: Int, from start: Double, claimed: Double) -> AttemptRecord {
        var record = AttemptRecord()
        (record.producer, record.sequence) = (JournalFixture.producer, UInt64(sequence))
        (record.kind, record.parameter, record.attempt) = (TaskKind.fibIterative.rawValue, 10, 1)
        record.residue = FibonacciResidue.value(at: 10, modulo: FibonacciResidue.auditPrime)
        record.intended = JournalFixture.instant(0.5)
        record.sent = JournalFixture.instant(1)
        record.claimed = JournalFixture.instant(claimed)
        record.started = JournalFixture.instant(start)
        record.finished = JournalFixture.instant(start + 1)
        record.outcome = .finished
        return record
    }
}
