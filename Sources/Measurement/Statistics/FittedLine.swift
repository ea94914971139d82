/// The straight line through points by least squares.
package struct FittedLine: Sendable, Equatable {
    /// Change of y per unit of x.
    package let slope: Double
    /// The root mean square of what the points lie off it.
    package let deviation: Double
    /// The standard error of the slope, if what they lie off it is independent; `nil` for 2 points, which lie on it.
    package let standardError: Double?
    /// How many points.
    package let count: Int

    /// The line through points of at least two x; `nil` with less.
    package init?(_ x: [Double], _ y: [Double]) {
        precondition(x.count == y.count, "as many x as y")
        let count = Double(x.count)
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        let spread = x.map { ($0 - meanX) * ($0 - meanX) }.reduce(0, +)
        guard x.count >= 2, spread > 0 else { return nil }
        let slope = zip(x, y).map { ($0 - meanX) * ($1 - meanY) }.reduce(0, +) / spread
        let squares = zip(x, y).map { ($1 - meanY - slope * ($0 - meanX)) * ($1 - meanY - slope * ($0 - meanX)) }
        let sum = squares.reduce(0, +)
        self.slope = slope
        deviation = (sum / count).squareRoot()
        standardError = x.count > 2 ? (sum / (count - 2) / spread).squareRoot() : nil
        self.count = x.count
    }
}
