/// How the parameter of a kind varies from task to task, in the parameter's own unit (n, or milliseconds).
///
/// Samples are rounded to the nearest whole n, or to the nearest microsecond.
package enum Distribution: Hashable, Sendable {
    /// Always the same value.
    case fixed(Double)
    /// Every value from the lowest to the highest, both included, equally often.
    case uniform(ClosedRange<Double>)
    /// Whole values, the lowest most often: the k-th comes in proportion to k to the power −exponent.
    case zipf(ClosedRange<Int>, exponent: Double)
    /// Exponential with that mean.
    case exponential(mean: Double)
    /// e to a normal power: half the values are below the median, and sigma is the deviation of their logarithm.
    case lognormal(median: Double, sigma: Double)

    /// The greatest parameter: it and its thousandfold are exact in a `Double`. Samples above it are cut to it.
    static let greatest = 1e12

    /// The most values that a Zipf distribution may range over, since it is a table.
    static let greatestZipfCount = 1_000_000

    /// The greatest exponent and sigma.
    private static let shapes = 0.0...10.0

    /// Throws unless every number is one that a parameter of `kind` can have.
    func check(for kind: TaskKind) throws(WorkloadError) {
        switch self {
        case .fixed(let value):
            try checkValue(value, of: kind)
        case .uniform(let range):
            try checkValue(range.lowerBound, of: kind)
            try checkValue(range.upperBound, of: kind)
        case .zipf(let range, let exponent):
            try checkValue(Double(range.lowerBound), of: kind)
            try checkValue(Double(range.upperBound), of: kind)
            try check(
                range.upperBound - range.lowerBound < Self.greatestZipfCount,
                "the count of zipf values of \(kind.name)", "at most \(Self.greatestZipfCount)")
            try check(Self.shapes.contains(exponent), "the zipf exponent of \(kind.name)", "0 to 10")
        case .exponential(let mean):
            try checkScale(mean, "the mean", of: kind)
        case .lognormal(let median, let sigma):
            try checkScale(median, "the median", of: kind)
            try check(Self.shapes.contains(sigma), "the lognormal sigma of \(kind.name)", "0 to 10")
        }
    }

    private func checkValue(_ value: Double, of kind: TaskKind) throws(WorkloadError) {
        let isWhole = kind.stepsPerUnit > 1 || value == value.rounded()
        try check(
            isWhole && (0...kind.greatestParameter).contains(value), "\(kind.parameterName) of \(kind.name)",
            "a \(kind.stepsPerUnit > 1 ? "" : "whole ")number from 0 to \(kind.greatestParameter.shortText)")
    }

    private func checkScale(_ value: Double, _ what: String, of kind: TaskKind) throws(WorkloadError) {
        try check(
            value > 0 && value <= kind.greatestParameter, "\(what) of \(kind.name)",
            "a number above 0, up to \(kind.greatestParameter.shortText)")
    }

    private func check(_ isRight: Bool, _ what: String, _ allowed: String) throws(WorkloadError) {
        guard isRight else { throw .invalid(what: what, value: description, allowed: allowed) }
    }
}
