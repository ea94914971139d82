internal import Multiprecision

/// Fast doubling written out with big integers, on the pair F(k), F(k+1) from the top bit of n down:
///
///     F(2k)   = 2 F(k+1)² − 3 F(k)² − 2 (−1)^k
///     F(2k+1) = F(k+1)² + F(k)²
///
/// The first is the familiar F(k) · (2 F(k+1) − F(k)) with the product F(k) · F(k+1) taken from Cassini's identity, so
/// that a step needs two squarings and no multiplication.
///
/// Cost: two squarings, at most three additions and one multiplication by 3 for each bit of n. Four working integers,
/// reserved at the start, hold everything: a step asks for no memory but the scratch space of GMP's squaring.
/// Range: from 0 until GMP's integers end, about n = 1.9 · 10^11, if memory (0.36 n bytes) doesn't end first.
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

    /// F(n) as a big integer; throws `negativeIndex` below 0, `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        var pair = DoublingPair(upTo: n)
        for bit in (0..<Int.bitWidth - n.leadingZeroBitCount).reversed() {
            pair.double()
            if n >> bit & 1 == 1 { pair.advance() }
        }
        return .integer(pair.takeCurrent())
    }
}

/// F(k) and F(k+1), from k = 0 on, and the two integers that a step works with.
private struct DoublingPair: ~Copyable {
    private var isEven = true
    private var current: BigInteger
    private var next: BigInteger
    private var currentSquared: BigInteger
    private var nextSquared: BigInteger

    /// The pair for k = 0, with room for every step up to k = n.
    init(upTo n: Int) {
        // F(n+1) has at most 23/32 n + 1 bits; 2 F(k+1)² has two more, and GMP wants a spare word or two for carries.
        let bits = n / 32 * 23 + 256
        current = BigInteger(minimumBitCapacity: bits)
        next = BigInteger(minimumBitCapacity: bits)
        currentSquared = BigInteger(minimumBitCapacity: bits)
        nextSquared = BigInteger(minimumBitCapacity: bits)
        next.set(to: 1)
    }

    /// k ← 2k
    mutating func double() {
        currentSquared.setToSquare(of: current)
        nextSquared.setToSquare(of: next)
        next.setToSum(of: nextSquared, currentSquared)
        nextSquared.shiftLeft(by: 1)
        nextSquared.subtractProduct(of: currentSquared, 3)
        nextSquared.add(isEven ? -2 : 2)
        swap(&current, &nextSquared)
        isEven = true
    }

    /// k ← k + 1
    mutating func advance() {
        current.add(next)
        swap(&current, &next)
        isEven.toggle()
    }

    /// F(k), ending the pair.
    consuming func takeCurrent() -> BigInteger {
        current
    }
}
