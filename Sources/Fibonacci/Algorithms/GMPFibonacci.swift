internal import Multiprecision

/// GMP's own `mpz_fib_ui`: doubling steps on the pair F(k), F(k−1) from the top bits of n down,
///
///     F(2k+1) = 4 F(k)² − F(k−1)² + 2 (−1)^k
///     F(2k−1) = F(k)² + F(k−1)²
///     F(2k)   = F(2k+1) − F(2k−1)
///
/// From n = 5 · 10^7 on, where its last multiplication would need scratch space of three times the result, the steps are
/// those of `gmp-doubling` and that multiplication is `BigInteger.sparingProduct`: a fifth more time, and a peak
/// below four times the result instead of above five.
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
        let index = n.magnitude
        let value =
            index < DoublingPair.sparingFrom
            ? BigInteger(fibonacci: UInt64(index)) : DoublingPair.fibonacci(index)
        return FibonacciValue.integer(value).reflected(to: n)
    }
}
