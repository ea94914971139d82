import Glibc
import Measurement
import Testing

/// What a generator says of its own arrivals.
@Suite("Arrivals")
struct ArrivalTests {
    /// The quantiles of the exponential distribution at equal distances: what looks most like it.
    private static let ideal = (1...100).map { -log(1 - (Double($0) - 0.5) / 100) }

    @Test("the statistic is that of a separate implementation")
    func knownStatistic() throws {
        // By the definition, in Python: -n - sum((2i-1)(ln F(x_i) + ln(1 - F(x_{n+1-i}))))/n, times 1 + 0.6/n.
        let values = (1...25).map { Double(($0 * 7919) % 101) }
        let test = try #require(ExponentialityTest(values))
        #expect(abs(test.statistic - Self.statistic) < 1e-9)
    }

    private static let statistic = 1.4197193404133868

    @Test("an exponential sample passes, a metronome and batches do not")
    func shapes() throws {
        #expect(try #require(ExponentialityTest(Self.ideal)).isPassed)
        #expect(try !#require(ExponentialityTest([Double](repeating: 5, count: 100))).isPassed)
        let batches = (0..<100).map { $0 % 4 == 0 ? 4.0 : 0 }
        #expect(try !#require(ExponentialityTest(batches)).isPassed)
        #expect(ExponentialityTest([1, 2, 3]) == nil)
        #expect(ExponentialityTest([Double](repeating: 0, count: 100)) == nil)
    }

    /// One sample in twenty exceeds the critical value: of 2,000 with a known seed, 100 ± 3 × 9.7.
    @Test("one Poisson process in twenty fails")
    func size() {
        var state: UInt64 = 1
        func unit() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
        }
        let failed = (0..<2000).count { _ in
            ExponentialityTest((0..<100).map { _ in -log(unit()) })?.isPassed == false
        }
        #expect((71...129).contains(failed), "\(failed) of 2000")
    }

    @Test("the variation of gaps tells a metronome from a Poisson process")
    func variation() throws {
        let metronome = ArrivalGaps(count: 5_000) { UInt64($0) * 1_000 }
        #expect(metronome.values.count == 1_000)
        #expect(metronome.variation == 0)
        var times: [UInt64] = [0]
        for gap in Self.ideal { times.append(times[times.count - 1] + UInt64(gap * 1e6)) }
        let gaps = ArrivalGaps(count: times.count) { times[$0] }
        #expect(gaps.values.count == 100)
        #expect(abs(try #require(gaps.variation) - 1) < 0.1)
        #expect(ArrivalGaps(count: 1) { _ in 5 }.variation == nil)
        #expect(ArrivalGaps(count: 9) { _ in 5 }.variation == nil)
    }

    @Test("a generator kept up, was held up, or fell behind")
    func verdicts() {
        func judge(
            sent: Double? = 1000, lag: Double = 100, latency: Double? = 5_000, busy: Double = 1,
            waiting: Double = 0.1, ownLag: Double = 50
        ) -> GeneratorVerdict {
            .judge(
                offered: 1000, sent: sent, lag: lag, ownLag: ownLag, latency: latency, busy: busy,
                waiting: waiting)
        }
        #expect(judge() == .keptUp)
        #expect(judge(sent: 990) == .keptUp)
        #expect(judge(sent: 989) == .fellBehind)
        #expect(judge(sent: 989, waiting: 1.5) == .heldUp)
        #expect(judge(lag: 2_500) == .keptUp)
        #expect(judge(lag: 2_501) == .fellBehind)
        #expect(judge(lag: 2_501, waiting: 2) == .heldUp)
        #expect(judge(lag: 2_501, waiting: 2, ownLag: 2_001) == .fellBehind)
        #expect(judge(lag: 1_999, latency: 2_000) == .keptUp)
        #expect(judge(lag: 2_001, latency: nil) == .fellBehind)
        #expect(judge(sent: nil) == .keptUp)
    }
}
