/// What a sink remembers of each task: its first receipt and the highest token that came with it.
///
/// A value without I/O. Both questions cost one look into a hash table. A task takes 40 bytes in a table that is between
/// three eighths and three quarters full: 55 to 110 bytes, so a million tasks take about 100 MB at most.
///
/// A token counts from the moment that it *arrives*: a request that is still delayed is fenced off by a later one that
/// overtook it. Highest tokens are not kept on disk by themselves; after a restart only those of placed messages are
/// known. A late request may then be answered with the first receipt where it would have been refused, but no message
/// is placed twice.
package struct PlacementLedger: Sendable {
    /// How an arriving request stands.
    package enum Arrival: Equatable, Sendable {
        /// No later token has been seen.
        case fresh
        /// This later token has been.
        case superseded(by: PlacementToken)
    }

    /// What became of a request to place a message.
    package enum Placing: Equatable, Sendable {
        /// Placed now, under this number.
        case placed(UInt64)
        /// Placed before, under this number.
        case repeated(UInt64)
        /// Refused: this later token has been seen.
        case superseded(by: PlacementToken)
    }

    private struct Entry {
        var number: UInt64 = 0
        var highest = PlacementToken(epoch: 0, sequence: 0)
    }

    private var entries: [TaskIdentity: Entry] = [:]
    /// Messages placed so far; they are numbered from 1 to this.
    package private(set) var placed: UInt64 = 0

    /// An empty one.
    package init() {}

    /// Notes the token of a request that has just arrived; `nil` for a queue without tokens.
    package mutating func arrive(_ task: TaskIdentity, _ token: PlacementToken?) -> Arrival {
        guard let token else { return .fresh }
        let highest = raise(task, to: token)
        return highest > token ? .superseded(by: highest) : .fresh
    }

    /// Judges a request: by its token first, then by its task.
    package mutating func place(_ task: TaskIdentity, _ token: PlacementToken?) -> Placing {
        if let token, case let highest = raise(task, to: token), highest > token { return .superseded(by: highest) }
        if let number = receipt(of: task) { return .repeated(number) }
        placed += 1
        entries[task, default: Entry()].number = placed
        return .placed(placed)
    }

    /// The number of a task's first receipt; `nil` while it has none.
    package func receipt(of task: TaskIdentity) -> UInt64? {
        guard let number = entries[task]?.number, number > 0 else { return nil }
        return number
    }

    /// Takes up a message that was placed in an earlier life. A task that has a receipt keeps it.
    package mutating func restore(_ entry: LedgerEntry) {
        if let token = entry.token { _ = raise(entry.task, to: token) }
        placed = max(placed, entry.number)
        if receipt(of: entry.task) == nil { entries[entry.task, default: Entry()].number = entry.number }
    }

    /// Takes back the last placings, which could not be stored: their tasks have no receipt again, and their numbers
    /// are given anew. Tokens stay as they are.
    ///
    /// - Parameter tasks: those placed last, with nothing placed since.
    package mutating func withdraw(_ tasks: [TaskIdentity]) {
        for task in tasks { entries[task]?.number = 0 }
        placed -= UInt64(tasks.count)
    }

    private mutating func raise(_ task: TaskIdentity, to token: PlacementToken) -> PlacementToken {
        let highest = max(entries[task]?.highest ?? token, token)
        entries[task, default: Entry()].highest = highest
        return highest
    }
}
