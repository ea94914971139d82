import Glibc

/// The single-server queue with Poisson arrivals and fixed service times, M/D/1, in steady state.
///
/// Times are in units of the service time. Probabilities are sums of positive terms only, so that nothing cancels, whatever the
/// utilisation: the expression that A. K. Erlang gave in 1909 alternates and is of no use beyond a few dozen services.
package struct FixedServiceQueue: Sendable, Equatable {
    /// The share of time in which the server is busy.
    package let utilisation: Double

    /// A queue whose utilisation is from 0 up to, but not, 1.
    package init(utilisation: Double) {
        precondition((0..<1).contains(utilisation), "a steady state has a utilisation below 1")
        self.utilisation = utilisation
    }

    /// Mean time from coming to being served.
    package var meanWait: Double { utilisation / (2 * (1 - utilisation)) }

    /// The share of tasks that wait for no longer than `time`, which is at least 0. Cost in proportion to `time`.
    ///
    /// Whoever is served within k services less u finds, u before, at most so many waiting that with those who came since there
    /// are no more than k − 1. G. J. Franx, A Simple Solution for the M/D/c Waiting Time Distribution, Operations Research
    /// Letters 29 (2001).
    package func share(waitingUpTo time: Double) -> Double {
        precondition(time >= 0, "nobody waits for less than nothing")
        var lengths = QueueLengths(utilisation: utilisation)
        return share(waitingUpTo: time, shares: (0...Int(time)).map { _ in lengths.next() })
    }

    /// The time that a share of the tasks, from 0 up to but not 1, does not wait longer than.
    package func wait(share wanted: Double) -> Double {
        precondition((0..<1).contains(wanted), "a share below 1")
        guard wanted > 1 - utilisation else { return 0 }
        var lengths = QueueLengths(utilisation: utilisation)
        var shares = [lengths.next()]
        // Sums of a hundred thousand terms end a little below 1.
        while let last = shares.last, last < min(wanted, 1 - 1e-12) { shares.append(lengths.next()) }
        var (low, high) = (Double(shares.count - 1), Double(shares.count))
        while high - low > 1e-9 * high {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if share(waitingUpTo: middle, shares: shares) < wanted { low = middle } else { high = middle }
        }
        return high
    }

    /// The time from coming to the end of service that a share of the tasks does not exceed.
    package func sojourn(share: Double) -> Double { wait(share: share) + 1 }

    /// The utilisation at which that time reaches `limit`, to 9 digits; `nil` where it exceeds it however few tasks come.
    /// Cost in proportion to the limit.
    package static func utilisation(atSojourn limit: Double, share: Double) -> Double? {
        precondition((0..<1).contains(share), "a share below 1")
        guard limit > 1 else { return nil }
        var (low, high) = (0.0, 1.0)
        while high - low > 1e-10 {
            let middle = (low + high) / 2
            let isMet = FixedServiceQueue(utilisation: middle).share(waitingUpTo: limit - 1) >= share
            if isMet { low = middle } else { high = middle }
        }
        return low
    }

    /// - Parameter shares: the first of ``QueueLengths``, at least as many as `time` has whole services and one.
    private func share(waitingUpTo time: Double, shares: [Double]) -> Double {
        let services = Int(time) + 1
        let arrivals = utilisation * (Double(services) - time)
        var (sum, weight) = (0.0, exp(-arrivals))
        for count in 0..<services where weight > 0 {
            sum += weight * shares[services - 1 - count]
            weight *= arrivals / Double(count + 1)
        }
        return min(1, sum)
    }
}

/// For 0, 1, 2 and so on, the share of time in which no more tasks than that wait in M/D/1.
///
/// The chain of the numbers that a leaving task leaves behind, solved without a subtraction: V. Ramaswami, A Stable Recursion
/// for the Steady State Vector in Markov Chains of M/G/1 Type, Stochastic Models 4 (1988).
private struct QueueLengths {
    /// At index n, the probability of n arrivals or more during a service. Beyond it is less than the least Double.
    private let atLeast: [Double]
    private let none: Double
    /// The share of time in which so many are there, the one in service included.
    private var states: [Double]
    private var sum: Double

    init(utilisation: Double) {
        none = exp(-utilisation)
        var exactly = [none]
        for count in 1..<100 { exactly.append(exactly[count - 1] * utilisation / Double(count)) }
        var (tails, tail) = ([Double](), 0.0)
        for probability in exactly.reversed() {
            tail += probability
            tails.append(tail)
        }
        atLeast = tails.reversed()
        states = [1 - utilisation]
        sum = 1 - utilisation
    }

    mutating func next() -> Double {
        let count = states.count
        var flow = count < atLeast.count ? states[0] * atLeast[count] : 0
        for from in max(1, count + 2 - atLeast.count)..<max(1, count) {
            flow += states[from] * atLeast[count - from + 1]
        }
        states.append(flow / none)
        sum += flow / none
        return sum
    }
}
