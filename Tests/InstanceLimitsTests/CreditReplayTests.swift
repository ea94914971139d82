import InstanceLimits
import Testing

@Suite struct CreditReplayTests {
    private static func terms() throws -> CreditTerms {
        try #require(try InstanceCatalogue.builtIn["t2.small"].credits)
    }

    /// What a governor says of a machine that uses all it gets.
    private static func record(timeScale: Double, factor: Double = 1) throws -> [CreditReplay.Entry] {
        var governor = Governor(CreditAccount(try terms(), .credits(8)), timeScale: timeScale, grip: .holds)
        var entries = [CreditReplay.Entry(at: 0, used: 0, balance: 8)]
        for tick in 1...300 {
            let used = 0.1 * governor.account.allowedProcessors
            let reading = governor.tick(after: 0.1, used: used)
            entries.append(.init(at: Double(tick) / 10, used: used, balance: 8 + factor * (reading.balance - 8)))
        }
        return entries
    }

    @Test(arguments: [1.0, 60, 600])
    func aGovernorThatKeepsTheAccountIsTheModel(_ timeScale: Double) throws {
        let replay = CreditReplay(
            try Self.record(timeScale: timeScale), from: CreditAccount(try Self.terms(), .credits(8)),
            timeScale: timeScale)
        #expect(replay.greatestDifference < 1e-9)
        #expect(replay.balances.count == 301)
        #expect(replay.spent > 0)
    }

    /// One that charges a twentieth too much is found out.
    @Test func aGovernorThatCountsWrongIsFoundOut() throws {
        let replay = CreditReplay(
            try Self.record(timeScale: 60, factor: 1.05), from: CreditAccount(try Self.terms(), .credits(8)),
            timeScale: 60)
        #expect(replay.greatestDifference > 0.02 * replay.spent)
    }

    @Test func aMissingStretchIsFoundOut() throws {
        var entries = try Self.record(timeScale: 60)
        entries.removeSubrange(10..<100)
        let replay = CreditReplay(entries, from: CreditAccount(try Self.terms(), .credits(8)), timeScale: 60)
        #expect(replay.greatestDifference > 0.02 * replay.spent)
    }

    @Test func anEmptyRecordHasNoDifference() throws {
        let replay = CreditReplay([], from: CreditAccount(try Self.terms(), .full), timeScale: 1)
        #expect(replay.greatestDifference == 0 && replay.spent == 0 && replay.balances.isEmpty)
    }
}
