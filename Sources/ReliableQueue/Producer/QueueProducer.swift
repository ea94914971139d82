/// Enqueues batches, each once, and notices when the server loses what it had acknowledged.
///
/// It numbers its batches; the server accepts the next number only. When an answer is lost, the batch is sent again and
/// dropped if it was there. When the server comes back without batches that it had acknowledged (a restart without
/// persistence, a failover), those that this producer still keeps are sent again, under a new session; the others are
/// counted in ``lostTasks``. One thread's.
public final class QueueProducer {
    /// This producer's part of every task's id.
    public var id: UInt64 { numbers.producer }
    /// Tasks that the server acknowledged, then lost, and that were not kept any more.
    public private(set) var lostTasks = 0
    /// Tasks that the server acknowledged, then lost, and that were sent again.
    public private(set) var resentTasks = 0

    private let queue: any TaskQueue
    private let keeps: Int
    private var session: UInt64
    private var pastSessions: [UInt64] = []
    private var lastNumber: UInt32 = 0
    private let numbers: BatchNumbers
    private var kept: [(number: UInt32, batch: EncodedTasks)] = []
    /// How many tasks each batch of the session holds.
    private var sizes: [Int] = []
    /// What the server has lost and is still to be sent again.
    private var owed: [EncodedTasks] = []
    /// The batch that was sent and whose answer was not waited for yet.
    private var begun: EncodedTasks?
    /// The batch whose answer never came: its number may be taken.
    private var unsure: EncodedTasks?

    /// A producer on this queue.
    ///
    /// - Parameter keeps: how many acknowledged batches to keep, to send them again should the server lose them.
    public convenience init(queue: any TaskQueue, keeps: Int = 64) {
        let numbers = BatchNumbers()
        self.init(queue: queue, keeps: keeps, numbers: numbers, session: numbers.producer)
    }

    /// One that shares its tasks' ids with others, of other shards. Its session is its own: a shard that it comes back to has put an
    /// earlier one on record as ended.
    init(
        queue: any TaskQueue, keeps: Int, numbers: BatchNumbers, session: UInt64 = .random(in: 1 ... .max)
    ) {
        self.queue = queue
        self.keeps = keeps
        self.numbers = numbers
        self.session = session
    }

    /// Appends the batch's tasks to the queue and returns the id of the first; the others follow by index.
    ///
    /// - Throws: ``QueueError/full`` when the server refuses them for want of room: nothing was enqueued. After any other error
    ///   the batch may be in the queue or not; where the protocol remembers producers the next call sends it again first, and
    ///   throws what comes of that.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    @discardableResult
    public func enqueue(_ batch: TaskBatch) throws(QueueError) -> TaskID {
        let first = try begin(batch)
        try complete()
        return first
    }

    /// The first half of ``enqueue(_:)``: sends the batch, and does not wait for the answer. Until ``complete()`` nothing else can
    /// be enqueued; the next batch can be filled meanwhile.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    @discardableResult
    public func begin(_ batch: TaskBatch) throws(QueueError) -> TaskID {
        precondition(!batch.isEmpty, "an empty batch")
        precondition(begun == nil, "the batch before is not completed")
        try settleUnsure()
        try resend()
        // Counted also when it fails, unless nothing was enqueued: an id that may be in the queue is never given again.
        numbers.last += 1
        let encoded = batch.encoded(producer: id, number: numbers.last)
        queue.beginEnqueue(encoded, session: session, number: lastNumber + 1)
        begun = encoded
        return TaskID(producer: id, batch: numbers.last, index: 0)
    }

    /// The second half: waits for the answer, and throws what ``enqueue(_:)`` would.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func complete() throws(QueueError) {
        guard let batch = begun else { preconditionFailure("no batch is begun") }
        begun = nil
        do {
            try send(batch)
        } catch {
            if error == .full { (unsure, numbers.last) = (nil, numbers.last - 1) }
            throw error
        }
    }

    /// Sends a batch, after whatever is owed.
    private func send(_ batch: EncodedTasks) throws(QueueError) {
        while true {
            try resend()
            unsure = batch
            let answer = try queue.enqueue(batch, session: session, number: lastNumber + 1)
            unsure = nil
            guard case .gap(let last) = answer else { return note(batch) }
            beginSession(after: last)
        }
    }

    /// Asks whether the server still has everything, and mends what it has not; then lets it forget this producer, which is as
    /// good as a new one afterwards.
    ///
    /// - Throws: ``QueueError/full`` when the server refuses for want of room; the next call goes on from there.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func finish() throws(QueueError) {
        precondition(begun == nil, "a batch is begun and not completed")
        try settleUnsure()
        try resend()
        while let last = try queue.lastBatch(of: session), last < lastNumber {
            beginSession(after: last)
            try resend()
        }
        for session in pastSessions + [session] { try queue.forget(session: session) }
        // What was settled is not to be looked for again.
        (pastSessions, lastNumber, kept, sizes) = ([], 0, [], [])
        session = UInt64.random(in: 1 ... .max)
    }

    /// A batch whose answer never came is said again under its number, also if the server does not have it: it may still be on
    /// its way, and the next batch would be taken for it, and dropped.
    private func settleUnsure() throws(QueueError) {
        guard let batch = unsure else { return }
        if try queue.lastBatch(of: session) != nil {
            try send(batch)
        } else {
            // Where batches have no numbers it would be there twice.
            unsure = nil
        }
    }

    /// The server has lost every batch above `last`: what is kept of them is owed again, under a session that it cannot
    /// know.
    private func beginSession(after last: UInt32) {
        let again = kept.filter { $0.number > last }.map(\.batch)
        lostTasks += sizes[Int(last)...].dropLast(again.count).reduce(0, +)
        owed = again + owed
        pastSessions.append(session)
        session = UInt64.random(in: 1 ... .max)
        (lastNumber, kept, sizes) = (0, [], [])
    }

    /// Sends what is owed. When it fails, what is left stays owed.
    private func resend() throws(QueueError) {
        while let batch = owed.first {
            switch try queue.enqueue(batch, session: session, number: lastNumber + 1) {
            case .accepted:
                note(batch)
                resentTasks += batch.count
                owed.removeFirst()
            case .gap(let last):
                beginSession(after: last)
            }
        }
    }

    /// Remembers a batch that the server has acknowledged.
    private func note(_ batch: EncodedTasks) {
        lastNumber += 1
        sizes.append(batch.count)
        kept.append((lastNumber, batch))
        if kept.count > keeps { kept.removeFirst() }
    }
}

/// What the ids of one producer's tasks are made of. It belongs to the producer's thread.
final class BatchNumbers {
    /// The producer.
    let producer = UInt64.random(in: 1 ... .max)
    /// The batch that was numbered last.
    var last: UInt32 = 0
}
