import Redis

extension StreamQueue {
    /// How many entries one call takes at most.
    private static let entriesTaken = 128
    /// How many one call looks at.
    private static let entriesLookedAt = 512

    /// Takes back entries that idle too long: one bounded step in each stream, which any number of monitors may do at once.
    /// There may be more until both streams were looked through to their ends, also where a step found nothing expired.
    public func recover() throws(QueueError) -> Recovery {
        var recovery = Recovery()
        // A stream that is through waits for the other: both begin anew together.
        let isAtStart = cursors.allSatisfy { $0 == Self.start }
        for (place, stream) in [keys.pending, keys.retry].enumerated() where isAtStart || cursors[place] != Self.start {
            // Only the script learns whom it has to bury: it is told the keys of their results in a second call.
            var step = try recover(stream, place, results: [])
            if !step.missing.isEmpty { step.add(try recover(stream, place, results: step.missing)) }
            recovery.recovered += step.recovered
            recovery.dead += step.dead
            recovery.nextExpiry = step.isHeld ? .zero : nil
            if !step.missing.isEmpty || cursors[place] != Self.start { recovery.hasMore = true }
        }
        return recovery
    }

    /// What one call of the script did.
    private struct Step {
        var recovered: Int
        var dead: Int
        var isHeld: Bool
        /// Tasks to bury, and left, whose results are to be kept under keys that the script was not told.
        var missing: [TaskID]

        /// Adds what the call after this one did.
        mutating func add(_ next: Step) {
            recovered += next.recovered
            dead += next.dead
            (isHeld, missing) = (next.isHeld, next.missing)
        }
    }

    private func recover(_ stream: String, _ place: Int, results: [TaskID]) throws(QueueError) -> Step {
        let all =
            [
                stream, keys.pending, keys.retry, keys.delayed, keys.wake, keys.redeliveries, keys.failures, keys.dead,
                keys.reasons, keys.epoch,
            ] + results.map(keys.result)
        return try link.run(QueueScripts.streamRecover, keys: all, arguments: 5 + results.count) { writer in
            writer.argument(configuration.mostRedeliveries)
            writer.argument(Self.entriesTaken)
            writer.argument(Self.entriesLookedAt)
            writer.argument(cursors[place])
            writer.argument(place == 1 ? "1" : "0")
            for task in results { writer.argument(task.bytes) }
        } decode: { reply throws(RedisError) in
            let missing = try reply.withElement(4, TaskID.all(in:))
            // What was left is found again from where this call began.
            if missing.isEmpty { cursors[place] = try reply.text(at: 0) }
            return Step(
                recovered: try reply.integer(at: 1), dead: try reply.integer(at: 2),
                isHeld: try reply.integer(at: 3) > 0, missing: missing)
        }
    }
}
