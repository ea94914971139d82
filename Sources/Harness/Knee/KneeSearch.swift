package import Reporting

/// Looks for the highest rate at which an objective is met: which rate to probe next, given what came of the probes so far.
///
/// It doubles the rate until the objective is missed (or halves it until it is met), bisects down to the resolution, and then
/// repeats the rate found: it is confirmed when all repetitions but one in six meet the objective; else it steps down by the
/// resolution and repeats that. A probe whose generator fell behind bounds the search like a miss, but a bound of that kind is
/// no knee; each such probe is made once more first, since a machine may have a bad moment.
///
/// A value: it is told what came of probes, and makes none. It always ends: after some tens of probes and (`steps` + 1) times
/// the repetitions.
package struct KneeSearch: Sendable, Equatable {
    /// Where it looks, and how closely.
    package struct Limits: Sendable, Equatable {
        /// The first rate.
        package var start: Double
        /// No rate is higher.
        package var most: Double
        /// No rate is lower.
        package var least: Double
        /// How far met and missed may be apart in the end, as a share of the former.
        package var resolution: Double
        /// How often the rate found is repeated.
        package var repetitions: Int
        /// How often it may step down.
        package var steps = 10

        /// Limits; the least rate is the 1,024th of the first one.
        package init(start: Double, most: Double, resolution: Double, repetitions: Int) {
            precondition(start > 0 && most >= start && resolution > 0 && repetitions > 0, "no search has such limits")
            (self.start, self.most, self.resolution) = (start, most, resolution)
            (self.repetitions, least) = (repetitions, start / 1_024)
        }

        /// How many of the repetitions may miss the objective: one in six.
        package var missesAllowed: Int { repetitions / 6 }
    }

    /// What a probe came to.
    package enum Finding: Sendable, Equatable {
        /// The objective was met.
        case met
        /// It was not.
        case missed
        /// The generator fell behind, so that nothing is known of the queue.
        case unusable
    }

    /// What to do next.
    package enum Step: Sendable, Equatable {
        /// Probe that rate.
        case probe(rate: Double, KneeStage)
        /// Nothing.
        case ended(KneeOutcome)
    }

    private struct Ceiling: Equatable {
        var rate: Double
        var isTheQueues: Bool
    }

    private struct Repetitions: Equatable {
        let rate: Double
        var met = 0
        var missed = 0
        var unusable = 0
        var steps = 0
    }

    private let limits: Limits
    private var highestMet: Double?
    private var ceiling: Ceiling?
    private var repetitions: Repetitions?
    /// True when the last probe was unusable for the first time.
    private var isRetrying = false
    /// What to do next.
    package private(set) var next: Step

    /// A search that has not begun.
    package init(_ limits: Limits) {
        self.limits = limits
        next = .probe(rate: limits.start, .search)
    }

    /// Takes in what came of the probe that ``next`` asks for. Once it has ended nothing changes it.
    package mutating func note(_ finding: Finding) {
        guard case .probe(let rate, let stage) = next else { return }
        switch stage {
        case .search: search(rate, finding)
        case .confirm: confirm(finding)
        }
    }

    // MARK: Searching

    private mutating func search(_ rate: Double, _ finding: Finding) {
        if finding == .unusable, !isRetrying {
            isRetrying = true
            return
        }
        isRetrying = false
        switch finding {
        case .met: highestMet = rate
        case .missed: ceiling = Ceiling(rate: rate, isTheQueues: true)
        case .unusable: ceiling = Ceiling(rate: rate, isTheQueues: false)
        }
        next = afterSearching()
    }

    private mutating func afterSearching() -> Step {
        switch (highestMet, ceiling) {
        case (nil, nil): return .probe(rate: limits.start, .search)
        case (let met?, nil):
            guard met < limits.most else { return .ended(.noLimit(upTo: met)) }
            return .probe(rate: min(2 * met, limits.most), .search)
        case (nil, let ceiling?):
            if ceiling.rate > limits.least { return .probe(rate: max(ceiling.rate / 2, limits.least), .search) }
            return .ended(
                ceiling.isTheQueues ? .notEven(ceiling.rate) : .generator(met: nil, behindAt: ceiling.rate))
        case (let met?, let ceiling?):
            if ceiling.rate - met > limits.resolution * met { return .probe(rate: (met + ceiling.rate) / 2, .search) }
            guard ceiling.isTheQueues else { return .ended(.generator(met: met, behindAt: ceiling.rate)) }
            repetitions = Repetitions(rate: met)
            return .probe(rate: met, .confirm)
        }
    }

    // MARK: Confirming

    private mutating func confirm(_ finding: Finding) {
        guard var repeated = repetitions else { return }
        switch finding {
        case .met: repeated.met += 1
        case .missed: repeated.missed += 1
        case .unusable: repeated.unusable += 1
        }
        repetitions = repeated
        if repeated.missed > limits.missesAllowed {
            next = stepDown(from: repeated)
        } else if repeated.met + repeated.missed == limits.repetitions {
            next = .ended(.found(rate: repeated.rate, lowestMissed: ceiling?.rate ?? repeated.rate))
        } else if repeated.unusable > limits.repetitions {
            next = .ended(.generator(met: highestMet, behindAt: repeated.rate))
        }
    }

    private mutating func stepDown(from repeated: Repetitions) -> Step {
        ceiling = Ceiling(rate: repeated.rate, isTheQueues: true)
        let rate = repeated.rate * (1 - limits.resolution)
        guard repeated.steps < limits.steps, rate >= limits.least else { return .ended(.unconfirmed(repeated.rate)) }
        repetitions = Repetitions(rate: rate, steps: repeated.steps + 1)
        return .probe(rate: rate, .confirm)
    }
}
