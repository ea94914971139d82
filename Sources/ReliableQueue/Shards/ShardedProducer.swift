public import Redis

/// Enqueues batches into a queue of one or more shards, each batch into one of them: that of its key, or the shortest.
///
/// For each shard it is a ``QueueProducer``, with that one's guarantees; the ids of tasks are unique over all of them. It hears of
/// a change in the number of shards within ``ShardWatch/period`` of its next batch. Tasks of one key go to one shard, until that
/// number changes. A shard whose server is away gets no batch that may go elsewhere, but for the one that finds out. One thread's.
public final class ShardedProducer: TrafficSource {
    private let configuration: QueueConfiguration
    private let keeps: Int
    private let perseverance: Perseverance
    private let numbers = BatchNumbers()
    private let record: ShardRecord
    /// When the record was read last, or could not be.
    private var recordRead: ContinuousClock.Instant
    private var lastHeard: ContinuousClock.Instant
    private var choice = ShardChoice()
    private var shards: [Int: Shard] = [:]
    /// What became of tasks, and what passed, in shards that were closed.
    private var past = (lost: 0, resent: 0)
    private var pastTraffic = RedisTraffic()
    /// How many tasks are in the batch that is begun.
    private var begun: Int?
    /// The shard that the last batch was sent to: where what comes of its tasks is kept (``QueueConfiguration/ofShard(_:)``).
    public private(set) var lastShard = 0

    private struct Shard {
        let queue: any TaskQueue
        let producer: QueueProducer
    }

    /// A producer on this queue.
    ///
    /// - Parameters:
    ///   - keeps: how many acknowledged batches to keep for each shard, to send them again should its server lose them.
    ///   - keepTrying: as in ``QueueConfiguration/open(keepTrying:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(
        _ configuration: QueueConfiguration, keeps: Int = 64, keepTrying: @escaping () -> Bool = { true }
    ) throws(QueueError) {
        self.configuration = configuration.serving(.producer)
        self.keeps = keeps
        let perseverance = Perseverance(keepTrying)
        self.perseverance = perseverance
        record = try ShardRecord(of: self.configuration) { perseverance.allowsAnother() }
        (recordRead, lastHeard) = (.now, .now)
        choice.choose(from: try record.read().open)
        if choice.count == 1 { _ = try shard(0) }
    }

    /// This producer's part of every task's id.
    public var id: UInt64 { numbers.producer }
    /// Tasks that a server acknowledged, then lost, and that were not kept any more.
    public var lostTasks: Int { shards.values.reduce(past.lost) { $0 + $1.producer.lostTasks } }
    /// Tasks that a server acknowledged, then lost, and that were sent again.
    public var resentTasks: Int { shards.values.reduce(past.resent) { $0 + $1.producer.resentTasks } }
    /// How many shards there is a connection to.
    package var openedShards: Int { shards.count }
    /// The traffic with all shards' servers.
    public var traffic: RedisTraffic {
        shards.values.reduce(pastTraffic + record.traffic) { $0 + $1.queue.traffic }
    }

    /// Appends the batch's tasks to the shard of `key`, or to the shortest without one, and returns the id of the first; the
    /// others follow by index. Throws as ``QueueProducer/enqueue(_:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    @discardableResult
    public func enqueue(_ batch: TaskBatch, key: String? = nil) throws(QueueError) -> TaskID {
        let first = try begin(batch, key: key)
        try complete()
        return first
    }

    /// The first half of ``enqueue(_:key:)``: sends the batch, and does not wait for the answer. Until ``complete()`` nothing
    /// else can be enqueued; the next batch can be filled meanwhile.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    @discardableResult
    public func begin(_ batch: TaskBatch, key: String? = nil) throws(QueueError) -> TaskID {
        precondition(begun == nil, "the batch before is not completed")
        try refresh()
        let shard = key.map { choice.shard(of: $0) } ?? choice.shortest(at: .now)
        let first = try noting(shard) { () throws(QueueError) in try self.shard(shard).producer.begin(batch) }
        (begun, lastShard) = (batch.count, shard)
        return first
    }

    /// The second half: waits for the answer, and throws what ``enqueue(_:key:)`` would.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func complete() throws(QueueError) {
        guard let tasks = begun else { preconditionFailure("no batch is begun") }
        begun = nil
        try noting(lastShard) { () throws(QueueError) in try shard(lastShard).producer.complete() }
        choice.note(sent: tasks, to: lastShard)
    }

    /// As ``QueueProducer/finish()``, for every shard that it sent to, also after one where that failed.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func finish() throws(QueueError) {
        var failure: QueueError?
        for shard in shards.values {
            do throws(QueueError) { try shard.producer.finish() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func shard(_ index: Int) throws(QueueError) -> Shard {
        if let shard = shards[index] { return shard }
        let queue = try configuration.ofShard(index).open { [perseverance] in perseverance.allowsAnother() }
        let shard = Shard(queue: queue, producer: QueueProducer(queue: queue, keeps: keeps, numbers: numbers))
        shards[index] = shard
        return shard
    }

    /// Asks for what it knows too long: how many shards there are, and the length of one of them, or of all that it knows nothing
    /// of. A server that is away has no say, and is not waited for.
    private func refresh() throws(QueueError) {
        let now = ContinuousClock.now
        perseverance.limit = .once
        defer { perseverance.limit = .none }
        if now - recordRead > ShardWatch.period {
            recordRead = now
            try hear(at: now)
        }
        repeat {
            guard let old = choice.toAsk(at: now) else { return }
            if let depth = try ifThere({ () throws(QueueError) in try shard(old).queue.depth() }) {
                choice.note(length: depth.backlog, of: old, at: now)
            } else {
                choice.noteAway(old, at: now)
            }
        } while choice.isIgnorant(at: now)
    }

    /// Reads how many shards there are, and settles what is left to say to those that were closed. Who has not heard for as long as
    /// closed shards may be retired in does not go on without.
    private func hear(at now: ContinuousClock.Instant) throws(QueueError) {
        let mustHear = now - lastHeard > ShardRecord.retirementAge / 2
        if mustHear { perseverance.limit = .none }
        defer { perseverance.limit = .once }
        let count: ShardCount
        do throws(QueueError) {
            count = try record.read()
        } catch {
            guard error.isOfOneShard, !mustHear else { throw error }
            return
        }
        lastHeard = now
        choice.choose(from: count.open)
        perseverance.limit = .once
        for (index, closed) in shards where index >= count.open {
            guard try ifThere({ () throws(QueueError) in try closed.producer.finish() }) != nil else { continue }
            past = (past.lost + closed.producer.lostTasks, past.resent + closed.producer.resentTasks)
            pastTraffic = pastTraffic + closed.queue.traffic
            shards[index] = nil
        }
    }

    private func ifThere<Answer>(_ body: () throws(QueueError) -> Answer) throws(QueueError) -> Answer? {
        do throws(QueueError) {
            return try body()
        } catch {
            guard error.isOfOneShard else { throw error }
            return nil
        }
    }

    private func noting<Answer>(
        _ shard: Int, _ body: () throws(QueueError) -> Answer
    ) throws(QueueError) -> Answer {
        do throws(QueueError) {
            return try body()
        } catch {
            if error.isOfOneShard { choice.noteAway(shard, at: .now) }
            throw error
        }
    }
}
