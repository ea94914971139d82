import Glibc
import Measurement
package import Reporting

/// Fits a law of growth to each algorithm's timings.
package enum GrowthFit {
    /// Growth by less than that is none of an exponential.
    private static let exponentialRange = 100.0

    /// A row for each algorithm with three points or more in its last two decades, from n = 10 on: time ∝ n^k, or
    /// time ∝ bⁿ where that deviates less than half as much (and time grows more than a hundredfold).
    package static func rows(_ runID: String, _ timings: [TimingRow]) -> [GrowthRow] {
        var names: [String] = []
        for row in timings where !names.contains(row.algorithm) { names.append(row.algorithm) }
        return names.compactMap { name in
            let all = timings.filter { $0.algorithm == name }
            let last = all.map(\.n).max() ?? 0
            let points = all.filter { $0.n >= max(10, last / 100) }
            return points.count >= 3 ? row(runID, points) : nil
        }
    }

    private static func row(_ runID: String, _ points: [TimingRow]) -> GrowthRow? {
        let times = points.map { log($0.medianNanoseconds) }
        guard let power = FittedLine(points.map { log(Double($0.n)) }, times),
            let exponential = FittedLine(points.map { Double($0.n) }, times)
        else { return nil }
        let range = exp((times.max() ?? 0) - (times.min() ?? 0))
        let isExponential = range > exponentialRange && exponential.deviation < power.deviation / 2
        return GrowthRow(
            key: .study(runID), algorithm: points[0].algorithm, fromN: points[0].n, toN: points[points.count - 1].n,
            points: points.count, exponent: isExponential ? nil : power.slope,
            base: isExponential ? exp(exponential.slope) : nil,
            deviation: isExponential ? exponential.deviation : power.deviation)
    }
}
