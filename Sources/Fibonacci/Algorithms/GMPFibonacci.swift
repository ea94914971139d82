internal import Multiprecision

/// GMP's own `mpz_fib_ui`: doubling steps on the pair F(k), F(k−1) from the top bits of n down,
///
///     F(2k+1) = 4 F(k)² − F(k−1)² + 2 (−1)^k
///     F(2k−1) = F(k)² + F(k−1)²
///     F(2k)   = F(2k+1) − F(2k−1)
///
/// From n = 5 · 10^7 on, where the last of these would need scratch space of three times the result, the steps up to
/// F(k), k = ⌊n / 2⌋, are `mpz_fib2_ui`, and the last is one multiplication by `BigInteger.sparingProduct`,
///
///     F(2k)   = F(k) (F(k) + 2 F(k−1))
///     F(2k+1) = (2 F(k) + F(k−1)) (2 F(k) − F(k−1)) + 2 (−1)^k
///
/// in the same time, with a peak below four times the result instead of near five.
///
/// Cost: two squarings and a few additions for each bit of n, the last bit one multiplication; numbers that fit a word
/// come from a table. As sizes double, the last steps dominate: O(M(n)), M being the cost of multiplying n bits.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11; memory (0.087 n bytes, some times over) ends first
/// on most machines, and then GMP ends the process.
/// Source: the GMP manual, 15.7.4, Fibonacci numbers.
public struct GMPFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `gmp`
    public var name: String { "gmp" }
    /// One line for a list of algorithms.
    public var summary: String { "GMP's mpz_fib_ui: big integers, for any n" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }

    /// The result, the other term, and what GMP's multiplication takes; then the decimal text.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 10) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let index = UInt64(n.magnitude)
        let value = index < Self.sparingFrom ? BigInteger(fibonacci: index) : Self.sparingValue(at: index)
        return FibonacciValue.integer(value).reflected(to: n)
    }

    /// From here on memory is worth sparing.
    private static let sparingFrom: UInt64 = 50_000_000

    /// F(n) by one sparing multiplication from F(n/2) and what is before it.
    private static func sparingValue(at n: UInt64) -> BigInteger {
        var before = BigInteger()
        var half = BigInteger(fibonacci: n / 2, before: &before)
        guard !n.isMultiple(of: 2) else {
            before.shiftLeft(by: 1)
            before.add(half)
            return .sparingProduct(half, before)
        }
        half.shiftLeft(by: 1)
        half.add(before)
        before.shiftLeft(by: 1)
        before.negate()
        before.add(half)
        var value = BigInteger.sparingProduct(half, before)
        value.add((n / 2).isMultiple(of: 2) ? 2 : -2)
        return value
    }
}
