/// A sample of the times between one arrival and the next: what tells a Poisson process from a metronome, and batches from
/// both.
package struct ArrivalGaps: Sendable, Equatable {
    /// The most gaps that are looked at; of more, as many are taken at equal distances.
    package static let most = 1_000

    /// The gaps, in nanoseconds.
    package let values: [Double]

    /// The gaps of `count` arrivals, whose times never go back.
    ///
    /// - Parameter time: when the one at an index came, in nanoseconds.
    package init(count: Int, time: (Int) -> UInt64) {
        let gaps = max(0, count - 1)
        let taken = min(gaps, Self.most)
        values = (0..<taken).map { rank in
            let index = rank * gaps / taken
            let (from, to) = (time(index), time(index + 1))
            return Double(to - min(from, to))
        }
    }

    /// Standard deviation ÷ mean: 0 for a metronome, 1 for a Poisson process, more for bursts; `nil` without any time between
    /// them.
    package var variation: Double? {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        guard !values.isEmpty, mean > 0 else { return nil }
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot() / mean
    }

    /// Whether they are those of a Poisson process; `nil` with too few of them. What came at the same nanosecond counts as half
    /// a nanosecond apart.
    package var exponentiality: ExponentialityTest? {
        variation == nil ? nil : ExponentialityTest(values.map { max(0.5, $0) })
    }
}
