/// The closed formula in double precision with φⁿ by binary exponentiation, every step rounded: F(n) = round(φⁿ / √5).
///
/// Squares and multiplies from the top bit of n down. What `pow` does with extra bits inside, this does with 53, and yet
/// it fares a little better, since the errors of its steps happen to cancel a part of φ's own.
///
/// Cost: at most two multiplications for each bit of n, and one division; no call into the C library.
/// Range: 0 to 1474; φ^1475 is beyond the largest Double.
/// Accuracy: exact up to n = 75. IEEE 754 fixes each step, so this holds on every platform.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (15), and volume 2, 4.6.3, for the power.
public struct BinetPowiFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `binet-powi`
    public var name: String { "binet-powi" }
    /// One line for a list of algorithms.
    public var summary: String { "phi^n by squaring in double precision, each step rounded: wrong from n = 76 on" }
    /// A Double's 53.
    public var precisionBits: Int? { Double.significandBitCount + 1 }
    /// The last n whose φⁿ is finite.
    public var largestIndex: Int? { 1474 }

    /// φⁿ / √5 as it was computed, before its rounding to an integer; throws `negativeIndex` below 0,
    /// `overflow` beyond `largestIndex`.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        var power = 1.0
        for bit in (0..<Int.bitWidth - n.leadingZeroBitCount).reversed() {
            power *= power
            if n >> bit & 1 == 1 { power *= BinetFibonacci.goldenRatio }
        }
        return .real(power / BinetFibonacci.squareRootOfFive)
    }
}
