internal import Multiprecision

/// Powers of a matrix, from the top bit of n down:
///
///     ( 1 1 )ⁿ   ( F(n+1)  F(n)   )
///     ( 1 0 )  = ( F(n)    F(n−1) )
///
/// All powers are symmetric, so three numbers are one: (a, b, c)² = (a² + b², b (a + c), b² + c²), and one more factor
/// makes it (a + b, a, b).
///
/// Cost: three squarings, one multiplication and three additions for each bit of n, twice what doubling takes: c is
/// a − b, and the matrix doesn't know it.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11, if memory doesn't end first.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8.
public struct MatrixFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `matrix`
    public var name: String { "matrix" }
    /// One line for a list of algorithms.
    public var summary: String { "powers of the matrix (1 1, 1 0) with big integers, for any n" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }

    /// The matrix, its square, and what GMP's multiplication takes.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 12) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let index = n.magnitude
        var power = SymmetricPower()
        for bit in (0..<UInt.bitWidth - index.leadingZeroBitCount).reversed() {
            power.square()
            if index >> UInt(bit) & 1 == 1 { power.advance() }
        }
        return FibonacciValue.integer(power.takeMiddle()).reflected(to: n)
    }
}

/// The matrix (a b, b c), from the identity on.
private struct SymmetricPower: ~Copyable {
    private var first = BigInteger(1 as UInt64)
    private var middle = BigInteger()
    private var last = BigInteger(1 as UInt64)
    private var trace = BigInteger()
    private var product = BigInteger()

    mutating func square() {
        trace.setToSum(of: first, last)
        product.setToProduct(of: middle, trace)
        trace.setToSquare(of: first)
        swap(&first, &trace)
        trace.setToSquare(of: last)
        swap(&last, &trace)
        trace.setToSquare(of: middle)
        first.add(trace)
        last.add(trace)
        swap(&middle, &product)
    }

    /// Multiplies by the matrix itself.
    mutating func advance() {
        swap(&last, &middle)
        // Now last = b, and middle is free.
        middle.set(to: first)
        first.add(last)
    }

    /// b, ending the matrix.
    consuming func takeMiddle() -> BigInteger { middle }
}
