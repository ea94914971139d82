import Redis

extension LeaseQueue {
    /// How many claims one step looks at, and how many tasks it moves unless a single claim holds more: a call of some
    /// hundred microseconds, so that recovery after a long outage never holds the server up.
    private static let claimsAStep = 32
    private static let tasksAStep = 256

    /// Takes back expired claims: one bounded step, which any number of monitors may do at once.
    public func recover() throws(QueueError) -> Recovery {
        let (ids, nextExpiry) = try expired()
        var recovery = Recovery()
        recovery.nextExpiry = nextExpiry
        guard !ids.isEmpty else { return recovery }
        // Only the script learns whom it has to bury: it is told the keys of their results in a second call.
        let missing = try take(ids, results: [], into: &recovery)
        if !missing.isEmpty { _ = try take(ids, results: missing, into: &recovery) }
        return recovery
    }

    /// Takes back those of these claims that are still expired.
    ///
    /// - Parameter results: tasks whose results may be kept.
    /// - Returns: further tasks whose results must be; their claims are left.
    private func take(
        _ ids: [String], results: [TaskID], into recovery: inout Recovery
    ) throws(QueueError) -> [TaskID] {
        let all =
            [
                keys.leases, keys.retry, keys.wake, keys.redeliveries, keys.failures, keys.dead, keys.reasons,
            ] + ids.map(keys.claim) + results.map(keys.result)
        return try link.run(QueueScripts.recover, keys: all, arguments: 3 + ids.count + results.count) { writer in
            writer.argument(configuration.mostRedeliveries)
            writer.argument(Self.tasksAStep)
            writer.argument(ids.count)
            for id in ids { writer.argument(id) }
            for task in results { writer.argument(task.bytes) }
        } decode: { reply throws(RedisError) in
            let missing = try reply.withElement(3, TaskID.all(in:))
            recovery.recovered += try reply.integer(at: 1)
            recovery.dead += try reply.integer(at: 2)
            recovery.hasMore = try reply.integer(at: 0) < ids.count || ids.count == Self.claimsAStep || !missing.isEmpty
            return missing
        }
    }

    private func expired() throws(QueueError) -> (ids: [String], nextExpiry: Duration?) {
        let all = [keys.leases, keys.pending, keys.retry, keys.delayed, keys.wake]
        return try link.run(QueueScripts.expired, keys: all, arguments: 1) { writer in
            writer.argument(Self.claimsAStep)
        } decode: { reply throws(RedisError) in
            var ids: [String] = []
            for index in 1..<max(1, reply.count) { ids.append(try reply.text(at: index)) }
            let milliseconds = try reply.integer(at: 0)
            return (ids, milliseconds < 0 ? nil : .milliseconds(milliseconds))
        }
    }
}
