import Measurement

extension MicroBenchmark {
    /// A latency is recorded. They lie between 1 µs and 1 s, as many in each power of two.
    static var histogramRecord: MicroBenchmark {
        MicroBenchmark(name: "histogram-record", iterations: 200_000) { iterations in
            let latencies = (0..<1_024).map { UInt64(hidden(1_000 << ($0 % 20) + $0)) }
            var histogram = LatencyHistogram()
            // It grows to its size before the count begins.
            histogram.record(1 << 31)
            for number in 0..<iterations { histogram.record(latencies[number & 1_023]) }
            consume(histogram.count)
        }
    }
}
