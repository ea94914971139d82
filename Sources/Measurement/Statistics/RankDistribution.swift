import Glibc

/// How many of the pairs of one value each of two samples have the first one above the second, when both samples are of the
/// same distribution: what a rank test holds its own count against.
enum RankDistribution {
    /// The probability of each count from 0 up: exact, for samples without ties.
    case exact([Double])
    /// The normal distribution of this mean and deviation, with a correction for continuity.
    /// `least` is the probability of the most uneven count, from the number of ways to share out the values.
    case normal(mean: Double, deviation: Double, least: Double)

    /// The most pairs of which the exact probabilities are computed.
    private static let mostExactPairs = 2_500

    /// The distribution for samples whose values, together, are these.
    init(_ first: Int, _ second: Int, pooled: [Double]) {
        let ties = Self.ties(pooled)
        if ties.isEmpty, first * second <= Self.mostExactPairs {
            self = .exact(Self.probabilities(first, second))
            return
        }
        let (pairs, count) = (Double(first * second), Double(first + second))
        let cubes = ties.reduce(0) { $0 + ($1 * $1 * $1 - $1) }
        let variance = pairs / 12 * (count + 1 - cubes / (count * (count - 1)))
        self = .normal(
            mean: pairs / 2, deviation: max(0, variance).squareRoot(),
            least: 2 * exp(lgamma(Double(first) + 1) + lgamma(Double(second) + 1) - lgamma(count + 1)))
    }

    /// The probability of a count as far from the middle as that one, or farther, on either side.
    func twoSided(_ count: Double, pairs: Int) -> Double {
        let least = min(count, Double(pairs) - count)
        switch self {
        case .exact(let probabilities): return min(1, 2 * probabilities.prefix(Int(least) + 1).reduce(0, +))
        case .normal(let mean, let deviation, let rarest):
            let distance = max(0, mean - least - 0.5)
            // No permutation of few values is as rare as the normal distribution's tail.
            return deviation > 0 ? min(1, max(rarest, erfc(distance / deviation / 2.0.squareRoot()))) : 1
        }
    }

    /// The greatest rank, from 1, that both bounds of the shift between the samples may have among the sorted differences of
    /// all pairs, at 95 %; `nil` if there are too few pairs.
    var boundRank: Int? {
        switch self {
        case .exact(let probabilities):
            var (tail, rank) = (0.0, 0)
            for probability in probabilities.prefix((probabilities.count + 1) / 2) {
                tail += probability
                guard tail <= 0.025 else { break }
                rank += 1
            }
            return rank > 0 ? rank : nil
        case .normal(let mean, let deviation, _):
            let rank = Int((mean + 0.5 - 1.959964 * deviation).rounded(.down))
            return deviation > 0 && rank > 0 ? rank : nil
        }
    }

    /// How many values are equal, for each value that comes more than once.
    private static func ties(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        var (ties, start) = ([Double](), 0)
        for index in 1...sorted.count where index == sorted.count || sorted[index] != sorted[start] {
            if index - start > 1 { ties.append(Double(index - start)) }
            start = index
        }
        return ties
    }

    /// H. Mann and D. Whitney, "On a test of whether one of two random variables is stochastically larger than the other",
    /// 1947: the greatest value of all is of the first sample, and above all of the second, or it is of the second. With
    /// `p(m, n)` for the chances of the counts, p(m, n, u) = m / (m + n) · p(m − 1, n, u − n) + n / (m + n) · p(m, n − 1, u).
    /// Cost O((first · second)²).
    private static func probabilities(_ first: Int, _ second: Int) -> [Double] {
        let none = [1.0] + [Double](repeating: 0, count: first * second)
        // That of `m` values and each number of the second sample's.
        var row = [[Double]](repeating: none, count: second + 1)
        for m in 1...first {
            var last = none
            for n in 1...second {
                let (up, aside) = (Double(m) / Double(m + n), Double(n) / Double(m + n))
                let before = row[n]
                for u in 0...(m * n) {
                    last[u] = aside * last[u] + (u >= n ? up * before[u - n] : 0)
                }
                row[n] = last
            }
        }
        return row[second]
    }
}
