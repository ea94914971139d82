import Measurement
import Testing

@Suite("Latency histogram")
struct LatencyHistogramTests {
    @Test("nothing recorded has no summary")
    func empty() {
        let histogram = LatencyHistogram()
        #expect(histogram.count == 0)
        #expect(histogram.summary == nil)
        #expect(histogram.percentile(50) == nil)
    }

    @Test("one value is every number of its summary, to three digits")
    func single() throws {
        var histogram = LatencyHistogram()
        histogram.record(1_234_567)
        let summary = try #require(histogram.summary)
        #expect(summary.min == 1234.567 && summary.max == 1234.567 && summary.mean == 1234.567)
        #expect(summary.stddev == 0)
        #expect(summary.p50 == 1234.567 && summary.p99_99 == 1234.567)
    }

    @Test("percentiles are those of the sorted values, within 0.1 %; the rest is exact")
    func againstSorted() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for count in [1, 2, 10, 999, 20_000] {
            let values = (0..<count).map { _ in random.next() >> UInt64.random(in: 14...60, using: &random) }
            var histogram = LatencyHistogram()
            for value in values { histogram.record(value) }
            try check(try #require(histogram.summary), against: values, seed)
        }
    }

    private func check(_ summary: LatencySummary, against values: [UInt64], _ seed: UInt64) throws {
        let sorted = values.sorted().map { Double($0) / 1000 }
        let count = Double(sorted.count)
        let mean = sorted.reduce(0, +) / count
        let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        #expect(summary.count == UInt64(sorted.count))
        #expect(summary.min == sorted.first && summary.max == sorted.last)
        #expect(abs(summary.mean - mean) <= 1e-9 * mean, "seed \(seed)")
        #expect(abs(summary.stddev - variance.squareRoot()) <= 1e-9 * mean, "seed \(seed)")
        let percentiles = [
            (50, summary.p50), (90, summary.p90), (95, summary.p95), (99, summary.p99), (99.9, summary.p99_9),
            (99.99, summary.p99_99),
        ]
        for (percent, value) in percentiles {
            let rank = max(1, Int((percent / 100 * count - 1e-9).rounded(.up)))
            let exact = sorted[rank - 1]
            #expect(value >= exact && value <= exact * 1.001 + 0.001, "p\(percent), seed \(seed)")
        }
    }

    @Test("merging is the same as recording all in one")
    func merge() {
        var parts = [LatencyHistogram](repeating: LatencyHistogram(), count: 3)
        var all = LatencyHistogram()
        for index in 0..<3_000 {
            let value = UInt64(index * index * (index % 3 == 2 ? 1_000_000 : 1))
            parts[index % 3].record(value)
            all.record(value)
        }
        var merged = LatencyHistogram()
        for part in parts { merged.merge(part) }
        merged.merge(LatencyHistogram())
        #expect(merged.summary == all.summary)
        #expect(merged.count == 3_000)
    }

    @Test("a small deviation about a great mean is not lost to rounding")
    func deviation() throws {
        var histogram = LatencyHistogram()
        for index in 0..<1_000 { histogram.record(100_000_000_000 + UInt64(index % 2) * 2_000) }
        let summary = try #require(histogram.summary)
        #expect(abs(summary.stddev - 1) < 1e-9)
        #expect(abs(summary.mean - 100_000_001) < 1e-6)
    }

    @Test("the greatest latency is recorded, one above traps")
    func range() async {
        var histogram = LatencyHistogram()
        histogram.record(LatencyHistogram.greatest)
        #expect(histogram.count == 1)
        await #expect(processExitsWith: .failure) {
            var histogram = LatencyHistogram()
            histogram.record(LatencyHistogram.greatest + 1)
        }
    }
}
