/// Coefficients of a sum of given terms, none of them negative, by least squares of the relative errors: a value of 1 that is missed
/// by 0.1 counts as much as one of 100 that is missed by 10.
///
/// Terms count what is there more of, and are taken to cost something: one that would have to be negative to fit best is left out, with
/// a coefficient of 0.
package struct RelativeFit: Sendable, Equatable {
    /// One for each term.
    package let coefficients: [Double]

    /// The fit of `values`, none of them 0, by the terms of each, which are a few: `nil` when the values do not determine it.
    package init?(terms: [[Double]], values: [Double]) {
        precondition(terms.count == values.count, "as many lines of terms as values")
        guard let count = terms.first?.count, values.allSatisfy({ $0 != 0 && $0.isFinite }) else { return nil }
        let equations = NormalEquations(of: zip(terms, values).map { line, value in line.map { $0 / value } }, count)
        let all = Array(0..<count)
        guard var best = equations.solution(all) else { return nil }
        if best.contains(where: { $0 < 0 }) {
            // The best of all choices of terms that need no negative one is the best fit without negative ones.
            let choices = (0..<(1 << count)).map { choice in all.filter { choice >> $0 & 1 == 1 } }
            let fits = choices.compactMap(equations.solution).filter { $0.allSatisfy { $0 >= 0 } }
            guard let least = fits.min(by: { equations.error(of: $0) < equations.error(of: $1) }) else { return nil }
            best = least
        }
        coefficients = best
    }

    /// The sum of these terms with the coefficients.
    package func value(of terms: [Double]) -> Double {
        precondition(terms.count == coefficients.count, "a coefficient for each term")
        return zip(terms, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

/// What coefficients have to fulfil so that each line's sum comes as close to 1 as can be.
private struct NormalEquations {
    /// Products of the terms with each other.
    private let products: [[Double]]
    /// Sums of the terms.
    private let sums: [Double]

    init(of lines: [[Double]], _ count: Int) {
        products = (0..<count).map { row in
            (0..<count).map { column in lines.reduce(0) { $0 + $1[row] * $1[column] } }
        }
        sums = (0..<count).map { row in lines.reduce(0) { $0 + $1[row] } }
    }

    /// The coefficients of the chosen terms, and 0 for the others; `nil` of terms that depend on each other.
    func solution(_ chosen: [Int]) -> [Double]? {
        // Each term in units of its own size: which of them are large says nothing of whether they depend on each other.
        let sizes = chosen.map { products[$0][$0].squareRoot() }
        guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        var rows = chosen.indices.map { row in
            chosen.indices.map { products[chosen[row]][chosen[$0]] / sizes[row] / sizes[$0] }
                + [sums[chosen[row]] / sizes[row]]
        }
        guard let solved = Self.solve(&rows) else { return nil }
        var coefficients = Array(repeating: 0.0, count: sums.count)
        for (place, term) in chosen.enumerated() { coefficients[term] = solved[place] / sizes[place] }
        return coefficients
    }

    /// The sum of the squares of what is missing to 1, but for what all coefficients have in common.
    func error(of coefficients: [Double]) -> Double {
        coefficients.indices.reduce(0) { sum, row in
            let product = zip(products[row], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            return sum + coefficients[row] * (product - 2 * sums[row])
        }
    }

    /// Gauss' elimination with the largest pivot, of a symmetric matrix with a diagonal of ones; `nil` of equations that depend
    /// on each other.
    private static func solve(_ rows: inout [[Double]]) -> [Double]? {
        let count = rows.count
        for step in 0..<count {
            guard let pivot = (step..<count).max(by: { abs(rows[$0][step]) < abs(rows[$1][step]) }),
                abs(rows[pivot][step]) > 1e-12
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
