import InstanceLimits
import Reporting

/// The readings of a run's credits, as `credits.csv` has them.
struct CreditRecord: Sendable {
    /// One of them.
    struct Reading: Sendable {
        /// Seconds from the first sending.
        let at: Double
        /// Processor time since the one before.
        let used: Double
        /// Of that, what the machine would not have had.
        let excess: Double
        let balance: Double
        let allowed: Double
        let isLoad: Bool
    }

    /// In order; the first is of the account's beginning.
    let readings: [Reading]
    /// Those from the beginning of the load to its end.
    let load: [Reading]

    /// Takes the rows of a table in.
    ///
    /// - Parameter path: the table's file, for messages.
    /// - Throws: ``HarnessError/usage(_:)`` for one with no two readings of the load.
    init(_ rows: [CreditRow], path: String) throws(HarnessError) {
        let readings = rows.map { row in
            Reading(
                at: row.atSeconds, used: row.usedSeconds, excess: row.excessSeconds, balance: row.balance,
                allowed: row.allowedProcessors, isLoad: row.phase != .stop)
        }
        guard readings.allSatisfy({ $0.used >= $0.excess && $0.excess >= 0 }) else {
            throw .usage("\(path): processor time was used, and more than was in excess")
        }
        guard zip(readings, readings.dropFirst()).allSatisfy({ $0.at <= $1.at }) else {
            throw .usage("\(path): time does not go back from one reading to the next")
        }
        self.readings = readings
        load = readings.filter(\.isLoad)
        guard let first = load.first, let last = load.last, last.at > first.at else {
            throw .usage("\(path) has no two readings of the load")
        }
        (loadBegins, loadEnds) = (first.at, last.at)
    }

    /// When the load began and ended, in seconds from the first sending.
    let loadBegins: Double
    let loadEnds: Double

    /// How long the load took.
    var loadSeconds: Double { loadEnds - loadBegins }

    /// Processors' worth of time that was used from the beginning of the load to its end: all that ran in the group, by the
    /// kernel's account of it, over the time that went by.
    var shareInLoad: Double { load.dropFirst().reduce(0) { $0 + $1.used } / loadSeconds }

    /// Processor time that was used until everything had stopped.
    var usedInAll: Double { readings.dropFirst().reduce(0) { $0 + $1.used } }

    /// The least that was allowed during the load.
    var leastAllowed: Double { load.map(\.allowed).min() ?? .infinity }

    /// The most that was allowed during the load.
    var greatestAllowed: Double { load.map(\.allowed).max() ?? .infinity }

    /// What was used, from reading to reading of the load.
    var course: [ProcessorDemand.Piece] {
        zip(load, load.dropFirst()).compactMap { before, reading in
            let seconds = reading.at - before.at
            return seconds > 0 ? .init(seconds: seconds, processors: reading.used / seconds) : nil
        }
    }

    /// The readings for the model to keep the account anew.
    var entries: [CreditReplay.Entry] {
        readings.map { .init(at: $0.at, used: $0.used - $0.excess, balance: $0.balance) }
    }
}
