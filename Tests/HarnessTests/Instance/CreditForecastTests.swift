import Harness
import InstanceLimits
import Testing
import Workload

/// What a run may need of its instance, and whether the instance fits here.
@Suite struct CreditForecastTests {
    private static let catalogue = InstanceCatalogue.builtIn

    private static func scenario(_ instance: String?, credits: String? = nil, duration: Duration? = nil) -> Scenario {
        var scenario = Scenario()
        (scenario.instance, scenario.credits, scenario.duration) = (instance, credits, duration)
        return scenario
    }

    /// A t2.small has one processor, 30 launch credits, and earns 12 an hour.
    @Test func aProcessorForAMinuteIsACredit() throws {
        let forecast = try #require(
            try CreditForecast(Self.scenario("t2.small", duration: .seconds(600)), Self.catalogue))
        #expect(forecast.needed == 10)
        #expect(forecast.start == 30)
        #expect(forecast.earned == 2)
    }

    @Test func timeIsScaledAndProcessorsAreCounted() throws {
        var scenario = Self.scenario("t2.medium", credits: "full", duration: .seconds(60))
        scenario.timeScale = 60
        let forecast = try #require(try CreditForecast(scenario, Self.catalogue))
        #expect(forecast.needed == 120)
        #expect(forecast.start == 576)
        #expect(forecast.earned == 24)
    }

    @Test func aBacklogWithoutADurationIsNotKnown() throws {
        let forecast = try #require(try CreditForecast(Self.scenario("t2.small", credits: "7"), Self.catalogue))
        #expect(forecast.needed == nil)
        #expect(forecast.start == 7)
        #expect(forecast.earned == nil)
    }

    @Test func withoutCreditsThereIsNothingToForecast() throws {
        #expect(try CreditForecast(Self.scenario(nil, duration: .seconds(1)), Self.catalogue) == nil)
        #expect(try CreditForecast(Self.scenario("a1.large", duration: .seconds(1)), Self.catalogue) == nil)
        #expect(throws: CatalogueError.self) { try CreditForecast(Self.scenario("t9.huge"), Self.catalogue) }
    }

    @Test func aTypeThatIsLargerThanTheMachineIsRefused() throws {
        let fit = InstanceFit(Self.catalogue, processors: 1, memoryBytes: 3 << 30)
        try fit.check(Self.scenario("t2.small"))
        try fit.check(Self.scenario(nil))
        let processors = #expect(throws: WorkloadError.self) { try fit.check(Self.scenario("t2.medium")) }
        #expect(processors?.description.contains("it has 2 processors, and here are 1") == true)
        let small = InstanceFit(Self.catalogue, processors: 8, memoryBytes: 1 << 30)
        let memory = #expect(throws: WorkloadError.self) { try small.check(Self.scenario("t2.small")) }
        #expect(memory?.description.contains("it has 2.0 GiB of memory, more than there is here") == true)
        #expect(throws: WorkloadError.self) { try fit.check(Self.scenario("t9.huge")) }
    }

    @Test func aGivenServerIsOnNoInstance() throws {
        #expect(throws: HarnessError.self) { try InstanceFit.check(Self.scenario("t2.small"), hasOwnServer: false) }
        try InstanceFit.check(Self.scenario("t2.small"), hasOwnServer: true)
        try InstanceFit.check(Self.scenario(nil), hasOwnServer: false)
        var scenario = Self.scenario("t2.small")
        scenario.instanceRoles = [.workers]
        try InstanceFit.check(scenario, hasOwnServer: false)
    }
}
