import Glibc
import Harness
import Reporting
import Testing
import TestSupport

/// The search with set-ups that are simulated: what a probe comes to is a function of its rate.
@Suite struct KneeSearchTests {
    private static let limits = KneeSearch.Limits(start: 100, most: 100_000, resolution: 0.02, repetitions: 6)

    private struct Course {
        let outcome: KneeOutcome
        var rates: [Double] = []
        var stages: [KneeStage] = []
    }

    /// Searches to the end.
    private func search(
        _ limits: KneeSearch.Limits = Self.limits, _ finding: (Double, KneeStage) -> KneeSearch.Finding
    ) throws -> Course {
        var search = KneeSearch(limits)
        var (rates, stages) = ([Double](), [KneeStage]())
        while rates.count < 1_000 {
            switch search.next {
            case .ended(let outcome): return Course(outcome: outcome, rates: rates, stages: stages)
            case .probe(let rate, let stage):
                rates.append(rate)
                stages.append(stage)
                search.note(finding(rate, stage))
            }
        }
        throw KneeSearchTestsFailure.endless
    }

    private enum KneeSearchTestsFailure: Error { case endless }

    @Test(arguments: [30.0, 100, 101, 777, 12_345, 99_999]) func aKneeIsFoundWithinTheResolution(knee: Double) throws {
        let course = try search { rate, _ in rate <= knee ? .met : .missed }
        guard case .found(let rate, let missed) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(rate <= knee && missed > knee)
        #expect(missed - rate <= 0.02 * rate)
        #expect(course.stages.suffix(6).allSatisfy { $0 == .confirm } && course.stages.count { $0 == .confirm } == 6)
        #expect(course.rates.suffix(6).allSatisfy { $0 == rate })
        #expect(course.rates.count < 40)
    }

    @Test func itDoublesThenBisects() throws {
        let course = try search { rate, _ in rate <= 1_000 ? .met : .missed }
        #expect(course.rates.prefix(8) == [100, 200, 400, 800, 1_600, 1_200, 1_000, 1_100])
    }

    @Test func itHalvesWhenTheFirstOneMisses() throws {
        let course = try search { rate, _ in rate <= 20 ? .met : .missed }
        #expect(course.rates.prefix(5) == [100, 50, 25, 12.5, 18.75])
    }

    @Test func whatAlwaysMissesEndsAtTheLeastRate() throws {
        let course = try search { _, _ in .missed }
        #expect(course.outcome == .notEven(100.0 / 1_024))
        #expect(course.rates.count == 11)
    }

    @Test func whatNeverMissesEndsAtTheMost() throws {
        var limits = Self.limits
        limits.most = 1_000
        let course = try search(limits) { _, _ in .met }
        #expect(course.outcome == .noLimit(upTo: 1_000))
        #expect(course.rates == [100, 200, 400, 800, 1_000])
    }

    @Test func aGeneratorThatFallsBehindIsNoKnee() throws {
        let course = try search { rate, _ in rate <= 500 ? .met : .unusable }
        guard case .generator(let met?, let behind) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(met <= 500 && behind > 500 && behind - met <= 0.02 * met)
        #expect(!course.stages.contains(.confirm))
    }

    @Test func aKneeBelowTheGeneratorsLimitIsFoundAllTheSame() throws {
        let course = try search { rate, _ in rate > 900 ? .unusable : rate > 700 ? .missed : .met }
        guard case .found(let rate, let missed) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(rate <= 700 && missed > 700 && missed < 720)
    }

    @Test func aGeneratorThatIsAlwaysBehindSaysSo() throws {
        let course = try search { _, _ in .unusable }
        #expect(course.outcome == .generator(met: nil, behindAt: 100.0 / 1_024))
    }

    /// A machine may have a bad moment.
    @Test func oneUnusableProbeIsMadeAgain() throws {
        var probes = 0
        let course = try search { rate, _ in
            probes += 1
            return probes.isMultiple(of: 2) ? (rate <= 333 ? .met : .missed) : .unusable
        }
        guard case .found(let rate, let missed) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(rate <= 333 && missed > 333)
    }

    @Test func aGeneratorThatFailsWhileConfirmingEndsTheSearch() throws {
        let course = try search { rate, stage in stage == .confirm ? .unusable : rate <= 333 ? .met : .missed }
        guard case .generator(let met?, let behind) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(behind <= 333)
        #expect(met <= 333)
        #expect(course.stages.count { $0 == .confirm } == 7)
    }

    /// One miss of six is allowed, two are not.
    @Test(arguments: [(1, true), (2, false)]) func oneInSixMayMiss(misses: Int, isConfirmed: Bool) throws {
        var repetitions = 0
        var first: Double?
        let course = try search { rate, stage in
            guard stage == .confirm else { return rate <= 333 ? .met : .missed }
            first = first ?? rate
            repetitions += 1
            return repetitions <= misses ? .missed : .met
        }
        guard case .found(let rate, let missed) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        let begun = try #require(first)
        #expect(rate == (isConfirmed ? begun : begun * 0.98))
        #expect(isConfirmed ? missed > begun : missed == begun)
    }

    @Test func itStepsDownABoundedNumberOfTimes() throws {
        let course = try search { rate, stage in stage == .search && rate <= 333 ? .met : .missed }
        guard case .unconfirmed(let last) = course.outcome else {
            Issue.record("\(course.outcome)")
            return
        }
        #expect(last < 333 * 0.83 && last > 333 * 0.79)
        #expect(course.stages.count { $0 == .confirm } == 22)
    }

    /// Each probe's figure is that of a queue whose percentile grows as 1 ÷ (1 − rate ÷ 1,000), off by chance.
    @Test(arguments: [0.0, 0.1]) func aNoisySetUpsKneeIsFoundInMostSeeds(noise: Double) throws {
        let (searches, limit) = (200, 10.0)
        let knee = 1_000 * (1 - 1 / limit)
        var random = SeededRandom(seed: 77)
        var near = 0
        for _ in 0..<searches {
            let course = try search { rate, _ in
                let figure = rate < 1_000 ? 1 / (1 - rate / 1_000) : .infinity
                // The sum of twelve is normal enough.
                let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
                return figure * exp(noise * normal) < limit ? .met : .missed
            }
            if case .found(let rate, _) = course.outcome, abs(rate / knee - 1) <= 0.04 { near += 1 }
        }
        #expect(near >= searches * 9 / 10, "\(near) of \(searches)")
    }

    @Test func whatHasEndedStaysEnded() {
        var search = KneeSearch(KneeSearch.Limits(start: 1, most: 1, resolution: 0.02, repetitions: 1))
        search.note(.met)
        #expect(search.next == .ended(.noLimit(upTo: 1)))
        search.note(.missed)
        #expect(search.next == .ended(.noLimit(upTo: 1)))
    }
}
