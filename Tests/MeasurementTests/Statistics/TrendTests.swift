import Measurement
import Testing

@Suite("Trend")
struct TrendTests {
    private func samples(_ count: Int, _ value: (Double) -> Double) -> [TimedValue] {
        (0..<count).map { TimedValue(time: Double($0), value: value(Double($0))) }
    }

    @Test("a straight line has its slope and no error")
    func line() throws {
        let trend = try #require(Trend(samples(10) { 3 + 2.5 * $0 }))
        #expect(abs(trend.slope - 2.5) < 1e-12)
        #expect(trend.standardError < 1e-12)
        #expect(trend.count == 10)
    }

    @Test("a worked example: slope 0.6, standard error 0.2828, t with 3 degrees of freedom 3.182")
    func workedExample() throws {
        let values = zip([1.0, 2, 3, 4, 5], [2.0, 4, 5, 4, 5]).map { TimedValue(time: $0, value: $1) }
        let trend = try #require(Trend(values))
        #expect(abs(trend.slope - 0.6) < 1e-12)
        #expect(abs(trend.standardError - 0.282843) < 1e-6)
        #expect(abs(trend.interval.upperBound - (0.6 + 3.18245 * 0.282843)) < 0.005)
    }

    @Test("the interval holds the true slope about 95 times in 100")
    func coverage() throws {
        let seed: UInt64 = 20_240_601
        var random = SeededGenerator(seed: seed)
        var held = 0
        for _ in 0..<2_000 {
            let noise = (0..<20).map { _ in
                (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
            }
            let trend = try #require(Trend(samples(20) { 0.5 * $0 + noise[Int($0)] }))
            if trend.interval.contains(0.5) { held += 1 }
        }
        #expect((1_860...1_940).contains(held), "seed \(seed)")
    }

    @Test("too few values, or all at one time, have none")
    func degenerate() {
        #expect(Trend([]) == nil)
        #expect(Trend(samples(2) { $0 }) == nil)
        #expect(Trend([TimedValue](repeating: TimedValue(time: 1, value: 2), count: 5)) == nil)
    }

    @Test("a growing backlog is overloaded, a shrinking one draining, a swinging one steady")
    func verdicts() {
        func verdict(_ rate: Double, _ value: (Double) -> Double) -> LoadVerdict? {
            LoadVerdict.judge(backlog: samples(60, value), arrivalRate: rate)
        }
        let swing: (Double) -> Double = { Int($0) % 2 == 0 ? 100 : 140 }
        #expect(verdict(1_000, swing) == .steady)
        #expect(verdict(1_000) { swing($0) + 50 * $0 } == .overloaded)
        #expect(verdict(1_000) { 5_000 + swing($0) - 50 * $0 } == .draining)
        #expect(verdict(1_000) { 9 * $0 } == .steady, "within 1 % of the arrival rate")
        #expect(verdict(1_000) { 11 * $0 } == .overloaded)
        #expect(verdict(0) { 1_000 - $0 } == .draining, "nothing arrives")
        #expect(LoadVerdict.judge(backlog: samples(2) { $0 }, arrivalRate: 1) == nil)
    }
}
