import Redis

/// One thread's connections to the shards of a queue, each made when it is needed first.
///
/// While there is one shard, its server is waited for as ever, and errors are the caller's. With several, a shard whose server is
/// away keeps nobody from the others: what may be left (a claim) is tried once, what should be said (an ack) for as long as the
/// lease may last, and then others look after it: the lease runs out, and a monitor takes the tasks back.
final class ShardQueues {
    /// A shard, and the connection to it.
    typealias Member = (shard: Int, queue: any TaskQueue)

    /// How long a server is waited for at least with what should be said.
    private static let leastPatience = Duration.seconds(2)

    private let configuration: QueueConfiguration
    private let board: ShardBoard
    private let perseverance: Perseverance
    private var queues: [Int: any TaskQueue] = [:]

    /// - Parameters:
    ///   - configuration: the queue's, for the part of a process that the thread is.
    ///   - keepTrying: as in ``QueueConfiguration/open(keepTrying:)``.
    init(
        _ configuration: QueueConfiguration, _ board: ShardBoard, keepTrying: @escaping () -> Bool
    ) {
        (self.configuration, self.board) = (configuration, board)
        perseverance = Perseverance(keepTrying)
    }

    /// The traffic with all of them.
    var traffic: RedisTraffic { queues.values.reduce(RedisTraffic()) { $0 + $1.traffic } }

    /// The shards that there is a connection to.
    var opened: [Int] { queues.keys.sorted() }

    /// A shard's queue.
    func queue(_ shard: Int) throws(QueueError) -> any TaskQueue {
        if let queue = queues[shard] { return queue }
        let queue = try configuration.ofShard(shard).open { [perseverance] in perseverance.allowsAnother() }
        queues[shard] = queue
        return queue
    }

    /// The first shard from this one on that can be reached.
    ///
    /// - Throws: what opening one shard throws when that is the only one, or none can be reached.
    func firstWithinReach(from first: Int) throws(QueueError) -> Member {
        for shard in 0..<board.served {
            let shard = (first + shard) % board.served
            if let queue = try trying(shard, { $0 }) { return (shard, queue) }
        }
        return (0, try queue(0))
    }

    /// Does what may be left as well: with one try to reach a server that went away.
    ///
    /// - Returns: `nil` when it was left, since the shard is away and there are others.
    func trying<Answer>(
        _ shard: Int, _ body: (any TaskQueue) throws(QueueError) -> Answer
    ) throws(QueueError) -> Answer? {
        try attempt(shard, .once, body)
    }

    /// Does what should be said, once more where the lease has run out already.
    ///
    /// - Returns: `nil` when the shard was away for as long as the lease may last, and there are others.
    func saying<Answer>(
        of lease: Lease, _ body: (any TaskQueue) throws(QueueError) -> Answer
    ) throws(QueueError) -> Answer? {
        try attempt(
            lease.shard, lease.hasLapsed ? .once : .until(.now + max(Self.leastPatience, lease.length)), body)
    }

    private func attempt<Answer>(
        _ shard: Int, _ limit: Perseverance.Limit, _ body: (any TaskQueue) throws(QueueError) -> Answer
    ) throws(QueueError) -> Answer? {
        if board.served == 1 { return try body(queue(shard)) }
        perseverance.limit = limit
        defer { perseverance.limit = .none }
        do throws(QueueError) {
            return try body(queue(shard))
        } catch {
            guard error.isOfOneShard else { throw error }
            board.noteAway(shard)
            return nil
        }
    }
}
