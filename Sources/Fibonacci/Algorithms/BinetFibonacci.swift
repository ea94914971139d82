#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Binet's closed formula in double precision, without the term that rounding removes: F(n) = round(φⁿ / √5), where
/// φ = (1 + √5) / 2. Over the reals it is exact, since the term left out, |ψⁿ / √5|, is below 1/2.
///
/// Cost: one power and one division, for every n.
/// Range: 0 to 1474; φ^1475 is beyond the largest Double (although F(1475) and F(1476) are not).
/// Accuracy: exact up to n = 70. At n = 71 it gives 308061521170130 for 308061521170129: the error of φ's own rounding
/// grows with n in the power, and reaches half a unit there, while F(n) has 49 bits only. From n = 79 on no F(n) is a
/// Double.
/// Platforms: IEEE 754 fixes the division but not `pow`, which is the C library's. glibc's is within one unit in the
/// last place but not correctly rounded; another library, or another version or processor's variant of it, may differ
/// in the last bit and move the first wrong n. What is stated here was seen with glibc 2.36 on x86_64.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15).
public struct BinetFibonacci: FibonacciAlgorithm {
    /// φ, the Double nearest to it.
    static let goldenRatio = 1.618033988749895
    /// √5, the Double nearest to it.
    static let squareRootOfFive = 2.23606797749979

    /// The one there is; it has no state.
    public init() {}

    /// `binet`
    public var name: String { "binet" }
    /// One line for a list of algorithms.
    public var summary: String { "round(phi^n / sqrt(5)) in double precision: wrong from n = 71 on" }
    /// A Double's 53.
    public var precisionBits: Int? { Double.significandBitCount + 1 }
    /// The last n whose φⁿ is a finite Double.
    public var largestIndex: Int? { 1474 }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0,
    /// `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        return .real(pow(Self.goldenRatio, Double(n)) / Self.squareRootOfFive)
    }
}
