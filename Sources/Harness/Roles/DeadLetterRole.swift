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
        try letters { dead throws(HarnessError) in try Self.chosen(choice, of: dead) }
    }

    /// Puts them back where tasks wait; returns how many.
    package func requeue(_ choice: Choice) throws(HarnessError) -> Int {
        try letters { dead throws(HarnessError) in
            let chosen = try Self.chosen(choice, of: dead)
            return try Self.queueErrors { () throws(QueueError) in try dead.requeue(chosen) }
        }
    }

    /// Throws them away; returns how many.
    package func drop(_ choice: Choice) throws(HarnessError) -> Int {
        try letters { dead throws(HarnessError) in
            let chosen = try Self.chosen(choice, of: dead)
            return try Self.queueErrors { () throws(QueueError) in try dead.drop(chosen) }
        }
    }

    private func letters<Result>(_ body: (DeadLetters) throws(HarnessError) -> Result) throws(HarnessError) -> Result {
        let dead = try Self.queueErrors { () throws(QueueError) in try DeadLetters(of: queue.configuration) }
        return try body(dead)
    }

    private static func chosen(_ choice: Choice, of dead: DeadLetters) throws(HarnessError) -> [DeadLetter] {
        let letters = try queueErrors { () throws(QueueError) in try dead.list() }
        guard case .these(let ids) = choice else { return letters }
        let known = Dictionary(letters.map { ($0.id.map { "\($0)" } ?? "", $0) }) { first, _ in first }
        return try ids.map { id throws(HarnessError) in
            guard TaskID(id) != nil else { throw .usage("\(id) is no task's id: see fibq dead list") }
            guard let letter = known[id] else { throw .usage("no dead letter \(id): see fibq dead list") }
            return letter
        }
    }

    private static func queueErrors<Result>(_ body: () throws(QueueError) -> Result) throws(HarnessError) -> Result {
        do throws(QueueError) { return try body() } catch { throw .queue(error) }
    }
}
