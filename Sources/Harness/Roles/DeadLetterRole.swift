import Redis
package import ReliableQueue

/// A queue's dead letters: to be looked at, tried again, or thrown away.
package struct DeadLetterRole: Sendable {
    /// The queue.
    package var queue: QueueAddress

    /// The dead letters of this queue.
    package init(queue: QueueAddress) { self.queue = queue }

    /// Which letters are meant.
    package enum Choice: Sendable {
        case all
        /// Those of these ids, as `fibq dead list` shows them.
        case these([String])
    }

    /// The letters that are meant, the oldest first.
    package func list(_ choice: Choice = .all) throws(HarnessError) -> [DeadLetter] {
        try chosen(choice).flatMap(\.letters)
    }

    /// Puts them back where tasks wait; returns how many.
    package func requeue(_ choice: Choice) throws(HarnessError) -> Int {
        let chosen = try chosen(choice)
        return try Self.queueErrors { () throws(QueueError) in
            try chosen.map { shard throws(QueueError) in try shard.dead.requeue(shard.letters) }.reduce(0, +)
        }
    }

    /// Throws them away; returns how many.
    package func drop(_ choice: Choice) throws(HarnessError) -> Int {
        let chosen = try chosen(choice)
        return try Self.queueErrors { () throws(QueueError) in
            try chosen.map { shard throws(QueueError) in try shard.dead.drop(shard.letters) }.reduce(0, +)
        }
    }

    /// What is meant, by the shard that it is in.
    private func chosen(_ choice: Choice) throws(HarnessError) -> [(dead: DeadLetters, letters: [DeadLetter])] {
        let shards = try Self.queueErrors { () throws(QueueError) in
            let count = try ShardRecord(of: queue.configuration).read()
            return try (0..<count.served).map { shard throws(QueueError) in
                let dead = try DeadLetters(of: queue.configuration.ofShard(shard))
                return (dead, letters: try dead.list())
            }
        }
        guard case .these(let ids) = choice else { return shards }
        let known = Set(shards.flatMap { $0.letters.map(\.name) })
        for id in ids {
            guard TaskID(id) != nil else { throw .usage("\(id) is no task's id: see fibq dead list") }
            guard known.contains(id) else { throw .usage("no dead letter \(id): see fibq dead list") }
        }
        return shards.map { dead, letters in
            // In the order in which they were asked for.
            let known = Dictionary(letters.map { ($0.name, $0) }) { first, _ in first }
            return (dead, ids.compactMap { known[$0] })
        }
    }

    private static func queueErrors<Result>(_ body: () throws(QueueError) -> Result) throws(HarnessError) -> Result {
        do throws(QueueError) { return try body() } catch { throw .queue(error) }
    }
}

extension DeadLetter {
    /// The task's id; nothing for what is no task.
    fileprivate var name: String { id.map { "\($0)" } ?? "" }
}
