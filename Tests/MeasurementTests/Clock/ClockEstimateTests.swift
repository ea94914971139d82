import Measurement
import Testing

@Suite("Clock estimate")
struct ClockEstimateTests {
    private static let start: UInt64 = 1_000_000_000_000
    private static let resolution: UInt64 = 1_000

    /// How far an estimate is from the truth at most, over the time that was measured.
    private static func deviation(_ estimate: ClockEstimate, _ clocks: SimulatedClocks, seconds: UInt64) -> Double {
        (0...seconds).map { second in
            let instant = start + second * 1_000_000_000
            return (Double(estimate.offset(at: instant)) - clocks.offset(at: instant)).magnitude
        }.max() ?? .infinity
    }

    @Test(
        "the truth is within the error, whatever the delays and however they differ",
        arguments: 1...200 as ClosedRange<UInt64>)
    func truth(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let drift = Double.random(in: -100e-6...100e-6, using: &random)
        let seconds = UInt64.random(in: 2...30, using: &random)
        let (there, back) = (
            UInt64.random(in: 6_000...2_000_000, using: &random), UInt64.random(in: 6_000...2_000_000, using: &random)
        )
        var clocks = SimulatedClocks(
            offset: .random(in: -1_000_000_000_000...1_000_000_000_000_000, using: &random), drift: drift, seed: seed)
        let readings = clocks.readings(from: Self.start, seconds: seconds, there: there, back: back)
        let estimate = try #require(ClockEstimate(readings, resolution: Self.resolution))
        let deviation = Self.deviation(estimate, clocks, seconds: seconds)
        #expect(deviation <= estimate.error, "seed \(seed)")
        #expect(estimate.samples == readings.count)
        #expect(estimate.bestRoundTrip == readings.map(\.roundTrip).min())
    }

    @Test("the readings with the shortest round trips decide: others come late and do no harm")
    func filter() throws {
        var clocks = SimulatedClocks(offset: 5_000_000, seed: 7)
        let quick = clocks.readings(from: Self.start, seconds: 10, there: 20_000, back: 20_000)
        let slow = (1..<200).map { clocks.reading(at: Self.start + $0 * 50_000_000, there: 90_000_000, back: 6_000) }
        let readings = (quick + slow).sorted { $0.before < $1.before }
        let estimate = try #require(ClockEstimate(readings, resolution: Self.resolution))
        #expect(estimate.error < 40_000)
        #expect(Self.deviation(estimate, clocks, seconds: 10) <= estimate.error)
    }

    @Test("an answer that always takes the longer way moves the offset by half of the difference, within the error")
    func asymmetry() throws {
        let readings = (0..<64).map { (index: UInt64) -> ClockSample in
            let before = Self.start + index * 1_000_000
            return ClockSample(before: before, distant: before + 10_000, after: before + 110_000)
        }
        let estimate = try #require(ClockEstimate(readings, resolution: 0))
        #expect(estimate.offset == -45_000)
        #expect(estimate.error == 55_000)
    }

    @Test("drift is found")
    func drift() throws {
        var clocks = SimulatedClocks(offset: 0, drift: 50e-6, seed: 3)
        let readings = clocks.readings(from: Self.start, seconds: 60, there: 20_000, back: 20_000)
        let estimate = try #require(ClockEstimate(readings, resolution: Self.resolution))
        #expect((estimate.drift - 50e-6).magnitude < 1e-6)
    }

    @Test("readings within a second say nothing of the drift")
    func short() throws {
        var clocks = SimulatedClocks(offset: 42_000_000, drift: 50e-6, seed: 4)
        let readings = (0..<64).map { clocks.reading(at: Self.start + $0 * 1_000_000, there: 30_000, back: 30_000) }
        let estimate = try #require(ClockEstimate(readings, resolution: Self.resolution))
        #expect(estimate.drift == 0)
        #expect((Double(estimate.offset) - clocks.offset(at: Self.start)).magnitude <= estimate.error)
    }

    @Test("a distant clock that is set in between shows in the error")
    func jump() throws {
        var clocks = SimulatedClocks(offset: 0, seed: 5)
        let before = (0..<10).map { clocks.reading(at: Self.start + $0 * 1_000_000_000, there: 20_000, back: 20_000) }
        clocks.offset = 80_000_000
        let after = (10..<12).map { clocks.reading(at: Self.start + $0 * 1_000_000_000, there: 20_000, back: 20_000) }
        let estimate = try #require(ClockEstimate(before + after, resolution: Self.resolution))
        #expect(estimate.error > 40_000_000)
        for second: UInt64 in 0..<12 {
            let instant = Self.start + second * 1_000_000_000
            let truth = second < 10 ? 0.0 : 80e6
            #expect((Double(estimate.offset(at: instant)) - truth).magnitude <= estimate.error)
        }
    }

    @Test("without a reading there is none")
    func none() {
        #expect(ClockEstimate([], resolution: Self.resolution) == nil)
    }

    @Test("there and back again is the same instant")
    func inverse() throws {
        var clocks = SimulatedClocks(offset: 987_654_321_012, drift: -80e-6, seed: 6)
        let readings = clocks.readings(from: Self.start, seconds: 5, there: 20_000, back: 20_000)
        let estimate = try #require(ClockEstimate(readings, resolution: Self.resolution))
        for second: UInt64 in [0, 3, 1_000, 100_000] {
            let instant = Self.start + second * 1_000_000_000
            #expect((Int64(estimate.local(at: estimate.distant(at: instant))) - Int64(instant)).magnitude <= 1)
        }
    }
}
