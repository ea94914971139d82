import Measurement
import Testing

@Suite("Power law")
struct PowerLawTests {
    @Test(arguments: [(-1.0, 8.0), (0, 3), (0.5, 2), (2, 1)])
    func findsTheExponentOfAPower(exponent: Double, factor: Double) throws {
        let sizes = [1.0, 4, 16, 64, 256]
        // Each size is four times the last, so each cost is 4^exponent times the last.
        let step = exponent == 0.5 ? 2.0 : exponent == -1 ? 0.25 : exponent == 0 ? 1 : 16
        let costs = sizes.indices.map { (0..<$0).reduce(factor) { cost, _ in cost * step } }
        let law = try #require(PowerLaw(sizes: sizes, costs: costs))
        #expect(abs(law.exponent - exponent) < 1e-12)
        #expect(try #require(law.standardError) < 1e-9 && law.deviation < 1e-9 && law.count == 5)
    }

    @Test("what lies off the law widens its error") func scatter() throws {
        let law = try #require(PowerLaw(sizes: [1, 10, 100, 1_000], costs: [1, 1.1, 0.9, 1]))
        let error = try #require(law.standardError)
        #expect(abs(law.exponent) < error && error > 0.01 && error < 0.1)
        #expect(law.deviation > 0.05 && law.deviation < 0.1)
    }

    @Test("two sizes have an exponent and no error of it; fewer have none") func fewPoints() throws {
        let law = try #require(PowerLaw(sizes: [10, 1_000], costs: [3, 300]))
        #expect(abs(law.exponent - 1) < 1e-12 && law.standardError == nil)
        #expect(PowerLaw(sizes: [10], costs: [3]) == nil)
        #expect(PowerLaw(sizes: [10, 10, 10], costs: [3, 4, 5]) == nil)
        #expect(PowerLaw(sizes: [], costs: []) == nil)
    }

    @Test("what has no logarithm has no law", arguments: [0, -1, Double.nan, .infinity])
    func badCosts(cost: Double) {
        #expect(PowerLaw(sizes: [1, 2, 3], costs: [1, cost, 3]) == nil)
        #expect(PowerLaw(sizes: [1, cost, 3], costs: [1, 2, 3]) == nil)
    }

    @Test("the middle value, or the mean of the two in the middle") func median() {
        #expect([Double]().median == nil)
        #expect([7.0].median == 7)
        #expect([9.0, 1].median == 5)
        #expect([9.0, 1, 2].median == 2)
        #expect([9.0, 1, 2, 4].median == 3)
    }
}
