internal import Multiprecision

/// Fast doubling on F(k) and the Lucas number L(k) = F(k−1) + F(k+1), from the top bit of n down:
///
///     F(2k) = F(k) L(k)               F(k+1) = (F(k) + L(k)) / 2
///     L(2k) = L(k)² − 2 (−1)^k        L(k+1) = (5 F(k) + L(k)) / 2
///
/// The last bit needs no L: it is F(k) L(k), or F(2k+1) = F(k+1) L(k) − (−1)^k.
///
/// Cost: one multiplication and one squaring for each bit of n, the last bit one multiplication; linear steps where a
/// bit is set.
/// Range: both ways from 0 until GMP's integers end, about n = 1.9 · 10^11, if memory doesn't end first.
/// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8; Cohen, A Course in Computational
/// Algebraic Number Theory, 1.7 on Lucas sequences.
public struct LucasFibonacci: FibonacciAlgorithm {
    /// The one there is; it has no state.
    public init() {}

    /// `lucas`
    public var name: String { "lucas" }
    /// One line for a list of algorithms.
    public var summary: String { "fast doubling on Fibonacci and Lucas numbers with big integers, for any n" }
    /// Nil: the arithmetic is exact.
    public var precisionBits: Int? { nil }
    /// The last n before GMP's integers end, somewhat below it.
    public var largestIndex: Int? { IndexLimit.bigInteger }
    /// Yes, by their reflection.
    public var takesNegativeIndices: Bool { true }

    /// The pair, a product, and what GMP's multiplication takes.
    public func memoryBytes(at n: Int) -> Int { IndexLimit.bytes(of: n, times: 10) }

    /// F(n) as a big integer; throws `overflow` beyond `largestIndex` on either side.
    public func value(at n: Int) throws(FibonacciError) -> FibonacciValue {
        try checkRange(n)
        let index = n.magnitude
        var pair = LucasPair()
        for bit in (0..<UInt.bitWidth - index.leadingZeroBitCount).reversed().dropLast() {
            pair.double()
            if index >> UInt(bit) & 1 == 1 { pair.advance() }
        }
        return FibonacciValue.integer(pair.finish(isOdd: index & 1 == 1)).reflected(to: n)
    }
}

/// F(k) and L(k), from k = 0 on.
private struct LucasPair: ~Copyable {
    private var isEven = true
    private var fibonacci = BigInteger()
    private var lucas = BigInteger(2 as UInt64)
    private var product = BigInteger()

    /// k ← 2k
    mutating func double() {
        product.setToProduct(of: fibonacci, lucas)
        swap(&fibonacci, &product)
        product.setToSquare(of: lucas)
        product.add(isEven ? -2 : 2)
        swap(&lucas, &product)
        isEven = true
    }

    /// k ← k + 1
    mutating func advance() {
        product.set(to: lucas)
        product.addProduct(of: fibonacci, 5)
        product.halve()
        fibonacci.add(lucas)
        fibonacci.halve()
        swap(&lucas, &product)
        isEven.toggle()
    }

    /// F(2k), or F(2k+1), ending the pair.
    consuming func finish(isOdd: Bool) -> BigInteger {
        if isOdd {
            fibonacci.add(lucas)
            fibonacci.halve()
        }
        product.setToProduct(of: fibonacci, lucas)
        if isOdd { product.add(isEven ? -1 : 1) }
        return product
    }
}
