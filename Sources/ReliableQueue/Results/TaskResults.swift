import Redis

/// What came of the tasks that asked for that (``TaskBatch/add(kind:expected:keepsResultFor:payload:)``), for whoever waits for
/// it.
///
/// A result is there from the step that acks the task, or makes it a dead letter (in `lock` and `pop`, which have no such step:
/// from the command after it), until its time is over; reading it takes
/// nothing away, so any number may wait for the same one, or come later. What came of a dead letter that is tried again is
/// what comes of it then. It has a connection of its own, of one thread.
public final class TaskResults {
    private let keys: QueueKeys
    private let link: QueueLink
    private let patience: Patience

    /// How long a server that hangs is waited for.
    private static let longestSilence = Duration.seconds(2)

    /// How long there is still something to wait for.
    private final class Patience {
        var end = ContinuousClock.now

        var left: Duration { end - .now }
    }

    /// Connects.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(of configuration: QueueConfiguration) throws(QueueError) {
        let patience = Patience()
        patience.end += configuration.backoff.total
        self.patience = patience
        keys = configuration.keys
        var waiting = configuration.serving(.waiter)
        waiting.settings.commandTimeout = min(waiting.settings.commandTimeout, Self.longestSilence)
        link = try QueueLink(waiting, scripts: [], keepTrying: { patience.left > .zero }) { _ in
        }
    }

    /// Waits until there is a result of the task, at most `limit`, and some seconds more on a server that hangs; `nil` when there is none by then, since the task was not run
    /// yet, or did not ask, or its time is over.
    ///
    /// Blocks on the server, and reads what is there at once. A connection that is lost meanwhile is made anew.
    ///
    /// - Throws: ``QueueError/redis(_:)`` when the server stays away, as long as the limit and the configuration allow.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func wait(for task: TaskID, upTo limit: Duration) throws(QueueError) -> TaskResult? {
        patience.end = .now + limit
        while true {
            let left = patience.left
            do {
                let result = try link.resilient { _ throws(RedisError) in
                    try read(keys.result(task), upTo: patience.left)
                }
                if result != nil || left <= .zero { return result }
            } catch {
                // The queue is still on its way to another server: nothing can be read, and nothing is wrong.
                guard case .redis(let refusal) = error, refusal.serverCode != nil, patience.left <= .zero,
                    link.connection.endpoint.isPassing(refusal)
                else { throw error }
                return nil
            }
        }
    }

    private func read(_ key: String, upTo limit: Duration) throws(RedisError) -> TaskResult? {
        // Blocking for 0 would be for ever: then it is only read.
        let blocking = limit > .zero ? ["BLOCK", String(link.blockingTime(limit).milliseconds)] : []
        link.connection.append("XREAD", blocking + ["STREAMS", key, "0"])
        let reply = try link.connection.receive()
        if reply.isNull { return nil }
        return try reply.withElement(0) { stream throws(RedisError) in
            try stream.withElement(1) { entries throws(RedisError) in
                try entries.withElement(0) { entry throws(RedisError) in
                    try entry.withElement(1, TaskResult.init(decoding:))
                }
            }
        }
    }
}

extension TaskResult {
    /// Reads the fields of the entry that the scripts write.
    fileprivate init(decoding fields: borrowing RedisReply) throws(RedisError) {
        switch try fields.text(at: 0) {
        case "done": self = .done(try fields.withElement(1) { words throws(RedisError) in try words.bytes() })
        case "failed": self = .failed(reason: try fields.text(at: 1))
        case let other: throw .unexpectedReply(wanted: "a result, done or failed", got: other)
        }
    }
}
