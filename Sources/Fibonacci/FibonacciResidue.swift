/// F(n) modulo m, exactly, for every n and every m from 1 to 2^63 − 1: what computed values are checked against.
///
/// It shares nothing with the algorithms it judges: no big integer, no floating point, no table.
public enum FibonacciResidue {
    /// The modulus that the audit of a run uses: the Mersenne prime 2^61 − 1, for which reduction is cheapest.
    ///
    /// Two different integers of the size of F(n) agree modulo it about once in 2.3 · 10^18 times.
    public static let auditPrime: UInt64 = (1 << 61) - 1

    /// F(n) modulo `modulus`, by fast doubling from the top bit of n down:
    ///
    ///     F(2k)   = F(k) · (2 F(k+1) − F(k))
    ///     F(2k+1) = F(k)² + F(k+1)²
    ///
    /// A negative n is taken by F(−n) = (−1)^(n+1) F(n). A modulus outside of its range is a programmer's error.
    /// Cost: three modular multiplications for each bit of n; no allocation.
    /// Source: Knuth, The Art of Computer Programming, volume 1, 1.2.8, equation (6) for m = n and m = n + 1.
    public static func value(at n: Int, modulo modulus: UInt64) -> UInt64 {
        let residues = ModularArithmetic(modulus: modulus)
        let value = doubling(n.magnitude, residues)
        return n < 0 && n.isMultiple(of: 2) ? residues.difference(0, value) : value
    }

    private static func doubling(_ n: UInt, _ residues: ModularArithmetic) -> UInt64 {
        // F(k) and F(k+1), where k is what the bits of n taken so far spell.
        var (current, next): (UInt64, UInt64) = (0, 1 % residues.modulus)
        for bit in (0..<UInt.bitWidth - n.leadingZeroBitCount).reversed() {
            let twiceNext = residues.sum(next, next)
            let even = residues.product(current, residues.difference(twiceNext, current))
            let odd = residues.sum(residues.product(current, current), residues.product(next, next))
            (current, next) = n >> UInt(bit) & 1 == 0 ? (even, odd) : (odd, residues.sum(even, odd))
        }
        return current
    }
}
