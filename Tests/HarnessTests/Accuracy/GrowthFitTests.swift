import Harness
import Reporting
import Testing

@Suite struct GrowthFitTests {
    @Test func findsTheExponentOfAPower() throws {
        let key = RunKey(runID: "test", cellID: "test", repetition: 1)
        let timings = [1_000, 2_000, 5_000, 10_000, 100_000].map { n in
            let time = Double(n) * Double(n)
            return TimingRow(
                key: key, algorithm: "square", precisionBits: nil, n: n, samples: 3, medianNanoseconds: time,
                minNanoseconds: time)
        }
        let row = try #require(GrowthFit.rows("test", timings).first)
        #expect(abs(row.exponent - 2) < 1e-9 && row.fromN == 1_000 && row.toN == 100_000 && row.points == 5)
        #expect(GrowthFit.rows("test", Array(timings.prefix(2))).isEmpty)
    }
}
