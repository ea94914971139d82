/// Keeps a machine's credit account from the processor time that it is told, and says how much there is from then on.
///
/// It is pure: whoever has a clock, a group of processes, and a way to limit them asks it ten times a second. Hours can be made
/// minutes: at a time scale of 60, a second that goes by is a minute of the account, and a second of a processor that is used, a
/// minute's worth of credits.
package struct Governor: Sendable {
    /// What the account looked like at one moment.
    package struct Reading: Hashable, Sendable {
        /// Seconds since the first.
        package let seconds: Double
        /// Processor time that was used since the one before, in seconds.
        package let used: Double
        /// The balance, in credits.
        package let balance: Double
        /// How many processors' worth of time there is from then on.
        package let allowedProcessors: Double
        /// Processor time since the one before that a machine of that type would not have had, in seconds.
        package let excess: Double
        /// What the surplus costs so far, in US dollars.
        package let surplusUSD: Double
    }

    /// Whether what is used is held to what there is, or only counted.
    package enum Grip: Sendable {
        /// Somebody sets a quota by each reading: what is used all the same is owed.
        case holds
        /// Nobody does: what goes beyond what there is, is excess, and not spent.
        case counts
    }

    /// The account.
    package private(set) var account: CreditAccount
    /// How many seconds of the account are one that goes by.
    package let timeScale: Double
    private let grip: Grip
    private var elapsed = 0.0

    /// A governor of an account.
    package init(_ account: CreditAccount, timeScale: Double = 1, grip: Grip) {
        precondition(timeScale > 0, "time goes on")
        self.account = account
        self.timeScale = timeScale
        self.grip = grip
    }

    /// Time has gone by in which that much processor time was used, both in seconds.
    package mutating func tick(after seconds: Double, used: Double) -> Reading {
        elapsed += seconds
        let there = account.allowedProcessors * seconds
        let excess = grip == .counts ? max(0, used - there) : 0
        account.advance(by: seconds * timeScale, used: (used - excess) * timeScale)
        return Reading(
            seconds: elapsed, used: used, balance: account.balance, allowedProcessors: account.allowedProcessors,
            excess: excess, surplusUSD: account.surplusUSD(isStopped: false))
    }
}
