/// The account of a machine, kept anew from a record of what it used: what a governor said is held against it.
package struct CreditReplay: Hashable, Sendable {
    /// A line of the record.
    package struct Entry: Hashable, Sendable {
        /// When, in seconds that went by.
        package let at: Double
        /// Processor time since the entry before, without what the machine would not have had, in seconds.
        package let used: Double
        /// The balance that the record has.
        package let balance: Double

        /// An entry of the given values.
        package init(at: Double, used: Double, balance: Double) {
            (self.at, self.used, self.balance) = (at, used, balance)
        }
    }

    /// The balance at each entry, by the model.
    package let balances: [Double]
    /// Credits that were spent, by the record.
    package let spent: Double
    /// The greatest difference between the record's balance and the model's.
    package let greatestDifference: Double

    /// Replays a record.
    ///
    /// - Parameters:
    ///   - account: as it was at the first entry, whose use is not counted.
    ///   - timeScale: how many seconds of the account are one that goes by.
    package init(_ entries: [Entry], from account: CreditAccount, timeScale: Double) {
        var account = account
        var balances: [Double] = []
        var spent = 0.0
        for (index, entry) in entries.enumerated() {
            if index > 0 {
                account.advance(by: max(0, entry.at - entries[index - 1].at) * timeScale, used: entry.used * timeScale)
                spent += entry.used * timeScale / 60
            }
            balances.append(account.balance)
        }
        self.balances = balances
        self.spent = spent
        greatestDifference = zip(entries, balances).map { abs($0.balance - $1) }.max() ?? 0
    }
}
