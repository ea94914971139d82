/// Arithmetic on the integers from 0 to `modulus` − 1, without allocation.
///
/// A product takes one full-width multiplication and a reduction: a 128-by-64-bit division, or, for the Mersenne prime
/// of the audit, a shift and an addition, since 2^61 ≡ 1 modulo 2^61 − 1.
@usableFromInline
struct ModularArithmetic {
    /// From 1 to 2^63 − 1, so that a sum of two residues fits a word.
    let modulus: UInt64

    /// Any other modulus is a programmer's error.
    @usableFromInline
    init(modulus: UInt64) {
        precondition(modulus > 0 && modulus < 1 << 63, "a modulus is from 1 to 2^63 - 1")
        self.modulus = modulus
    }

    /// a + b
    func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let sum = a &+ b
        return sum >= modulus ? sum &- modulus : sum
    }

    /// a − b
    func difference(_ a: UInt64, _ b: UInt64) -> UInt64 {
        a >= b ? a &- b : a &+ modulus &- b
    }

    /// a · b
    func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        guard modulus == FibonacciResidue.auditPrime else { return modulus.dividingFullWidth(product).remainder }
        return sum(product.low & modulus, product.high << 3 | product.low >> 61)
    }

    /// 2^exponent, by squaring; the exponent is not negative.
    func powerOfTwo(_ exponent: Int) -> UInt64 {
        var (power, square, rest) = (1 % modulus, 2 % modulus, exponent)
        while rest > 0 {
            if rest & 1 == 1 { power = product(power, square) }
            square = product(square, square)
            rest >>= 1
        }
        return power
    }

    /// The integer nearest to a finite `value`, a tie going away from zero, as a residue: exact for every Double.
    @usableFromInline
    func residue(ofRounded value: Double) -> UInt64 {
        precondition(value.isFinite, "only a finite number has a nearest integer")
        let magnitude = value.rounded().magnitude
        let residue: UInt64
        if let integer = UInt64(exactly: magnitude) {
            residue = integer % modulus
        } else {
            // Beyond 2^64: an integral significand of 53 bits times a power of two.
            let significand = magnitude.significandBitPattern | 1 << Double.significandBitCount
            let power = powerOfTwo(Int(magnitude.exponent) - Double.significandBitCount)
            residue = product(significand % modulus, power)
        }
        return value < 0 ? difference(0, residue) : residue
    }
}
