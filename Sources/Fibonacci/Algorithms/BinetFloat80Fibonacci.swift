#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Multiprecision

/// The closed formula in the x87's 80-bit format: F(n) = round(φⁿ / √5), with the C library's `powl`.
///
/// Cost: one power and one division, for every n.
/// Range: 0 to 23599; φ^23600 is beyond the largest Float80.
/// Platforms: x86_64 only; elsewhere `value(at:)` throws `notOnThisProcessor`. The division is correctly rounded,
/// `powl` need not be.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15).
public struct BinetFloat80Fibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `binet-float80`
    public var name: String { "binet-float80" }
    /// One line for a list of algorithms.
    public var summary: String { "round(phi^n / sqrt(5)) in the 80-bit format of x86_64" }
    /// A Float80's 64: it spells out the leading bit that other formats imply.
    public var precisionBits: Int? { 64 }
    /// The last n whose φⁿ is finite.
    public var largestIndex: Int? { 23_599 }

    /// Whether this is an x86_64.
    public var isAvailable: Bool {
        #if arch(x86_64) && !os(Windows)
        true
        #else
        false
        #endif
    }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0, `overflow` beyond
    /// `largestIndex`, and `notOnThisProcessor` on any but x86_64.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        #if arch(x86_64) && !os(Windows)
        let squareRootOfFive = Float80(5).squareRoot()
        let goldenRatio = (1 + squareRootOfFive) / 2
        let quotient = powl(goldenRatio, Float80(n)) / squareRootOfFive
        // Swift leaves the leading bit out of the pattern. The significand's 64 bits have one before the point.
        let significand = Real(BigInteger(quotient.significandBitPattern | 1 << 63), precisionBits: 64)
        return .multiprecision(significand.scaled(byPowerOfTwo: Int(quotient.exponent) - 63))
        #else
        throw .notOnThisProcessor(algorithm: name)
        #endif
    }
}
