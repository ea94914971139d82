internal import Multiprecision

/// Fast doubling written out with big integers, on the pair F(k), F(k+1) from the top bit of n down:
///
///     F(2k)   = 2 F(k+1)² − 3 F(k)² − 2 (−1)^k
///     F(2k+1) = F(k+1)² + F(k)²
///
/// The first is the familiar F(k) · (2 F(k+1) − F(k)) with the product F(k) · F(k+1) taken from Cassini's identity, so
/// that a step needs two squarings and no multiplication. The last bit needs one number only, for which one
/// multiplication does: that familiar form, or F(2k+1) = F(k) · (2 F(k) + F(k+1)) + (−1)^k.
///
/// Cost: two squarings, at most three additions and one multiplication by 3 for each bit of n, the last bit one
/// multiplication. Four working integers hold everything, reserved at the start for what comes before the last bit.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11, if memory doesn't end first.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8: equation (6) for m = n and
/// m = n + 1, and (4) for the product.
public struct GMPDoublingFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `gmp-doubling`
    public var name: String { "gmp-doubling" }
    /// One line for a list of algorithms.
    public var summary: String { "fast doubling with big integers, two squarings a bit of n, for any n" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }

    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }

    /// Four integers, and what GMP's multiplication takes; then the decimal text.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 10) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        return FibonacciValue.integer(DoublingPair.fibonacci(n.magnitude)).reflected(to: n)
    }
}
