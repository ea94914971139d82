import Glibc

/// Whether two samples differ, by the ranks of their values alone, and by which factor: the two-sided test of Mann and Whitney
/// (Wilcoxon's for two samples) and the estimate of Hodges and Lehmann.
///
/// It supposes independent values and nothing of their distribution. Exact for up to 2,500 pairs without ties; else by the
/// normal distribution, corrected for ties and continuity. (M. Hollander and D. Wolfe, "Nonparametric Statistical Methods",
/// 2nd edition, 1999, 4.1 to 4.3.)
package struct RankTest: Sendable, Equatable {
    /// In how many of the pairs the value of the second sample is greater; ties count half.
    package let pairsAbove: Double
    /// The probability of so uneven a count, or a more uneven one, between samples of one distribution.
    package let pValue: Double
    /// True when the probability is exact.
    package let isExact: Bool
    /// By which factor the second sample is greater: the median of the ratios of all pairs, taken on logarithms; `nil` unless
    /// all values are above 0.
    package let ratio: Double?
    /// Its 95 % interval, from the same distribution as the probability; `nil` with too few values for one (3 and 3, say).
    package let ratioInterval: ClosedRange<Double>?

    /// The test of two samples; `nil` when one is empty. Cost O(m·n log(m·n)), and O((m·n)²) when it is exact.
    package init?(_ first: [Double], _ second: [Double]) {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let distribution = RankDistribution(first.count, second.count, pooled: first + second)
        pairsAbove = first.reduce(0) { sum, one in
            second.reduce(sum) { $0 + ($1 > one ? 1 : $1 == one ? 0.5 : 0) }
        }
        pValue = distribution.twoSided(pairsAbove, pairs: first.count * second.count)
        if case .exact = distribution { isExact = true } else { isExact = false }
        guard (first + second).allSatisfy({ $0 > 0 }) else {
            (ratio, ratioInterval) = (nil, nil)
            return
        }
        let logarithms = second.map { log($0) }
        let ratios = first.flatMap { one in logarithms.map { $0 - log(one) } }.sorted()
        ratio = ratios.median.map { exp($0) }
        ratioInterval = distribution.boundRank.map { exp(ratios[$0 - 1])...exp(ratios[ratios.count - $0]) }
    }

    /// True when samples of one distribution would differ so much in less than one of twenty comparisons.
    package var isDifferent: Bool { pValue < 0.05 }
}
