internal import CMPFR

/// Arithmetic. Each result takes an allocation, has the precision of the receiver, and is the exact result correctly
/// rounded in the mode given. Cost: that of GMP's multiplication of `precisionBits` bits, a few times over for a
/// division, about 2 log₂ of the exponent times for a power.
extension Real {
    /// This number and 1 together.
    public borrowing func addingOne(rounding: RoundingMode = .nearest) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_add_ui(result.mpfr, mpfr, 1, rounding.mpfr)
        return result
    }

    /// This number less `other`.
    public borrowing func subtracting(_ other: borrowing Real, rounding: RoundingMode = .nearest) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_sub(result.mpfr, mpfr, other.mpfr, rounding.mpfr)
        return result
    }

    /// This number divided by `other`; infinite, or no number for 0 / 0, if that is zero.
    public borrowing func divided(by other: borrowing Real, rounding: RoundingMode = .nearest) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_div(result.mpfr, mpfr, other.mpfr, rounding.mpfr)
        return result
    }

    /// This number to the power of `exponent`, 1 for the exponent 0.
    public borrowing func raised(to exponent: UInt, rounding: RoundingMode = .nearest) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_pow_ui(result.mpfr, mpfr, exponent, rounding.mpfr)
        return result
    }

    /// This number times 2 to the power of `exponent`: exact.
    public borrowing func scaled(byPowerOfTwo exponent: Int) -> Real {
        let result = Real(precisionBits: precisionBits)
        unsafe mpfr_mul_2si(result.mpfr, mpfr, exponent, MPFR_RNDN)
        return result
    }

    /// This number rounded to another precision (exact if that is no smaller).
    public borrowing func rounded(toPrecisionBits bits: Int, rounding: RoundingMode = .nearest) -> Real {
        let result = Real(precisionBits: bits)
        unsafe mpfr_set(result.mpfr, mpfr, rounding.mpfr)
        return result
    }
}
