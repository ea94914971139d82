internal import Multiprecision

extension AccuracyObservation {
    /// Computes F(n) with `algorithm` and judges the value; throws what the algorithm throws.
    ///
    /// Cost: that of the algorithm, of F(n) by GMP, and of writing both in decimal.
    public static func observing(
        _ algorithm: any FibonacciAlgorithm, at n: Int
    ) throws(FibonacciError) -> AccuracyObservation {
        let value = try algorithm.value(at: n)
        return AccuracyObservation(of: value, from: algorithm, at: n)
    }

    /// Judges a value that `algorithm` gave at n, for callers that time the algorithm themselves.
    ///
    /// What it is compared with is GMP's `mpz_fib_ui`, so the algorithm `gmp` is judged by itself here; that it is
    /// right is what the tests show, against numbers from elsewhere.
    public init(of value: borrowing FibonacciValue, from algorithm: any FibonacciAlgorithm, at n: Int) {
        var exact = BigInteger(fibonacci: UInt64(n.magnitude))
        if n < 0, n.isMultiple(of: 2) { exact.negate() }
        let rounded = value.rounded()
        let isExact = rounded == exact
        let exactText = exact.decimal()
        let computedText = isExact ? exactText : rounded.decimal()
        let error = ApproximationError(of: value, against: exact, precisionBits: algorithm.precisionBits)
        self.init(
            n: n, algorithm: algorithm.name, precisionBits: algorithm.precisionBits,
            exact: exactText, computed: computedText,
            absoluteError: error.absolute, absoluteErrorText: error.absoluteText, relativeError: error.relative,
            ulpError: error.ulps,
            correctDigits: Self.agreeingDigits(of: computedText, with: exactText), isExact: isExact)
    }

    private static func agreeingDigits(of computed: String, with exact: String) -> Int {
        guard computed.utf8.count == exact.utf8.count else { return 0 }
        let sign = exact.hasPrefix("-") ? 1 : 0
        return max(0, zip(computed.utf8, exact.utf8).prefix { $0 == $1 }.count - sign)
    }
}
