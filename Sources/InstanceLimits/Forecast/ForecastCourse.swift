/// A machine's credits under a demand, moment by moment: a pure model, without a clock.
///
/// It goes on in steps over which what is used is the same. Where the machine is at full speed, they reach to the next change of
/// the demand, or most of the way to where it slows down; while it slows down, a tenth of a second, or as long as it takes to
/// spend a two-thousandth of what is left.
package struct ForecastCourse: Sendable {
    /// The account as it is now.
    package private(set) var account: CreditAccount
    /// Seconds of the machine's time since the beginning.
    package private(set) var seconds = 0.0
    /// Processor time that was used, in seconds.
    package private(set) var used = 0.0
    /// Processor time of work that waits, since the machine was too slow for it.
    package private(set) var waiting = 0.0

    private let demand: ProcessorDemand
    private var piece = 0
    private var left: Double

    private static let finest = 0.1

    /// A course that begins with an account.
    package init(_ account: CreditAccount, _ demand: ProcessorDemand) {
        self.account = account
        self.demand = demand
        left = demand.pieces[0].seconds
    }

    /// True where there is less than is asked for now.
    package var isSlow: Bool { demand.pieces[piece].processors > account.allowedProcessors }

    /// True where the demand's course begins, and no work waits.
    package var isAtStart: Bool { piece == 0 && left == demand.pieces[0].seconds && waiting == 0 }

    /// Goes on to that moment.
    package mutating func advance(to moment: Double) {
        while seconds < moment { step(upTo: moment) }
    }

    /// Goes on by one step, but not beyond that moment.
    package mutating func step(upTo moment: Double = .infinity) {
        let there = account.allowedProcessors
        let asked = demand.pieces[piece].processors
        var use = min(asked, there)
        var length = min(left, moment - seconds, stable(at: use))
        if waiting > 0 {
            use = there
            length = min(length, Self.finest)
            // What waits may be done before the step is over.
            use = min(use, asked + waiting / length)
        }
        if demand.leftover == .waits { waiting = max(0, waiting + (asked - use) * length) }
        account.advance(by: length, used: use * length)
        used += use * length
        seconds += length
        left -= length
        guard left <= 0 else { return }
        piece = (piece + 1) % demand.pieces.count
        left = demand.pieces[piece].seconds
    }

    /// Lets so many whole courses of the demand go by at once, at full speed.
    ///
    /// - Precondition: the machine is at the start of one, and does not slow down in any of them.
    mutating func skip(_ courses: Int) {
        precondition(isAtStart, "only whole courses are skipped")
        let length = Double(courses) * demand.seconds
        account.advance(by: length, used: length * demand.meanProcessors)
        used += length * demand.meanProcessors
        seconds += length
    }

    /// For how long what is allowed hardly changes at that use.
    private func stable(at use: Double) -> Double {
        let (terms, balance) = (account.terms, account.balance)
        let mark = terms.slowBalance
        if balance > mark {
            // What comes in meanwhile is left out, so the mark is not overshot; the next step goes on from there.
            return use > 0 ? max(Self.finest, (balance - mark) / use * 60) : .infinity
        }
        guard terms.mode == .standard else { return .infinity }
        let net = abs(terms.perHour / 3600 - use / 60)
        return net > 0 ? max(Self.finest, max(0, balance) / 2000 / net) : .infinity
    }
}

extension CreditTerms {
    /// The balance at which something changes: below it the machine slows down, or owes surplus credits.
    var slowBalance: Double { mode == .standard ? glideCredits : 0 }

    /// The balance that counts as nothing left: a hundredth of what a glide spends, at which a tenth of its last part is still to
    /// come; in `unlimited` mode nothing.
    package var spentBalance: Double { slowBalance / 100 }
}
