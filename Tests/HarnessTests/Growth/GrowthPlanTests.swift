import Harness
import Redis
import Testing

@Suite struct GrowthPlanTests {
    private func settings(_ laws: [GrowthLaw], sizes: [Int]? = nil) -> GrowthSettings {
        var settings = GrowthSettings()
        (settings.laws, settings.sizes) = (laws, sizes)
        return settings
    }

    @Test func theUsualSizesGoAsFarAsTheyShould() {
        #expect(GrowthLaw.backlog.usualSizes.first == 1_000 && GrowthLaw.backlog.usualSizes.last == 10_000_000)
        #expect(GrowthLaw.inFlight.usualSizes.first == 10 && GrowthLaw.inFlight.usualSizes.last == 1_000_000)
        #expect(GrowthLaw.workers.usualSizes.first == 1 && GrowthLaw.workers.usualSizes.last == 64)
        #expect(GrowthLaw.payload.usualSizes.first == 16 && GrowthLaw.payload.usualSizes.last == 65_536)
    }

    @Test(arguments: GrowthLaw.allCases.filter { $0 != .measuring }) func aLawVariesOneThing(law: GrowthLaw) {
        let plan = GrowthPlan.points(of: law, settings([law], sizes: [2, 3]))
        for point in plan {
            #expect(point.backlog == (law == .backlog ? point.size : 100_000))
            #expect(point.inFlight == (law == .inFlight ? point.size : 0))
            #expect(point.workers == (law == .workers ? point.size : 1))
            #expect(point.payload == (law == .payload ? point.size : nil))
            #expect(point.claim == (law == .claim ? point.size : 256))
        }
        #expect(plan.map(\.size) == (law == .claim ? [2, 3, 2, 3, 2, 3] : [2, 3]))
        #expect(Set(plan.map(\.cell)).count == plan.count)
    }

    @Test func claimsAreStudiedAtEachDurability() {
        let plan = GrowthPlan.points(of: .claim, settings([.claim], sizes: [8]))
        #expect(plan.map(\.durability) == Durability.ofOneServer)
        #expect(plan.map(\.cell) == ["claim-8-none", "claim-8-everysec", "claim-8-always"])
    }

    /// The backlog is the same at every size, so that nothing else is varied.
    @Test func largePayloadsStayWithinAGibibyte() {
        let plan = GrowthPlan.points(of: .payload, settings([.payload]))
        #expect(Set(plan.map(\.backlog)) == [16_384])
        for point in plan { #expect(point.tasks * point.size <= 1 << 30 && point.backlog * point.size <= 1 << 30) }
        #expect(plan.first?.tasks == 200_000 && plan.last?.tasks == 16_384)
    }

    /// Up and down by turns.
    @Test func eachRepetitionGoesThroughAllSizes() {
        var settings = settings([.backlog], sizes: [10, 20])
        settings.repetitions = 3
        let trials = GrowthPlan.trials(settings)
        #expect(trials.map(\.repetition) == [1, 1, 2, 2, 3, 3])
        #expect(trials.map(\.point.size) == [10, 20, 20, 10, 10, 20])
    }

    @Test func largerSizesAreLeftOut() throws {
        var settings = settings(GrowthLaw.allCases)
        settings.largest = 1_000
        try settings.validate()
        #expect(GrowthPlan.trials(settings).allSatisfy { $0.point.size <= 1_000 })
        #expect(settings.sizes(of: .inFlight) == [10, 100, 1_000])
        settings.largest = 999
        #expect(throws: HarnessError.self) { try settings.validate() }
    }

    /// Measuring has no sizes.
    @Test func measuringIsNoPartOfThePlan() throws {
        let settings = settings([.measuring])
        try settings.validate()
        #expect(GrowthPlan.trials(settings).isEmpty)
    }
}
