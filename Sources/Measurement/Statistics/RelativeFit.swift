/// Coefficients of a sum of given terms, by least squares of the relative errors: a value of 1 that is missed by 0.1 counts as much as
/// one of 100 that is missed by 10.
package struct RelativeFit: Sendable, Equatable {
    /// One for each term.
    package let coefficients: [Double]

    /// The fit of `values`, none of them 0, by the terms of each: `nil` when the values do not determine it.
    package init?(terms: [[Double]], values: [Double]) {
        precondition(terms.count == values.count, "as many lines of terms as values")
        guard let count = terms.first?.count, values.allSatisfy({ $0 != 0 && $0.isFinite }) else { return nil }
        let scaled = zip(terms, values).map { line, value in line.map { $0 / value } }
        // The normal equations, with the right side as one column more.
        var rows = (0..<count).map { row in
            (0..<count).map { column in scaled.reduce(0) { $0 + $1[row] * $1[column] } }
                + [scaled.reduce(0) { $0 + $1[row] }]
        }
        guard let solution = Self.solve(&rows) else { return nil }
        coefficients = solution
    }

    /// The sum of these terms with the coefficients.
    package func value(of terms: [Double]) -> Double { zip(terms, coefficients).reduce(0) { $0 + $1.0 * $1.1 } }

    /// Gauss' elimination with the largest pivot; `nil` of equations that depend on each other.
    private static func solve(_ rows: inout [[Double]]) -> [Double]? {
        let count = rows.count
        let largest = rows.joined().map(abs).max() ?? 0
        for step in 0..<count {
            guard let pivot = (step..<count).max(by: { abs(rows[$0][step]) < abs(rows[$1][step]) }),
                abs(rows[pivot][step]) > largest * 1e-12
            else { return nil }
            rows.swapAt(step, pivot)
            for row in (0..<count) where row != step {
                let factor = rows[row][step] / rows[step][step]
                for column in step...count { rows[row][column] -= factor * rows[step][column] }
            }
        }
        return (0..<count).map { rows[$0][count] / rows[$0][$0] }
    }
}
