import Reporting

/// How a search for the knee ended.
package enum KneeOutcome: Sendable, Equatable {
    /// The rate was confirmed; at the other one, the lowest so, the objective was missed.
    case found(rate: Double, lowestMissed: Double)
    /// The objective is met up to the highest rate that was to be tried.
    case noLimit(upTo: Double)
    /// It is missed even at that rate.
    case notEven(Double)
    /// The generator fell behind before the queue did. `met` is the highest rate at which the objective was met, if any.
    case generator(met: Double?, behindAt: Double)
    /// The repetitions at each rate tried, down to this one, missed the objective too often.
    case unconfirmed(Double)

    /// True for a knee.
    package var isFound: Bool {
        if case .found = self { return true }
        return false
    }

    /// One line for people.
    package var words: String {
        func rate(_ value: Double) -> String { HumanNumber.rate(value) }
        switch self {
        case .found(let found, let missed):
            return "the knee is at \(rate(found)); missed at \(rate(missed))"
        case .noLimit(let most): return "no limit up to --most, \(rate(most))"
        case .notEven(let least): return "not even \(rate(least))"
        case .generator(let met, let behind):
            let sustained = met.map { "; the objective was met at \(rate($0))" } ?? ""
            return "the generator is the limit, not the queue: it fell behind at \(rate(behind))\(sustained)"
        case .unconfirmed(let last):
            return
                "no rate was confirmed, down to \(rate(last)): say longer probes (--probe), or a coarser --resolution"
        }
    }

    /// Its name in files.
    package var name: String {
        switch self {
        case .found: "found"
        case .noLimit: "no_limit"
        case .notEven: "not_even"
        case .generator: "generator"
        case .unconfirmed: "unconfirmed"
        }
    }
}
