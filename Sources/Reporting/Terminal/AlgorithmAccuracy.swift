/// How right one algorithm was at one precision, over all n seen.
struct AlgorithmAccuracy: Equatable {
    let algorithm: String
    let precisionBits: Int?
    /// How many different n.
    var checked = 0
    /// For how many of them the result was not F(n).
    var inexact = 0
    /// The least n among those.
    var firstInexact: Int?
    /// The greatest error before rounding, among those. (At a small n the formula is far off by this measure, since it
    /// leaves out ψⁿ, and right all the same once it is rounded.)
    var greatestULP: Double?

    /// One for each algorithm and precision, in the order in which they first appear.
    static func grouped(_ rows: [AccuracyRow]) -> [AlgorithmAccuracy] {
        var groups: [AlgorithmAccuracy] = []
        for row in rows {
            let known = groups.firstIndex { $0.algorithm == row.algorithm && $0.precisionBits == row.precisionBits }
            let index = known ?? groups.endIndex
            if known == nil {
                groups.append(AlgorithmAccuracy(algorithm: row.algorithm, precisionBits: row.precisionBits))
            }
            groups[index].add(row)
        }
        return groups
    }

    private mutating func add(_ row: AccuracyRow) {
        checked += 1
        guard !row.isExact else { return }
        inexact += 1
        if let error = row.ulpError { greatestULP = max(greatestULP ?? 0, error) }
        firstInexact = min(firstInexact ?? row.n, row.n)
    }
}
