/// A rate of arrivals that changes as time goes by: stretches of time, in each of which it goes from one rate to another in a
/// straight line.
struct RateProfile: Hashable, Sendable {
    /// One of them. Rates are a second, and not negative.
    struct Stretch: Hashable, Sendable {
        let seconds: Double
        let from: Double
        let to: Double

        /// How many arrivals it brings on average.
        var arrivals: Double { (from + to) / 2 * seconds }

        /// The time into it by which that many have come on average: at most ``arrivals``, and more than none.
        func seconds(until arrivals: Double) -> Double {
            let slope = (to - from) / seconds
            // The root of slope/2 · t² + from · t = arrivals, written so that nothing cancels.
            return 2 * arrivals / (from + max(0, from * from + 2 * slope * arrivals).squareRoot())
        }
    }

    let stretches: [Stretch]
    /// What follows the last: the first one again, or its last rate for ever.
    let repeats: Bool

    /// The rate for ever after; `nil` for one that goes round.
    var lastRate: Double? { repeats ? nil : stretches[stretches.count - 1].to }

    private var secondsOfRound: Double { stretches.reduce(0) { $0 + $1.seconds } }
    private var arrivalsOfRound: Double { stretches.reduce(0) { $0 + $1.arrivals } }

    /// When that many have come on average, in seconds from the start; `nil` when so many never come.
    func seconds(until arrivals: Double) -> Double? {
        let rounds = repeats ? (arrivals / arrivalsOfRound).rounded(.down) : 0
        var (left, elapsed) = (arrivals - rounds * arrivalsOfRound, rounds * secondsOfRound)
        guard left > 0 else { return elapsed }
        for stretch in stretches {
            if left <= stretch.arrivals { return elapsed + stretch.seconds(until: left) }
            left -= stretch.arrivals
            elapsed += stretch.seconds
        }
        guard let lastRate, lastRate > 0 else { return lastRate == nil ? elapsed : nil }
        return elapsed + left / lastRate
    }

    /// The place of a schedule in its profile: what passes over stretch by stretch as arrivals come.
    struct Position: Hashable, Sendable {
        private var round = 0.0
        private var index = 0
        /// Arrivals on average from the stretch's beginning on.
        private var into = 0.0
        /// Seconds of the stretches of the round before this one.
        private var before = 0.0

        /// Goes on by that many arrivals on average; returns the seconds from the start, `nil` for good once none comes any
        /// more.
        mutating func advance(by arrivals: Double, in profile: RateProfile) -> Double? {
            into += arrivals
            while index < profile.stretches.count {
                if index == 0, profile.repeats {
                    // Whole rounds at once: a rate may be so low that there are more of them than can be counted.
                    let rounds = (into / profile.arrivalsOfRound).rounded(.down)
                    round += rounds
                    into = max(0, into - rounds * profile.arrivalsOfRound)
                }
                let stretch = profile.stretches[index]
                if into <= stretch.arrivals {
                    let here = into > 0 ? stretch.seconds(until: into) : 0
                    return round * profile.secondsOfRound + before + here
                }
                into -= stretch.arrivals
                before += stretch.seconds
                index += 1
                if index == profile.stretches.count, profile.repeats { (round, index, before) = (round + 1, 0, 0) }
            }
            guard let rate = profile.lastRate, rate > 0 else { return nil }
            return before + into / rate
        }
    }
}
