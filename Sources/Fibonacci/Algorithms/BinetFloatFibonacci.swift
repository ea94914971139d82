#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The closed formula in single precision: F(n) = round(φⁿ / √5), with the C library's `powf`.
///
/// Cost: one power and one division, for every n.
/// Range: 0 to 184; φ^185 is beyond the largest Float.
/// Platforms: IEEE 754 fixes the division but not `powf`, which another library may round in another way.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15).
public struct BinetFloatFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `binet-float`
    public var name: String { "binet-float" }
    /// One line for a list of algorithms.
    public var summary: String { "round(phi^n / sqrt(5)) in single precision" }
    /// A Float's 24.
    public var precisionBits: Int? { Float.significandBitCount + 1 }
    /// The last n whose φⁿ is finite.
    public var largestIndex: Int? { 184 }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0,
    /// `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let squareRootOfFive: Float = 2.236068
        let goldenRatio: Float = 1.618034
        return .real(Double(powf(goldenRatio, Float(n)) / squareRootOfFive))
    }
}
