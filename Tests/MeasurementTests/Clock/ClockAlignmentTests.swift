import Measurement
import Testing

@Suite("Clock alignment")
struct ClockAlignmentTests {
    @Test("two hosts that read the same third clock agree within the error", arguments: 1...50 as ClosedRange<UInt64>)
    func agreement(seed: UInt64) throws {
        // The third clock is ahead of each by another time, and each runs at its own pace.
        var own = SimulatedClocks(offset: 3_000_000_000_000, drift: 30e-6, seed: seed)
        var common = SimulatedClocks(offset: 7_000_000_000_000, drift: -20e-6, seed: seed + 1_000)
        let (start, commonStart): (UInt64, UInt64) = (5_000_000_000_000, 1_000_000_000_000)
        let alignment = ClockAlignment(
            try #require(
                ClockEstimate(own.readings(from: start, seconds: 8, there: 60_000, back: 90_000), resolution: 1_000)),
            to: try #require(
                ClockEstimate(
                    common.readings(from: commonStart, seconds: 8, there: 60_000, back: 40_000), resolution: 1_000)))
        for second: UInt64 in 0...8 {
            let instant = start + second * 1_000_000_000
            let third = Double(instant) + own.offset(at: instant)
            let truth = (third - 7_000_000_000_000) / (1 - 20e-6)
            #expect((Double(alignment.aligned(instant)) - truth).magnitude <= alignment.error, "seed \(seed)")
        }
        #expect((alignment.drift - 50e-6).magnitude < 40e-6)
    }

    @Test("an instant that was never reached stays so, and none becomes one")
    func absence() throws {
        let reading = ClockSample(before: 1_000, distant: 500, after: 1_200)
        let estimate = try #require(ClockEstimate([reading], resolution: 0))
        let later = try #require(
            ClockEstimate([ClockSample(before: 10, distant: 9_000, after: 30)], resolution: 0))
        let alignment = ClockAlignment(estimate, to: later)
        #expect(alignment.aligned(0) == 0)
        #expect(alignment.aligned(1_100) == 1)
        #expect(alignment.aligned(20_000) == 20_000 - 600 - 8_980)
        #expect(alignment.offset < 0)
    }

    @Test("a clock needs no alignment with itself")
    func identity() {
        #expect(ClockAlignment.identity.aligned(12_345) == 12_345)
        #expect(ClockAlignment.identity.error == 0)
        #expect(ClockAlignment.identity.offset == 0)
    }

    @Test("processes of one host have one clock")
    func sameHost() throws {
        let own = try #require(ClockIdentity.current())
        #expect(own == ClockIdentity.current())
        #expect(own != ClockIdentity(boot: "another", timeNamespace: "one"))
    }
}
