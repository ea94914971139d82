/// A table that draws an index with given weights in constant time from one random number.
///
/// A. J. Walker's alias method, built in linear time as M. D. Vose describes ("A Linear Algorithm For Generating
/// Random Numbers With a Given Distribution", 1991). Probabilities are exact to about count · 2⁻⁵³.
struct AliasTable: Sendable {
    /// One column: its own index below the threshold, the other index from there on.
    private struct Column {
        var threshold: UInt64
        var other: UInt32
    }

    private let columns: [Column]

    /// Index i comes with probability `weights[i]` ÷ their sum.
    ///
    /// There must be at least one weight and at most 2³² − 1, all positive, with a finite sum.
    init(weights: [Double]) {
        let scale = Double(weights.count) / weights.reduce(0, +)
        var shares = weights.map { $0 * scale }
        var columns = weights.indices.map { Column(threshold: .max, other: UInt32($0)) }
        var small = shares.indices.filter { shares[$0] < 1 }
        var large = shares.indices.filter { shares[$0] >= 1 }
        while let giver = large.last, let taker = small.popLast() {
            columns[taker] = Column(threshold: UInt64(shares[taker] * 0x1p64), other: UInt32(giver))
            shares[giver] -= 1 - shares[taker]
            if shares[giver] < 1 {
                small.append(giver)
                large.removeLast()
            }
        }
        self.columns = columns
    }

    /// Draws an index.
    func sample(using random: inout RandomSource) -> Int {
        let draw = random.next().multipliedFullWidth(by: UInt64(columns.count))
        let column = columns[Int(draw.high)]
        return draw.low < column.threshold ? Int(draw.high) : Int(column.other)
    }
}
