public import Multiprecision

/// Binet's closed formula at any precision and in any rounding mode, without the term that rounding removes:
///
///     s = √5,  φ = (1 + s) / 2,  x = φⁿ / s,  F(n) = round(x)
///
/// √5, 1 + √5, the power and the division are each rounded once, correctly, to `significandBits` bits in the mode
/// `rounding`; halving is exact. The last step takes the nearest integer, a half going away from zero, in every mode.
///
/// Cost: about 2 log₂ n multiplications of that many bits, a square root and a division.
/// Range: 0 to 10^9, below which MPFR's exponents (up to 2^30) hold φⁿ even with φ rounded up to 2.
/// Accuracy: exact up to n where `requiredPrecision(for: n, rounding:)` is at most `significandBits`, by a proven bound.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15); Fousse and others, MPFR, ACM
/// Transactions on Mathematical Software 33, 2007, for correct rounding.
public struct BinetMPFRFibonacci: FibonacciAlgorithm {
    /// The least size of a significand: with one bit, 1 + √5 has nothing to be rounded to but powers of two.
    public static let smallestPrecisionBits = 2
    /// What MPFR's exponents allow for every precision and mode, rounded down.
    static let lastIndex = 1_000_000_000

    /// The size of the significand in bits.
    public let significandBits: Int
    /// The mode of every rounded step but the last.
    public let rounding: RoundingMode

    /// The formula at that precision, by default a Double's; less than two bits is a programmer's error.
    public init(precisionBits: Int = 53, rounding: RoundingMode = .nearest) {
        precondition(precisionBits >= Self.smallestPrecisionBits, "a precision is two bits or more")
        significandBits = precisionBits
        self.rounding = rounding
    }

    /// The formula at a precision that a person chose; throws `precision` for less than two bits.
    public init(checkingPrecisionBits bits: Int, rounding: RoundingMode) throws(FibonacciError) {
        guard bits >= Self.smallestPrecisionBits else {
            throw .precision(bits: bits, smallest: Self.smallestPrecisionBits)
        }
        self.init(precisionBits: bits, rounding: rounding)
    }

    /// `binet-mpfr`
    public var name: String { "binet-mpfr" }
    /// One line for a list of algorithms.
    public var summary: String { "round(phi^n / sqrt(5)) at any precision and rounding mode" }
    /// The one that it was made with.
    public var precisionBits: Int? { significandBits }
    /// A billion.
    public var largestIndex: Int? { Self.lastIndex }

    /// A few numbers of the precision, and the integer with its decimal text.
    public func memoryBytes(at n: Int) -> Int {
        let (bytes, overflow) = significandBits.multipliedReportingOverflow(by: 2)
        let (sum, overflows) = bytes.addingReportingOverflow(IndexLimit.bytes(of: n, times: 10))
        return overflow || overflows ? .max : sum
    }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0,
    /// `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let root = Real(squareRootOf: 5, precisionBits: significandBits, rounding: rounding)
        let ratio = root.addingOne(rounding: rounding).scaled(byPowerOfTwo: -1)
        let power = ratio.raised(to: UInt(n), rounding: rounding)
        return .multiprecision(power.divided(by: root, rounding: rounding))
    }
}
