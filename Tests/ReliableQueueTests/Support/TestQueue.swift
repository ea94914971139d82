import Redis
import ReliableQueue
import TestSupport

/// A queue with a name of its own, seen from outside as well as through its protocol.
struct TestQueue {
    let configuration: QueueConfiguration
    /// A connection beside the queue's, for looking at keys and for meddling with them.
    let raw: RedisConnection
    /// Batches that were enqueued, so that the next one has another number.
    private let batches = Counter()
    private let session = UInt64.random(in: 1 ... .max)

    private final class Counter {
        var value: UInt32 = 0
    }

    /// - Parameters:
    ///   - server: a private server; `nil` for what tests share.
    ///   - topology: which of those.
    init(
        _ queueProtocol: QueueProtocol = .lease, on server: PrivateRedisServer? = nil,
        in topology: TestTopology = .standalone, test: String = #function,
        _ adjust: (inout QueueConfiguration) -> Void = { _ in }
    ) throws {
        let outside = try server?.endpoint ?? topology.endpoint()
        try self.init(queueProtocol, at: outside, test: test) { configuration in
            adjust(&configuration)
            guard topology == .restricted else { return }
            (configuration.endpoint.user, configuration.endpoint.password) = (configuration.name, "secret")
        }
        if topology == .restricted {
            let rules = QueueRights(for: configuration).rules
            raw.append("ACL", ["SETUSER", configuration.name, "reset", "on", ">secret"] + rules)
            _ = try raw.receive()
        }
    }

    /// A queue on the servers at this address.
    init(
        _ queueProtocol: QueueProtocol = .lease, at endpoint: RedisEndpoint, test: String = #function,
        _ adjust: (inout QueueConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = QueueConfiguration(queueProtocol, at: endpoint, name: TestServer.uniqueName(test))
        // Delays that a test can wait for.
        configuration.firstDelay = .milliseconds(20)
        adjust(&configuration)
        try self.init(viewing: configuration, from: endpoint)
    }

    /// The same queue, seen over a connection of its own: for another thread.
    ///
    /// - Parameter outside: the way of somebody who may do anything, if it is another.
    init(viewing configuration: QueueConfiguration, from outside: RedisEndpoint? = nil) throws {
        self.configuration = configuration
        raw = try RedisConnection(to: outside ?? configuration.endpoint, for: configuration.key("pending"))
    }

    /// One more client of the queue.
    func open() throws -> any TaskQueue { try configuration.open() }

    /// The full name of one of the queue's keys.
    func key(_ name: String) -> String { configuration.key(name) }

    /// Every key of the queue but the bookkeeping, with tasks shown as `batch.index`.
    func state() throws -> [String: KeyContent] {
        try everything().filter { !Self.isBookkeeping($0.key) }
    }

    /// The names of the keys that stay behind when a queue is drained: epoch, producers, those that ended, and workers'
    /// records (each shown as one).
    func bookkeeping() throws -> Set<String> {
        Set(
            try everything().keys.filter(Self.isBookkeeping).map {
                $0.hasPrefix("worker:") ? "worker" : $0.hasPrefix("ended:") ? "ended" : $0
            })
    }

    private static func isBookkeeping(_ key: String) -> Bool {
        key == "epoch" || key == "producers" || key.hasPrefix("worker:") || key.hasPrefix("ended:")
    }

    private func everything() throws -> [String: KeyContent] {
        try KeySnapshot(raw, prefix: key(""), label: Self.label).keys()
    }

    /// `batch.index` for an element of a list, and for the 16 bytes of a task id.
    private static func label(_ bytes: [UInt8]) -> String? {
        let id: TaskID
        switch bytes.count {
        // Sixteen printable bytes are text, such as a number of microseconds.
        case 16 where bytes.contains { !(32...126).contains($0) }: id = TaskID(reading: bytes[...])
        case 23... where bytes[0] == 1 || bytes[0] == 2: id = TaskID(ofElement: bytes)
        default: return nil
        }
        return "\(id.batch).\(id.index)"
    }

    /// Enqueues one batch of `count` tasks, which are `batch.0` and so on.
    @discardableResult
    func fill(
        _ count: Int, through queue: any TaskQueue, kind: String = "test", expected: Duration? = nil,
        keepsResultFor time: Duration? = nil
    ) throws -> UInt32 {
        batches.value += 1
        let batch = Self.batch(count, kind: kind, expected: expected, keepsResultFor: time)
            .encoded(producer: 7, number: batches.value)
        _ = try queue.enqueue(batch, session: session, number: batches.value)
        return batches.value
    }

    /// Tasks whose payload is their place in the batch.
    static func batch(
        _ count: Int, kind: String = "test", expected: Duration? = nil, keepsResultFor time: Duration? = nil
    ) -> TaskBatch {
        var batch = TaskBatch()
        for index in 0..<count {
            batch.add(kind: kind, expected: expected, keepsResultFor: time, payload: Array("\(index)".utf8))
        }
        return batch
    }

    /// Puts something that is no task where tasks wait.
    func push(_ junk: String) throws {
        if configuration.queueProtocol == .stream {
            _ = try raw.call("XADD", key("pending"), "*", "e", junk)
        } else {
            _ = try raw.call("RPUSH", key("pending"), junk)
        }
    }

    /// Lets the claim's lease run out, as if its time had passed.
    func expire(_ claim: Claim) throws {
        switch configuration.queueProtocol {
        case .lease: _ = try raw.call("ZADD", key("leases"), "XX", "1", claim.id)
        case .lock, .lockSetex: _ = try raw.call("DEL", key("lock:\(claim.id)"))
        case .stream:
            let stream = key(claim.isRedelivery ? "retry" : "pending")
            let held = try raw.call("XPENDING", stream, "workers", "-", "+", "4096", claim.id)
            for index in 0..<held.count {
                let entry = try held.withElement(index) { entry throws(RedisError) in try entry.text(at: 0) }
                _ = try raw.call(
                    "XCLAIM", stream, "workers", claim.id, "0", entry, "IDLE", "100000000", "JUSTID")
            }
        case .pop: break
        }
    }

    /// Makes every delayed task due.
    func makeDelayedDue() throws {
        let delayed = try raw.call("ZRANGE", key("delayed"), "0", "-1")
        for index in 0..<delayed.count {
            let element = try delayed.withElement(index) { element throws(RedisError) in try element.bytes() }
            raw.append { writer in
                writer.command("ZADD", arguments: 3)
                writer.argument(key("delayed"))
                writer.argument(1)
                writer.argument(element)
            }
            _ = try raw.receive()
        }
    }
}

extension QueueConfiguration {
    /// The full name of one of the queue's keys.
    func key(_ name: String) -> String { "{\(shardName)}:\(name)" }
}

extension TaskID {
    /// The task that an element of a list is.
    init(ofElement bytes: [UInt8]) { self.init(reading: bytes[1..<17]) }

    /// Reads the 16 bytes of an identity.
    fileprivate init(reading bytes: ArraySlice<UInt8>) {
        func number(_ range: Range<Int>) -> UInt64 {
            bytes.dropFirst(range.lowerBound).prefix(range.count).reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.init(producer: number(0..<8), batch: UInt32(number(8..<12)), index: UInt32(number(12..<16)))
    }
}

extension TaskQueue {
    /// Claims once, without waiting.
    func claim(_ limit: Int = 256, lease: Duration = .seconds(60)) throws -> Claim? {
        try exchange(acking: nil, claiming: ClaimRequest(limit: limit, shortestLease: lease)).claim
    }

    /// Acks a whole claim.
    func ack(_ claim: Claim) throws -> AckAnswer? {
        try exchange(acking: claim, claiming: nil).ack
    }
}

extension Claim {
    /// The tasks as `batch.index`, or "?" for what is none.
    var names: [String] {
        (0..<count).map { index in withTask(index) { task, _ in task.map(Self.name) ?? "?" } }
    }

    /// How often each was attempted, this time included.
    var attempts: [Int] {
        (0..<count).map { index in withTask(index) { task, _ in task?.attempt ?? 0 } }
    }

    private static func name(_ task: ClaimedTask) -> String { "\(task.id.batch).\(task.id.index)" }
}

/// `batch.0`, `batch.1` and so on.
func names(_ batch: UInt32, _ indices: Range<Int>) -> [String] { indices.map { "\(batch).\($0)" } }
