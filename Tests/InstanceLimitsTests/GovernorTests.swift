import InstanceLimits
import Testing

@Suite struct GovernorTests {
    private static func terms() throws -> CreditTerms {
        try #require(try InstanceCatalogue.builtIn["t2.small"].credits)
    }

    /// Processes that use all that they get, and a tick's time more after each change.
    private static func use(_ governor: inout Governor, seconds: Double, wanted: Double) -> [Governor.Reading] {
        var readings: [Governor.Reading] = []
        var allowed = governor.account.allowedProcessors
        for _ in 0..<Int((seconds * 10).rounded()) {
            readings.append(governor.tick(after: 0.1, used: 0.1 * min(wanted, allowed)))
            allowed = readings[readings.count - 1].allowedProcessors
        }
        return readings
    }

    @Test func anEmptyMachineGetsItsBaseline() throws {
        var governor = Governor(CreditAccount(try Self.terms(), .empty), grip: .holds)
        let readings = Self.use(&governor, seconds: 600, wanted: 1)
        #expect(abs(readings.reduce(0) { $0 + $1.used } - 120) < 0.1)
        #expect(readings.allSatisfy { abs($0.balance) < 1e-6 })
    }

    /// 6 of 30 credits go in the glide: 30 minutes at full speed, and 15 of slowing down.
    @Test(arguments: [1.0, 60, 600])
    func aTimeScaleMakesHoursMinutes(_ scale: Double) throws {
        var governor = Governor(CreditAccount(try Self.terms(), .launch), timeScale: scale, grip: .holds)
        let readings = Self.use(&governor, seconds: 3000 / scale, wanted: 1)
        let slowed = try #require(readings.first { $0.allowedProcessors < 1 })
        #expect(abs(slowed.seconds * scale - 1800) <= 0.2 * scale)
        let flat = try #require(readings.first { $0.allowedProcessors < 0.21 })
        #expect(abs(flat.seconds * scale - 2700) < 20 + scale)
        #expect(readings.allSatisfy { $0.balance > -0.1 * scale / 60 })
    }

    /// What was idle is there later.
    @Test func idleTimeIsSaved() throws {
        var governor = Governor(CreditAccount(try Self.terms(), .empty), grip: .holds)
        _ = Self.use(&governor, seconds: 600, wanted: 0)
        #expect(abs(governor.account.balance - 2) < 1e-9)
        let readings = Self.use(&governor, seconds: 60, wanted: 1)
        #expect(readings.reduce(0) { $0 + $1.used } > 20)
    }

    @Test func whereNothingIsHeldBackTheExcessIsCounted() throws {
        var governor = Governor(CreditAccount(try Self.terms(), .credits(6)), grip: .counts)
        var readings: [Governor.Reading] = []
        for _ in 0..<36_000 { readings.append(governor.tick(after: 0.1, used: 0.1)) }
        let throttled = try #require(readings.first { $0.excess > 0 })
        #expect(throttled.seconds < 0.3)
        // After the glide four fifths of each second would not have been had.
        let last = readings.suffix(600).reduce(0) { $0 + $1.excess }
        #expect(abs(last - 48) < 0.5)
        // What there is, is fixed for a tick: at the very end of the glide that spends a millionth of a credit too much.
        #expect(readings.allSatisfy { $0.balance >= -1e-6 })
    }

    @Test func unlimitedIsNeverHeldBack() throws {
        var terms = try Self.terms()
        terms.mode = .unlimited
        var governor = Governor(CreditAccount(terms, .empty), timeScale: 3600, grip: .holds)
        let readings = Self.use(&governor, seconds: 8, wanted: 1)
        #expect(readings.allSatisfy { $0.allowedProcessors == 1 })
        #expect(try #require(readings.last).surplusUSD > 0.07)
    }
}
