import Harness
import Reporting
import Testing

@Suite struct GrowthFitTests {
    private func rows(_ name: String, _ indices: [Int], _ time: (Double) -> Double) -> [TimingRow] {
        indices.map { n in
            TimingRow(
                key: RunKey(runID: "test", cellID: "test", repetition: 1), algorithm: name, precisionBits: nil, n: n,
                samples: 3, medianNanoseconds: time(Double(n)), minNanoseconds: time(Double(n)))
        }
    }

    @Test func findsTheExponentOfAPower() throws {
        let timings = rows("square", [10, 1_000, 2_000, 5_000, 10_000, 100_000]) { $0 * $0 }
        let row = try #require(GrowthFit.rows("test", timings).first)
        let exponent = try #require(row.exponent)
        #expect(abs(exponent - 2) < 1e-9 && row.base == nil && row.deviation < 1e-9)
        #expect(row.fromN == 1_000 && row.toN == 100_000 && row.points == 5)
        #expect(GrowthFit.rows("test", Array(timings.suffix(2))).isEmpty)
    }

    @Test func findsTheBaseOfAnExponential() throws {
        let timings = rows("recursive", [1, 2, 5, 10, 20, 40]) { value in
            (0..<Int(value)).reduce(3) { time, _ in time * 1.618 }
        }
        let row = try #require(GrowthFit.rows("test", timings).first)
        let base = try #require(row.base)
        #expect(abs(base - 1.618) < 1e-9 && row.exponent == nil && row.fromN == 10 && row.points == 3)
    }

    @Test func aTimeThatDoesNotGrowIsAPowerOfZero() throws {
        let row = try #require(GrowthFit.rows("test", rows("flat", [10, 20, 50, 90]) { _ in 17 }).first)
        #expect(row.exponent == 0 && row.base == nil)
    }

    @Test func theTableTellsBothLaws() {
        let timings =
            rows("square", [10, 20, 50, 100]) { $0 * $0 }
            + rows("double", [10, 20, 30]) { value in (0..<Int(value)).reduce(1) { time, _ in time * 2 } }
        let crossover = CrossoverRow(
            key: RunKey(runID: "test", cellID: "test", repetition: 1), algorithm: "double", overtakenBy: "square",
            n: 1_234)
        let text = GrowthTable(growth: GrowthFit.rows("test", timings), crossovers: [crossover]).render()
        #expect(text.contains("n^2.00") && text.contains("2.000^n") && text.contains("1,234"))
        #expect(GrowthTable(growth: [], crossovers: []).render() == "")
    }
}
