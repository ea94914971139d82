import Foundation
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

    /// A queue with one server, random arrivals and random service, looked at four times a second.
    private func backlogs(arrivals: Double, served: Double, seconds: Double, seed: UInt64) -> [TimedValue] {
        var random = SeededGenerator(seed: seed)
        func gap(_ rate: Double) -> Double { -log(1 - Double.random(in: 0..<1, using: &random)) / rate }
        var (now, free) = (0.0, 0.0)
        var looks = [Int](repeating: 0, count: Int(seconds * 4))
        while now < seconds {
            now += gap(arrivals)
            let begins = max(now, free)
            free = begins + gap(served)
            for look in looks.indices where (now...begins).contains(Double(look) / 4) { looks[look] += 1 }
        }
        return looks.enumerated().dropFirst(8).map { TimedValue(time: Double($0) / 4, value: Double($1)) }
    }

    @Test(
        "a queue that keeps up is hardly ever called overloaded or draining, and one that does not is found out",
        arguments: [
            (40.0, 50.0, 12.0, LoadVerdict.steady), (90, 100, 22, .steady), (4, 5, 62, .steady),
            (320, 400, 12, .steady),
            (600, 500, 7, .overloaded),
        ])
    func queues(arrivals: Double, served: Double, seconds: Double, expected: LoadVerdict) {
        let verdicts = (0..<100).map { seed in
            LoadVerdict.judge(
                backlog: backlogs(arrivals: arrivals, served: served, seconds: seconds, seed: seed),
                arrivalRate: arrivals)
        }
        #expect(verdicts.count { $0 == expected } >= 90)
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
