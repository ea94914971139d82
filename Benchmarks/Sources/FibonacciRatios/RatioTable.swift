import Foundation

/// The ratios as they come: a line each for a person, and rows of CSV for a file.
struct RatioTable {
    private static let header =
        "algorithm,n,baseline,pairs,calls,ours_median_ns,baseline_median_ns,ratio,ratio_low,ratio_high"

    private var lines = [header]

    /// Adds a comparison and prints it.
    mutating func add(
        _ algorithm: String, _ n: Int, baseline: String, pairs: Int, calls: Int, _ timing: PairedTiming
    ) {
        let (low, high) = (timing.interval.lowerBound, timing.interval.upperBound)
        print(
            "\(algorithm) n=\(n) / \(baseline)".padded(40), Self.text(timing.ours).padded(14),
            Self.text(timing.baseline).padded(14),
            "ratio \(Self.fixed(timing.ratio))  [\(Self.fixed(low)), \(Self.fixed(high))]")
        let numbers = [timing.ours, timing.baseline, timing.ratio, low, high].map(Self.fixed)
        lines.append("\(algorithm),\(n),\(baseline),\(pairs),\(calls),\(numbers.joined(separator: ","))")
    }

    /// Writes the rows to a file.
    func write(to path: String) throws {
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static func text(_ nanoseconds: Double) -> String {
        nanoseconds < 1_000 ? "\(fixed(nanoseconds)) ns" : "\(fixed(nanoseconds / 1_000)) µs"
    }

    private static func fixed(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
