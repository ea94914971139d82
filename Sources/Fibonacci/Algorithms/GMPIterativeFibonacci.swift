internal import Multiprecision

/// The definition run forwards with big integers: (a, b) ← (b, a + b), n times from (0, 1).
///
/// Cost: n additions of up to 0.694 n bits, so O(n²) in all; no memory is asked for after the start.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11; beyond 2,000,000 (some seconds) refused
/// unless forced.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8.
public struct GMPIterativeFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `gmp-iterative`
    public var name: String { "gmp-iterative" }
    /// One line for a list of algorithms.
    public var summary: String { "n additions of big integers: quadratic time" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }
    /// What takes some seconds.
    public var unforcedLimit: Int? { 2_000_000 }

    /// The two terms, and the decimal text with what its making takes.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 10) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let bits = Int(n.magnitude) / 32 * 23 + 128
        var current = BigInteger(minimumBitCapacity: bits)
        var next = BigInteger(minimumBitCapacity: bits)
        next.set(to: 1)
        for _ in 0..<n.magnitude {
            current.add(next)
            swap(&current, &next)
        }
        return FibonacciValue.integer(current).reflected(to: n)
    }
}
