import Harness
import InstanceLimits
import Testing
import Workload

/// What a run may need of its instance, and whether the instance fits here.
@Suite struct CreditNeedTests {
    private static let catalogue = InstanceCatalogue.builtIn

    private static func scenario(_ instance: String?, credits: String? = nil, duration: Duration? = nil) -> Scenario {
        var scenario = Scenario()
        (scenario.instance, scenario.credits, scenario.duration) = (instance, credits, duration)
        return scenario
    }

    /// A t2.small has one processor, 30 launch credits, and earns 12 an hour.
    @Test func aProcessorForAMinuteIsACredit() throws {
        let need = try #require(
            try CreditNeed(Self.scenario("t2.small", duration: .seconds(600)), Self.catalogue))
        #expect(need.needed == 10)
        #expect(need.start == 30)
        #expect(need.earned == 2)
    }

    @Test func timeIsScaledAndProcessorsAreCounted() throws {
        var scenario = Self.scenario("t2.medium", credits: "full", duration: .seconds(60))
        scenario.timeScale = 60
        let need = try #require(try CreditNeed(scenario, Self.catalogue))
        #expect(need.needed == 120)
        #expect(need.start == 576)
        #expect(need.earned == 24)
    }

    @Test func aBacklogWithoutADurationIsNotKnown() throws {
        let need = try #require(try CreditNeed(Self.scenario("t2.small", credits: "7"), Self.catalogue))
        #expect(need.needed == nil)
        #expect(need.start == 7)
        #expect(need.earned == nil)
    }

    @Test func withoutCreditsThereIsNothingToForecast() throws {
        #expect(try CreditNeed(Self.scenario(nil, duration: .seconds(1)), Self.catalogue) == nil)
        #expect(try CreditNeed(Self.scenario("a1.large", duration: .seconds(1)), Self.catalogue) == nil)
        #expect(throws: CatalogueError.self) { try CreditNeed(Self.scenario("t9.huge"), Self.catalogue) }
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
