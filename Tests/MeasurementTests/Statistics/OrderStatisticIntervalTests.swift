import Measurement
import Testing

@Suite("Order-statistic intervals")
struct OrderStatisticIntervalTests {
    /// As tables of the binomial distribution have them (J.-Y. Le Boudec, "Performance Evaluation of Computer and
    /// Communication Systems", 2010, appendix A).
    @Test(
        "ranks and coverage of the median's interval at 95 %",
        arguments: [
            (6, 1, 0.969), (7, 1, 0.984), (8, 1, 0.992), (9, 2, 0.961), (10, 2, 0.979), (11, 2, 0.988), (12, 3, 0.961),
            (15, 4, 0.965), (20, 6, 0.959), (25, 8, 0.957), (30, 10, 0.957), (40, 14, 0.962), (50, 18, 0.967),
            (70, 27, 0.959),
        ])
    func table(count: Int, rank: Int, coverage: Double) throws {
        let interval = try #require(OrderStatisticInterval((1...count).map(Double.init).reversed()))
        #expect(interval.low == Double(rank))
        #expect(interval.high == Double(count + 1 - rank))
        #expect(interval.median == Double(count + 1) / 2)
        #expect(abs(interval.coverage - coverage) < 0.00051)
    }

    @Test("coverage is exact: 62 of the 64 ways in which six values lie about the median")
    func exact() throws {
        let interval = try #require(OrderStatisticInterval([3, 1, 4, 1, 5, 9]))
        #expect(abs(interval.coverage - 62.0 / 64) < 1e-12)
        #expect((interval.low, interval.high) == (1, 9))
        #expect(interval.median == 3.5)
        #expect(interval.relativeHalfWidth == 8.0 / 2 / 3.5)
    }

    @Test("five values are too few for 95 %, but not for 90 %")
    func few() {
        for count in 0...5 { #expect(OrderStatisticInterval((0..<count).map(Double.init)) == nil) }
        #expect(OrderStatisticInterval([1, 2, 3, 4, 5], confidence: 0.9)?.coverage == 0.9375)
        #expect(OrderStatisticInterval([1, 2, 3, 4, 5, 6], confidence: 0.97) == nil)
    }

    /// About n/2 ± 0.98 √n, where 2⁻ⁿ is no number any more.
    @Test("ten thousand values")
    func many() throws {
        let interval = try #require(OrderStatisticInterval((1...10_000).map(Double.init)))
        #expect((4_900...4_904).contains(interval.low))
        #expect((0.95...0.952).contains(interval.coverage))
    }

    @Test("a median that is not above zero has no relative width")
    func zero() {
        #expect(OrderStatisticInterval([0, 0, 0, 0, 0, 0])?.relativeHalfWidth == nil)
        #expect(OrderStatisticInterval([2, 2, 2, 2, 2, 2])?.relativeHalfWidth == 0)
    }

    @Test("it holds the true median as often as it says")
    func coverage() throws {
        let seed: UInt64 = 7
        var random = SeededGenerator(seed: seed)
        var held = 0
        for _ in 0..<4_000 {
            // Skewed: the median of the cube of a uniform number is an eighth.
            let values = (0..<10).map { _ in
                let value = Double.random(in: 0..<1, using: &random)
                return value * value * value
            }
            let interval = try #require(OrderStatisticInterval(values))
            if interval.low <= 0.125, 0.125 <= interval.high { held += 1 }
        }
        // 0.9785 of 4,000 is 3,914; five standard deviations are 46.
        #expect((3_868...3_960).contains(held), "seed \(seed)")
    }
}
