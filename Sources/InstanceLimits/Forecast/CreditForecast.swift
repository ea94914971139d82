/// What becomes of a machine's credits under a demand, and how much of it is sustained. All times are the machine's own, in
/// seconds.
package struct CreditForecast: Hashable, Sendable {
    /// Processors' worth of time while there are credits.
    package let processorsWithCredits: Double
    /// Processors' worth of time for ever after.
    package let processorsAfterwards: Double
    /// True when no more goes out than comes in: then it is sustained for ever.
    package let isForEver: Bool
    /// When the balance would be zero if nothing slowed the machine down: the arithmetic of the published figures. `nil`: never.
    package let lastsFor: Double?
    /// When there is less than is asked for, for the first time; `nil`: never.
    package let slowsAfter: Double?
    /// When the balance is zero, which puts the machine to its baseline or makes it pay for surplus credits; `nil`: never.
    package let endsAfter: Double?
    /// What surplus credits then cost an hour, in US dollars; 0 where nothing is charged. Those that need not be paid while the
    /// machine runs are counted too, since one day it stops.
    package let surplusUSDPerHour: Double

    /// The forecast for a machine whose account begins so.
    package init(_ account: CreditAccount, _ demand: ProcessorDemand) {
        let terms = account.terms
        let demand = demand.capped(to: Double(terms.processors))
        let (mean, income) = (demand.meanProcessors, terms.perHour / 60)
        // What differs by less than a billionth is the same: no account would notice in a lifetime.
        isForEver = mean <= income * (1 + 1e-9)
        processorsWithCredits = mean
        processorsAfterwards = terms.mode == .unlimited ? mean : min(mean, terms.baselineProcessors)
        surplusUSDPerHour =
            terms.mode == .unlimited ? max(0, mean - income) * terms.surplusUSDPerProcessorHour : 0
        lastsFor = isForEver ? nil : account.minutes(atUse: mean).map { $0 * 60 }
        let search = Self.search(account, demand, isForEver: isForEver)
        (slowsAfter, endsAfter) = (search.slows, isForEver ? nil : search.ends)
    }

    /// Of a type without credits: what is asked for, for ever.
    package init(fixed processors: Int, _ demand: ProcessorDemand) {
        let demand = demand.capped(to: Double(processors))
        (processorsWithCredits, processorsAfterwards) = (demand.meanProcessors, demand.meanProcessors)
        isForEver = true
        (lastsFor, slowsAfter, endsAfter, surplusUSDPerHour) = (nil, nil, nil, 0)
    }

    private static func search(
        _ account: CreditAccount, _ demand: ProcessorDemand, isForEver: Bool
    ) -> (slows: Double?, ends: Double?) {
        var course = ForecastCourse(account, demand)
        var slows: Double?
        var balanceAtStart = account.balance
        while true {
            if course.isAtStart, course.seconds > 0 {
                // A course that ends no poorer than it began is followed by others that go no worse.
                if isForEver, course.account.balance >= balanceAtStart - 1e-9 { return (slows, nil) }
                skip(&course, demand)
                balanceAtStart = course.account.balance
            }
            if course.isSlow { slows = slows ?? course.seconds }
            if isForEver, slows != nil { return (slows, nil) }
            if !isForEver, course.account.balance <= 0 { return (slows, course.seconds) }
            course.step()
        }
    }

    /// Skips what can be: as many courses as are surely at full speed.
    private static func skip(_ course: inout ForecastCourse, _ demand: ProcessorDemand) {
        let terms = course.account.terms
        let spent = demand.meanProcessors * demand.seconds / 60
        let net = spent - terms.perHour * demand.seconds / 3600
        let room = course.account.balance - terms.slowBalance - spent
        guard net > 0, room > 2 * net else { return }
        course.skip(Int(room / net))
    }
}
