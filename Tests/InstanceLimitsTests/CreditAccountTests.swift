import InstanceLimits
import Testing

/// The arithmetic of CPU credits, against the figures that are published of them.
@Suite struct CreditAccountTests {
    private static func small() throws -> CreditTerms {
        try #require(try InstanceCatalogue.builtIn["t2.small"].credits)
    }

    @Test(arguments: [
        // start, use, minutes
        (CreditAccount.Start.launch, 1.0, 37.5), (.full, 1.0, 360), (.full, 0.5, 16 * 60), (.full, 0.3, 48 * 60),
        (.credits(30), 1.0, 37.5), (.empty, 1.0, 0),
    ])
    func aBalanceLastsAsLongAsPublished(_ start: CreditAccount.Start, _ use: Double, _ minutes: Double) throws {
        #expect(abs(try #require(CreditAccount(Self.small(), start).minutes(atUse: use)) - minutes) < 1e-9)
    }

    @Test func atTheBaselineABalanceLastsForEver() throws {
        #expect(CreditAccount(try Self.small(), .full).minutes(atUse: 0.2) == nil)
        #expect(CreditAccount(try Self.small(), .full).minutes(atUse: 0.1) == nil)
    }

    /// A new machine that idles for a day has both. While it spends the launch credits, what comes in finds no room: 30 minutes,
    /// and 360. (All 318 credits with all that comes in would last 397.5.)
    @Test func launchCreditsStandBesideTheMaximum() throws {
        var account = CreditAccount(try Self.small(), .launch)
        account.advance(by: 24 * 3600, used: 0)
        #expect(abs(account.balance - 318) < 1e-9)
        #expect(account.launch == 30)
        #expect(abs(try #require(account.minutes(atUse: 1)) - 390) < 1e-9)
        account.advance(by: 24 * 3600, used: 0)
        #expect(abs(account.balance - 318) < 1e-9)
    }

    @Test func anEmptyAccountIsFullAfterADay() throws {
        var account = CreditAccount(try Self.small(), .empty)
        account.advance(by: 24 * 3600 - 60, used: 0)
        #expect(abs(account.balance - 287.8) < 1e-9)
        account.advance(by: 60, used: 0)
        #expect(abs(account.balance - 288) < 1e-9)
    }

    @Test(arguments: [
        "t2.nano": 75.8, "t2.micro": 160, "t2.small": 360, "t2.medium": 360, "t3.micro": 160, "t3.small": 360,
        "t4g.small": 360,
    ])
    func everyTypeLastsAsLongAsPublished(_ name: String, _ minutes: Double) throws {
        let type = try InstanceCatalogue.builtIn[name]
        let account = CreditAccount(try #require(type.credits), .full)
        #expect(abs(try #require(account.minutes(atUse: Double(type.processors))) - minutes) < 0.05)
    }

    @Test func incomeIsTheBaseline() throws {
        for type in InstanceCatalogue.builtIn.types {
            guard let terms = type.credits else { continue }
            #expect(abs(terms.baselineProcessors * 60 - terms.perHour) < 1e-9, "\(type.name)")
            #expect(abs(terms.perHour * 24 - terms.maximum) < 1e-9, "\(type.name)")
        }
    }

    @Test(arguments: [1, 2, 7, 100, 2250])
    func stepsOfAnyLengthComeToTheSame(_ steps: Int) throws {
        for start in [CreditAccount.Start.launch, .credits(280), .empty] {
            var (whole, parts) = (CreditAccount(try Self.small(), start), CreditAccount(try Self.small(), start))
            let seconds = 2250.0
            whole.advance(by: seconds, used: seconds * 0.7)
            for _ in 0..<steps { parts.advance(by: seconds / Double(steps), used: seconds * 0.7 / Double(steps)) }
            #expect(abs(whole.balance - parts.balance) < 1e-9)
            #expect(abs(whole.launch - parts.launch) < 1e-9)
        }
    }

    @Test func launchCreditsGoFirst() throws {
        var account = CreditAccount(try Self.small(), .launch)
        account.advance(by: 600, used: 600)
        #expect(abs(account.launch - 20) < 1e-9)
        #expect(abs(account.earned - 2) < 1e-9)
    }

    // MARK: Slowing down

    @Test func aMachineSlowsDownInAStraightLine() throws {
        let terms = try Self.small()
        var account = CreditAccount(terms, .credits(terms.glideCredits))
        #expect(account.allowedProcessors == 1)
        var speeds: [Double] = []
        for _ in 0..<15 {
            for _ in 0..<600 { account.advance(by: 0.1, used: 0.1 * account.allowedProcessors) }
            speeds.append(account.allowedProcessors)
        }
        for (minute, speed) in speeds.enumerated() {
            #expect(abs(speed - (1 - 0.8 * Double(minute + 1) / 15)) < 0.01, "minute \(minute + 1)")
        }
        #expect(CreditAccount(terms, .empty).allowedProcessors == 0.2)
    }

    @Test func aMachineWhoseBaselineIsEverythingNeverSlowsDown() throws {
        var terms = try Self.small()
        terms.baselineProcessors = 1
        var account = CreditAccount(terms, .empty)
        account.advance(by: 1, used: 1)
        #expect(account.balance < 0)
        #expect(account.allowedProcessors == 1)
    }

    @Test func whatWasLetThroughIsPaidBack() throws {
        var account = CreditAccount(try Self.small(), .empty)
        account.advance(by: 1, used: 0.5)
        #expect(account.balance < 0)
        #expect(account.allowedProcessors == 0.2)
        account.advance(by: 60, used: 6)
        #expect(account.balance > 0)
    }

    // MARK: Without limits

    @Test func unlimitedGoesOnAndCosts() throws {
        var terms = try Self.small()
        terms.mode = .unlimited
        var account = CreditAccount(terms, .launch)
        #expect(account.launch == 0)
        // 48 surplus credits an hour; the first 288 are not charged while the machine runs.
        account.advance(by: 6 * 3600, used: 6 * 3600)
        #expect(account.allowedProcessors == 1)
        #expect(abs(account.balance + 288) < 1e-9)
        #expect(account.surplusUSD(isStopped: false) == 0)
        #expect(abs(account.surplusUSD(isStopped: true) - 288 / 60 * 0.05) < 1e-9)
        account.advance(by: 3600, used: 3600)
        #expect(abs(account.surplusUSD(isStopped: false) - 0.04) < 1e-9)
        // What comes in pays back what is owed, and not what was charged.
        account.advance(by: 24 * 3600, used: 0)
        #expect(abs(account.balance) < 1e-9)
        #expect(abs(account.surplusUSD(isStopped: true) - 0.04) < 1e-9)
    }

    @Test(arguments: ["launch", "full", "empty", "30", "12.5"])
    func startsAreReadAndWritten(_ text: String) throws {
        #expect(try #require(CreditAccount.Start(text)).description == text)
    }

    @Test(arguments: ["", "Full", "-1", "nan", "inf", "30 credits"])
    func otherStartsAreRefused(_ text: String) { #expect(CreditAccount.Start(text) == nil) }
}
