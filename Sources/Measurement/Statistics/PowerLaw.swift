import Glibc

/// How a cost grows with a size: cost ∝ size^exponent, by least squares of the logarithms.
package struct PowerLaw: Sendable, Equatable {
    /// 0 for a cost that does not grow, 1 for one in proportion.
    package let exponent: Double
    /// Standard error of the exponent; `nil` for 2 points.
    package let standardError: Double?
    /// The root mean square of ln(cost ÷ fit): 0.1 is about a tenth.
    package let deviation: Double
    /// How many points.
    package let count: Int

    /// The law of points of at least two sizes; `nil` with less, or with a size or cost that is not above 0.
    package init?(sizes: [Double], costs: [Double]) {
        guard (sizes + costs).allSatisfy({ $0 > 0 && $0.isFinite }),
            let line = FittedLine(sizes.map { log($0) }, costs.map { log($0) })
        else { return nil }
        exponent = line.slope
        standardError = line.standardError
        deviation = line.deviation
        count = line.count
    }
}
