import Glibc

/// What share of all trials may be such cases, of which there were so many in some: the exact bound of C. Clopper and E. Pearson,
/// "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934.
package enum BinomialBound {
    /// The greatest share with which so few cases would not be less likely than 1 − `confidence`: for none of n trials about 3 ÷ n
    /// at 95 %.
    ///
    /// One-sided. Cost O(cases).
    ///
    /// - Returns: `nil` without trials.
    package static func upper(cases: Int, trials: Int, confidence: Double = 0.95) -> Double? {
        precondition((0...max(0, trials)).contains(cases), "\(cases) cases in \(trials) trials")
        guard trials > 0 else { return nil }
        guard cases < trials else { return 1 }
        // Fewer cases get less likely as the share grows: halve until the doubles between are used up.
        var (low, high) = (Double(cases) / Double(trials), 1.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return high }
            if probability(ofAtMost: cases, in: trials, share: middle) > 1 - confidence {
                low = middle
            } else {
                high = middle
            }
        }
    }

    /// - Parameter share: above 0 and below 1.
    private static func probability(ofAtMost cases: Int, in trials: Int, share: Double) -> Double {
        var logarithm = Double(trials) * log1p(-share)
        var sum = exp(logarithm)
        for number in 0..<cases {
            logarithm += log(Double(trials - number) / Double(number + 1)) + log(share) - log1p(-share)
            sum += exp(logarithm)
        }
        return sum
    }
}
