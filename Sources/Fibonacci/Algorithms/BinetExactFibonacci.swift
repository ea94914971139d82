internal import Multiprecision

/// Binet's closed formula, whole and without any rounding: F(n) = (φⁿ − ψⁿ) / √5 in the ring Z[φ].
///
/// Its elements are a + bφ with integers a and b, and φ² = φ + 1. There ψ = 1 − φ is the conjugate of φ, √5 = 2φ − 1,
/// and for n < 0 the power is that of the unit 1/φ = φ − 1. The power, the conjugate, the difference and the division
/// are carried out as they stand, and what comes out is an integer: the formula is right, floating point is not.
///
/// Cost: three squarings and four additions for each bit of n, and an addition for each that is set.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11, if memory doesn't end first.
/// Source: Hardy and Wright, An Introduction to the Theory of Numbers, chapter 14, for the ring; Knuth, The Art of
/// Computer Programming, volume 1, 1.2.8, equation (14), for the formula.
public struct BinetExactFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `binet-exact`
    public var name: String { "binet-exact" }
    /// One line for a list of algorithms.
    public var summary: String { "(phi^n - psi^n) / sqrt(5) in the ring Z[phi], without rounding, for any n" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }
    /// Yes: the formula holds for them as it stands.
    public var takesNegativeIndices: Bool { true }

    /// The power, its conjugate, and what GMP's multiplication takes.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 14) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        var power = GoldenInteger(1, 0)
        let index = n.magnitude
        for bit in (0..<UInt.bitWidth - index.leadingZeroBitCount).reversed() {
            power.square()
            if index >> UInt(bit) & 1 == 1 { power.multiplyByUnit(inverse: n < 0) }
        }
        let conjugate = power.conjugate()
        power.subtract(conjugate)
        return .integer(power.dividedByRootOfFive())
    }
}
