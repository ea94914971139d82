import Measurement
import Testing

@Suite("Order-statistic interval")
struct OrderStatisticIntervalTests {
    @Test("below six values there is none of 95 %", arguments: 0...5)
    func tooFew(count: Int) {
        #expect(OrderStatisticInterval((0..<count).map { Double($0) }) == nil)
    }

    /// The ranks of the ends, as tables of the sign test have them.
    @Test(
        "its ends are the values of the tabled ranks",
        arguments: [(6, 1, 0.96875), (8, 1, 0.9921875), (9, 2, 0.9609375), (20, 6, 0.958610535), (50, 18, 0.967160862)])
    func ranks(count: Int, rank: Int, coverage: Double) throws {
        let values = (1...count).map { Double($0) }
        let interval = try #require(OrderStatisticInterval(values.shuffled()))
        #expect(interval.low == Double(rank) && interval.high == Double(count + 1 - rank))
        #expect(abs(interval.coverage - coverage) < 1e-6)
        #expect(interval.median == Double(count + 1) / 2)
    }

    @Test("it holds the median as often as it says")
    func coverage() throws {
        var random = SeededGenerator(seed: 3)
        let samples = 4_000
        let held = try (0..<samples).count { _ in
            let interval = try #require(OrderStatisticInterval((0..<11).map { _ in random.exponential() }))
            return interval.low <= 0.6931471806 && interval.high >= 0.6931471806
        }
        let coverage = try #require(OrderStatisticInterval((0..<11).map { Double($0) })).coverage
        #expect(abs(Double(held) / Double(samples) - coverage) < 0.01)
    }

    @Test("a lower confidence has a narrower one")
    func confidence() throws {
        let values = (1...20).map { Double($0) }
        let narrow = try #require(OrderStatisticInterval(values, confidence: 0.5))
        #expect(narrow.low > 6 && narrow.coverage >= 0.5 && narrow.coverage < 0.75)
        #expect(OrderStatisticInterval([1, 2], confidence: 0.5) != nil)
    }
}
