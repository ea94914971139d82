/// The CPU credits of one machine, as time goes by and processors are used: a pure model.
///
/// Launch credits are spent first. Credits come in all the time, up to a maximum. In `unlimited` mode more can be spent than
/// there are: what comes in pays that back, and what goes beyond the maximum is charged. In `standard` mode whoever keeps the
/// account sees to it that no more is used than ``allowedProcessors``; what a late throttle lets through all the same is owed,
/// and paid back first.
package struct CreditAccount: Hashable, Sendable {
    /// What the machine's type says.
    package let terms: CreditTerms
    /// Launch credits that are left.
    package private(set) var launch: Double
    /// Credits that came in and are left; below zero for what is owed.
    package private(set) var earned: Double
    /// Surplus credits that were charged.
    package private(set) var charged = 0.0

    /// Where an account begins.
    package enum Start: Hashable, Sendable {
        /// A new machine.
        case launch
        /// One that has been idle for a day, and has spent its launch credits long ago.
        case full
        /// One that has spent everything.
        case empty
        /// One with that many credits, launch credits apart.
        case credits(Double)
    }

    /// The account of a machine that begins so.
    package init(_ terms: CreditTerms, _ start: Start) {
        self.terms = terms
        (launch, earned) =
            switch start {
            // In unlimited mode no launch credits are given.
            case .launch: (terms.mode == .standard ? terms.launch : 0, 0)
            case .full: (0, terms.maximum)
            case .empty: (0, 0)
            case .credits(let credits): (0, min(terms.maximum, credits))
            }
    }

    /// What can be spent; below zero for what is owed.
    package var balance: Double { launch + earned }

    /// How many processors' worth of time the machine has now.
    package var allowedProcessors: Double { terms.allowedProcessors(atBalance: balance) }

    /// Lets `seconds` go by in which processors were used, evenly, for that much time.
    ///
    /// Exact for any length of time: only where launch credits end within it are there two pieces, in each of which the
    /// balance goes one way.
    package mutating func advance(by seconds: Double, used processorSeconds: Double) {
        precondition(seconds >= 0 && processorSeconds >= 0, "time does not go back")
        let spent = processorSeconds / 60
        let fromLaunch = min(launch, spent)
        let firstPart = spent > 0 ? fromLaunch / spent : 0
        let income = terms.perHour * seconds / 3600
        launch -= fromLaunch
        settle(income * firstPart)
        settle(income * (1 - firstPart) - (spent - fromLaunch))
    }

    private mutating func settle(_ net: Double) {
        earned = min(terms.maximum, earned + net)
        guard terms.mode == .unlimited, earned < -terms.maximum else { return }
        charged += -terms.maximum - earned
        earned = -terms.maximum
    }

    /// What the surplus costs so far, in US dollars; the rest of what is owed is charged when the machine stops.
    package func surplusUSD(isStopped: Bool) -> Double {
        let owed = isStopped && terms.mode == .unlimited ? max(0, -balance) : 0
        return (charged + owed) / 60 * terms.surplusUSDPerProcessorHour
    }

    /// Minutes until the balance is zero at that use of processors; `nil` when it never is, since no more goes out than comes
    /// in. Nothing slows the machine down meanwhile: it is the arithmetic of the published figures.
    package func minutes(atUse processors: Double) -> Double? {
        let net = processors - terms.perHour / 60
        guard balance > 0 else { return 0 }
        guard net > 0 else { return nil }
        // What comes in while launch credits are spent is kept, unless there is no room for it.
        let launchMinutes = launch / processors
        let kept = min(terms.maximum, earned + terms.perHour / 60 * launchMinutes)
        return launchMinutes + kept / net
    }
}
