import InstanceLimits
import Testing

@Suite struct CreditForecastTests {
    private static func small(_ start: CreditAccount.Start) throws -> CreditAccount {
        CreditAccount(try #require(try InstanceCatalogue.builtIn["t2.small"].credits), start)
    }

    private static func backlog(_ processors: Double) -> ProcessorDemand {
        ProcessorDemand(steady: processors, leftover: .isNone)
    }

    /// 6 credits are for the glide, which takes a quarter of an hour.
    @Test(arguments: [(CreditAccount.Start.launch, 30.0), (.full, 352.5), (.credits(6), 0)])
    func aBacklogSpendsAllButTheGlideAtFullSpeed(_ start: CreditAccount.Start, _ minutes: Double) throws {
        let forecast = CreditForecast(try Self.small(start), Self.backlog(2))
        #expect(abs(try #require(forecast.slowsAfter) - minutes * 60) < 1)
        #expect(abs(try #require(forecast.endsAfter) - (minutes + 15) * 60) < 2)
        #expect(forecast.processorsWithCredits == 1)
        #expect(forecast.processorsAfterwards == 0.2)
        #expect(!forecast.isForEver)
        #expect(forecast.surplusUSDPerHour == 0)
    }

    /// At the published use nothing slows the machine until the glide; what half a processor spends of it comes last.
    @Test func halfAProcessorLastsSixteenHours() throws {
        let forecast = CreditForecast(try Self.small(.full), Self.backlog(0.5))
        #expect(abs(try #require(forecast.lastsFor) - 16 * 3600) < 1e-6)
        // Half is still there with (0.3 / 0.8)² of the glide's 6 credits; from there it takes 3/8 of the quarter of an hour.
        let slow = 6 * (0.3 / 0.8) * (0.3 / 0.8)
        #expect(abs(try #require(forecast.slowsAfter) - (288 - slow) / 0.3 * 60) < 2)
        #expect(abs(try #require(forecast.endsAfter) - (288 - slow) / 0.3 * 60 - 900 * 3 / 8) < 4)
    }

    @Test func withoutCreditsThereIsNothingToSpend() throws {
        let forecast = CreditForecast(try Self.small(.empty), Self.backlog(1))
        #expect(forecast.slowsAfter == 0)
        #expect(forecast.endsAfter == 0)
        #expect(forecast.lastsFor == 0)
    }

    @Test(arguments: [0.2, 0.1, 0])
    func whatComesInSustainsItForEver(_ processors: Double) throws {
        for start in [CreditAccount.Start.launch, .full, .empty, .credits(3)] {
            let forecast = CreditForecast(
                try Self.small(start), ProcessorDemand(steady: processors, leftover: .waits))
            #expect(forecast.isForEver)
            #expect(forecast.slowsAfter == nil)
            #expect(forecast.endsAfter == nil)
            #expect(forecast.processorsAfterwards == processors)
        }
    }

    /// A tenth of a minute at full speed in each minute is half of what comes in; but from nothing the first burst is slow.
    @Test func burstsAreSustainedByWhatIsSavedBetweenThem() throws {
        let bursts = ProcessorDemand(arriving: [.init(seconds: 6, processors: 1), .init(seconds: 54, processors: 0)])
        #expect(bursts.meanProcessors == 0.1)
        let full = CreditForecast(try Self.small(.full), bursts)
        #expect(full.isForEver && full.slowsAfter == nil)
        let empty = CreditForecast(try Self.small(.empty), bursts)
        #expect(empty.isForEver && empty.slowsAfter == 0 && empty.endsAfter == nil)
    }

    /// What has to wait is done later, so the credits end as soon as with an even load of the same mean, but for the glide.
    @Test func burstsEndTheCreditsLikeAnEvenLoad() throws {
        let bursts = ProcessorDemand(arriving: [.init(seconds: 30, processors: 1), .init(seconds: 30, processors: 0)])
        let even = ProcessorDemand(steady: 0.5, leftover: .waits)
        let (one, other) = (CreditForecast(try Self.small(.full), bursts), CreditForecast(try Self.small(.full), even))
        let (oneEnd, otherEnd) = (try #require(one.endsAfter), try #require(other.endsAfter))
        #expect(abs(oneEnd - otherEnd) < 0.01 * otherEnd)
        #expect(one.lastsFor == other.lastsFor)
        #expect(one.processorsAfterwards == 0.2)
    }

    @Test func unlimitedIsNeverSlowAndCosts() throws {
        let account = CreditAccount(
            try #require(try InstanceCatalogue.builtIn["t3.small"].credits), .full)
        let forecast = CreditForecast(account, Self.backlog(2))
        #expect(forecast.slowsAfter == nil)
        #expect(abs(try #require(forecast.endsAfter) - 6 * 3600) < 1)
        #expect(forecast.processorsAfterwards == 2)
        // 1.6 processors more than come in, at 5 cents an hour.
        #expect(abs(forecast.surplusUSDPerHour - 0.08) < 1e-12)
    }

    /// A t2.small in unlimited mode: 48 surplus credits an hour.
    @Test func unlimitedAtFullUseCostsFourCentsAnHour() throws {
        var terms = try #require(try InstanceCatalogue.builtIn["t2.small"].credits)
        terms.mode = .unlimited
        #expect(
            abs(CreditForecast(CreditAccount(terms, .empty), Self.backlog(1)).surplusUSDPerHour - 0.04) < 1e-12)
    }

    @Test func aTypeWithoutCreditsGoesOnForEver() {
        let forecast = CreditForecast(fixed: 2, Self.backlog(.infinity))
        #expect(forecast.isForEver && forecast.endsAfter == nil && forecast.lastsFor == nil)
        #expect(forecast.processorsAfterwards == 2)
    }

    /// However finely it is looked at, the course is the same.
    @Test(arguments: [0.1, 1, 7, 3600])
    func aCourseDoesNotDependOnWhereItIsLookedAt(_ seconds: Double) throws {
        let demand = Self.backlog(1)
        var (course, fine) = (ForecastCourse(try Self.small(.credits(12)), demand), [Double]())
        var reference = ForecastCourse(try Self.small(.credits(12)), demand)
        for moment in stride(from: seconds, through: 3600, by: seconds) {
            course.advance(to: moment)
            reference.advance(to: moment)
            #expect(course.seconds == moment)
            fine.append(course.account.balance)
        }
        #expect(abs(course.account.balance - reference.account.balance) < 1e-12)
        // Half of the credits in 7.5 minutes, the rest in 15; then there is the baseline.
        var whole = ForecastCourse(try Self.small(.credits(12)), demand)
        whole.advance(to: 3600)
        #expect(abs(whole.account.balance - (fine.last ?? .nan)) < 0.001)
        #expect(abs(whole.used - (450 + 900 * 0.6 + (3600 - 1350) * 0.2)) < 2)
    }

    @Test func workThatWaitsIsDoneLater() throws {
        // A minute of a whole processor from nothing, then none for nine.
        let demand = ProcessorDemand(arriving: [.init(seconds: 60, processors: 1), .init(seconds: 540, processors: 0)])
        var course = ForecastCourse(try Self.small(.empty), demand)
        course.advance(to: 60)
        #expect(abs(course.used - 12) < 0.1)
        #expect(abs(course.waiting - 48) < 0.1)
        course.advance(to: 600)
        #expect(abs(course.used - 60) < 1e-6)
        #expect(abs(course.waiting) < 1e-6)
        #expect(abs(course.account.balance - (600 * 0.2 - 60) / 60) < 1e-6)
    }
}
