import Glibc

/// The single-server queue with Poisson arrivals and exponential service times, M/M/1, in steady state.
///
/// Times are in units of the mean service time. Everything is a closed expression, see L. Kleinrock, Queueing Systems I (1975).
package struct ExponentialServiceQueue: Sendable, Equatable {
    /// The share of time in which the server is busy.
    package let utilisation: Double

    /// A queue whose utilisation is from 0 up to, but not, 1.
    package init(utilisation: Double) {
        precondition((0..<1).contains(utilisation), "a steady state has a utilisation below 1")
        self.utilisation = utilisation
    }

    /// Mean time from coming to being served.
    package var meanWait: Double { utilisation / (1 - utilisation) }

    /// The time that a share of the tasks, from 0 up to but not 1, does not wait longer than.
    package func wait(share: Double) -> Double {
        precondition((0..<1).contains(share), "a share below 1")
        return max(0, log(utilisation / (1 - share)) / (1 - utilisation))
    }

    /// The time from coming to the end of service that a share of the tasks does not exceed.
    package func sojourn(share: Double) -> Double {
        precondition((0..<1).contains(share), "a share below 1")
        return -log(1 - share) / (1 - utilisation)
    }

    /// The utilisation at which that time reaches `limit`; `nil` where it exceeds it however few tasks come.
    package static func utilisation(atSojourn limit: Double, share: Double) -> Double? {
        precondition((0..<1).contains(share), "a share below 1")
        let utilisation = 1 + log(1 - share) / limit
        return limit > 0 && utilisation > 0 ? utilisation : nil
    }
}
