/// The closed formula in double precision with φⁿ as n multiplications, every one rounded: F(n) = round(φⁿ / √5).
///
/// Cost: n multiplications, each waiting for the one before, and one division.
/// Range: 0 to 1474; φ^1475 is beyond the largest Double.
/// Accuracy: exact up to n = 70. IEEE 754 fixes each step, so this holds on every platform.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15).
public struct BinetRepeatedFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `binet-repeated`
    public var name: String { "binet-repeated" }
    /// One line for a list of algorithms.
    public var summary: String { "phi multiplied n times in double precision: wrong from n = 71 on" }
    /// A Double's 53.
    public var precisionBits: Int? { Double.significandBitCount + 1 }
    /// The last n whose φⁿ is finite.
    public var largestIndex: Int? { 1474 }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0,
    /// `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        var power = 1.0
        for _ in 0..<n { power *= BinetFibonacci.goldenRatio }
        return .real(power / BinetFibonacci.squareRootOfFive)
    }
}
