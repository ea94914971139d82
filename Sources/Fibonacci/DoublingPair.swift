internal import Multiprecision

/// F(k) and F(k+1), from k = 0 on, and the two integers that a step works with.
struct DoublingPair: ~Copyable {
    /// F(n)
    static func fibonacci(_ n: UInt) -> BigInteger {
        var pair = DoublingPair(upTo: Int(n / 2))
        for bit in (0..<UInt.bitWidth - n.leadingZeroBitCount).reversed().dropLast() {
            pair.double()
            if n >> UInt(bit) & 1 == 1 { pair.advance() }
        }
        return pair.finish(isOdd: n & 1 == 1)
    }

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

    /// F(2k), or F(2k+1), ending the pair.
    private consuming func finish(isOdd: Bool) -> BigInteger {
        if isOdd {
            next.addProduct(of: current, 2)
        } else {
            next.shiftLeft(by: 1)
            next.subtract(current)
        }
        nextSquared.setToProduct(of: current, next)
        if isOdd { nextSquared.add(isEven ? 1 : -1) }
        return nextSquared
    }
}
