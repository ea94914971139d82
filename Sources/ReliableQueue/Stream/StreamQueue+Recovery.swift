import Redis

extension StreamQueue {
    /// How many entries one call takes over at most; the server looks at ten times as many.
    private static let entriesAStep = 256

    /// Takes over entries that idle too long: one bounded step in each stream, which any number of monitors may do at once.
    /// There may be more until both streams were looked through to their ends, also where a step found nothing expired.
    public func recover() throws(QueueError) -> Recovery {
        var recovery = Recovery()
        for (place, stream) in [keys.pending, keys.retry].enumerated() {
            // Only the script learns whom it has to bury: it is told the keys of their results in a second call.
            var step = try recover(stream, place, results: [])
            if !step.missing.isEmpty { step.add(try recover(stream, place, results: step.missing)) }
            recovery.recovered += step.recovered
            recovery.dead += step.dead
            if !step.missing.isEmpty { recovery.hasMore = true }
            recovery.nextExpiry = step.isHeld ? .zero : nil
            if step.recovered + step.dead > 0 { isToSweep[place] = true }
            if cursors[place] != "0-0" {
                recovery.hasMore = true
            } else if isToSweep[place] {
                try sweep(stream)
                isToSweep[place] = false
            }
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
        return try link.run(QueueScripts.streamRecover, keys: all, arguments: 4 + results.count) { writer in
            writer.argument(configuration.mostRedeliveries)
            writer.argument(Self.entriesAStep)
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

    /// Forgets claims that are left with nothing. (Their names never repeat, so nobody reads for them any more.)
    private func sweep(_ stream: String) throws(QueueError) {
        let empty = try link.resilient { _ throws(RedisError) in
            let reply = try connection.call("XINFO", "CONSUMERS", stream, "workers")
            var empty: [String] = []
            for index in 0..<reply.count {
                let consumer = try reply.withElement(index) { fields throws(RedisError) in
                    (name: try fields.text(at: 1), held: try fields.integer(at: 3))
                }
                if consumer.held == 0, consumer.name != "monitor" { empty.append(consumer.name) }
            }
            return empty
        }
        for start in stride(from: 0, to: empty.count, by: Self.entriesAStep) {
            let claims = empty[start..<min(empty.count, start + Self.entriesAStep)]
            try link.run(QueueScripts.streamSweep, keys: [stream], arguments: claims.count) { writer in
                for claim in claims { writer.argument(claim) }
            } decode: { _ throws(RedisError) in
            }
        }
    }
}
