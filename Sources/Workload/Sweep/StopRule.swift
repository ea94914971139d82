package import Measurement

/// When a cell of a sweep has been run often enough: the 95 % interval of the median of a figure over the cell's repetitions is
/// narrow enough, or it was run the most times allowed.
package struct StopRule: Hashable, Sendable {
    /// The figure of a run that is judged.
    package enum Measure: Hashable, Sendable {
        /// A percentile of a latency, by the latency's name.
        case latency(String, LatencySummary.Percentile)
        /// The throughput.
        case ackedPerSecond
    }

    /// What is judged.
    package let measure: Measure
    /// The most that half of the interval's width may be, as a share of the median.
    package let within: Double
    /// The most times that a cell is run.
    package let most: Int

    /// A rule of the given values.
    package init(measure: Measure, within: Double, most: Int) {
        self.measure = measure
        self.within = within
        self.most = most
    }

    /// Whether these values, one a repetition, are enough of them; never with fewer than 6.
    package func isMet(by values: [Double]) -> Bool {
        OrderStatisticInterval(values)?.relativeHalfWidth.map { $0 <= within } ?? false
    }

    /// The canonical text, for telling whether two rules are the same.
    var text: String {
        switch measure {
        case .latency(let name, let percentile): "\(name) \(percentile.rawValue) within \(within) most \(most)"
        case .ackedPerSecond: "acked_per_s within \(within) most \(most)"
        }
    }
}
