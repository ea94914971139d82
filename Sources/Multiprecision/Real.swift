internal import CMPFR

/// A binary floating-point number with a significand of a chosen size, owned by MPFR.
///
/// It never changes once made. Each result has the precision of the receiver, is the exact result rounded to nearest
/// (ties to even), and takes an allocation. Exponents are bounded by ±2^62, which nothing here comes near.
@safe
package struct Real: ~Copyable, @unchecked Sendable {
    /// The address of the number. It never leaves this module.
    private let mpfr: UnsafeMutablePointer<__mpfr_struct>

    /// The number `value`, rounded to `precisionBits` bits (exact from 53 on).
    package init(_ value: Double, precisionBits: Int) {
        self.init(precisionBits: precisionBits)
        unsafe mpfr_set_d(mpfr, value, MPFR_RNDN)
    }

    /// The number `value`, rounded to `precisionBits` bits (exact if it has no more).
    package init(_ value: borrowing BigInteger, precisionBits: Int) {
        self.init(precisionBits: precisionBits)
        unsafe mpfr_set_z(mpfr, value.mpz, MPFR_RNDN)
    }

    /// A place for a number of that precision, at least one bit; there is none in it yet.
    private init(precisionBits: Int) {
        precondition(precisionBits >= 1, "a significand has at least one bit")
        unsafe mpfr = .allocate(capacity: 1)
        unsafe mpfr_init2(mpfr, precisionBits)
    }

    deinit {
        unsafe mpfr_clear(mpfr)
        unsafe mpfr.deallocate()
    }

    /// The size of the significand in bits.
    package var precisionBits: Int {
        unsafe mpfr_get_prec(mpfr)
    }

    /// This number less `other`.
    package borrowing func subtracting(_ other: borrowing Real) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_sub(result.mpfr, mpfr, other.mpfr, MPFR_RNDN)
        return result
    }

    /// This number divided by `other`; infinite, or no number for 0 / 0, if that is zero.
    package borrowing func divided(by other: borrowing Real) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_div(result.mpfr, mpfr, other.mpfr, MPFR_RNDN)
        return result
    }

    /// This number times 2 to the power of `exponent`: exact.
    package borrowing func scaled(byPowerOfTwo exponent: Int) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_mul_2si(result.mpfr, mpfr, exponent, MPFR_RNDN)
        return result
    }

    /// The nearest Double: infinite beyond its range, zero or subnormal below it.
    package var doubleValue: Double {
        unsafe mpfr_get_d(mpfr, MPFR_RNDN)
    }
}
