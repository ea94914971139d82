/// The ratio of two ways to do the same, measured in turn so that whatever else the machine does hits both.
struct PairedTiming {
    /// The median time of a call of ours, in nanoseconds.
    let ours: Double
    /// The median time of a call of the baseline, in nanoseconds.
    let baseline: Double
    /// The median of the pairs' ratios, ours ÷ baseline.
    let ratio: Double
    /// The 95 % interval of that median, by 2,000 bootstrap samples.
    let interval: ClosedRange<Double>

    /// Runs both `pairs` times, each going first in every second pair; they get a number of calls and return
    /// nanoseconds.
    init(pairs: Int, calls: Int, ours: (Int) throws -> UInt64, baseline: (Int) -> UInt64) rethrows {
        var times: [(ours: Double, baseline: Double)] = []
        _ = (try ours(calls), baseline(calls))
        for pair in 0..<pairs {
            let first = pair.isMultiple(of: 2) ? try ours(calls) : baseline(calls)
            let second = pair.isMultiple(of: 2) ? baseline(calls) : try ours(calls)
            let (own, other) = pair.isMultiple(of: 2) ? (first, second) : (second, first)
            times.append((Double(own) / Double(calls), Double(other) / Double(calls)))
        }
        let ratios = times.map { $0.ours / $0.baseline }
        self.ours = Self.median(times.map(\.ours))
        self.baseline = Self.median(times.map(\.baseline))
        ratio = Self.median(ratios)
        interval = Self.bootstrap(ratios)
    }

    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }

    private static func bootstrap(_ values: [Double]) -> ClosedRange<Double> {
        // A fixed sequence (Knuth's multiplier): the same measurements give the same interval.
        var state: UInt64 = 1
        let medians = (0..<2_000).map { _ in
            median(
                values.map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return values[Int(state >> 33) % values.count]
                })
        }.sorted()
        return medians[50]...medians[1_949]
    }
}
