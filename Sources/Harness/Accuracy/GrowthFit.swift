import Glibc
package import Reporting

/// Fits time ∝ n^k to an algorithm's timings.
package enum GrowthFit {
    /// A row for each algorithm with three points or more of a microsecond or more in its last two decades.
    package static func rows(_ runID: String, _ timings: [TimingRow]) -> [GrowthRow] {
        var names: [String] = []
        for row in timings where !names.contains(row.algorithm) { names.append(row.algorithm) }
        return names.compactMap { name in
            let all = timings.filter { $0.algorithm == name }
            let last = all.map(\.n).max() ?? 0
            let points = all.filter { $0.n >= last / 100 && $0.medianNanoseconds >= 1_000 }
            guard points.count >= 3, let from = points.first?.n else { return nil }
            return GrowthRow(
                key: .study(runID), algorithm: name, fromN: from, toN: last, points: points.count,
                exponent: exponent(points.map { (Double($0.n), $0.medianNanoseconds) }))
        }
    }

    /// The slope of the least-squares line through the logarithms.
    static func exponent(_ points: [(n: Double, time: Double)]) -> Double {
        let logarithms = points.map { (x: log($0.n), y: log($0.time)) }
        let count = Double(points.count)
        let meanX = logarithms.map(\.x).reduce(0, +) / count
        let meanY = logarithms.map(\.y).reduce(0, +) / count
        let covariance = logarithms.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +)
        return covariance / logarithms.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
    }
}
