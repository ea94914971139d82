internal import CMPFR

/// A binary floating-point number with a significand of a chosen size, owned by MPFR.
///
/// It never changes once made and may be read from several threads at once. Magnitudes end below 2^(2^30 − 1), MPFR's
/// bound unless a program changes it; beyond it a result is infinite. `Real+Arithmetic.swift` has what is computed with it.
@safe
public struct Real: ~Copyable, @unchecked Sendable {
    /// The address of the number. It never leaves this module.
    let mpfr: UnsafeMutablePointer<__mpfr_struct>

    /// The number `value`, rounded to `precisionBits` bits (exact from 53 on).
    public init(_ value: Double, precisionBits: Int, rounding: RoundingMode = .nearest) {
        self.init(precisionBits: precisionBits)
        unsafe mpfr_set_d(mpfr, value, rounding.mpfr)
    }

    /// The number `value`, rounded to `precisionBits` bits (exact if it has no more).
    public init(_ value: borrowing BigInteger, precisionBits: Int, rounding: RoundingMode = .nearest) {
        self.init(precisionBits: precisionBits)
        unsafe mpfr_set_z(mpfr, value.mpz, rounding.mpfr)
    }

    /// The square root of `value`, correctly rounded to `precisionBits` bits.
    public init(squareRootOf value: UInt, precisionBits: Int, rounding: RoundingMode = .nearest) {
        self.init(precisionBits: precisionBits)
        unsafe mpfr_sqrt_ui(mpfr, value, rounding.mpfr)
    }

    /// A place for a number of that precision, at least one bit; there is none in it yet.
    init(precisionBits: Int) {
        precondition(precisionBits >= 1, "a significand has at least one bit")
        unsafe mpfr = .allocate(capacity: 1)
        unsafe mpfr_init2(mpfr, precisionBits)
    }

    deinit {
        unsafe mpfr_clear(mpfr)
        unsafe mpfr.deallocate()
    }

    /// The size of the significand in bits.
    public var precisionBits: Int {
        unsafe mpfr_get_prec(mpfr)
    }

    /// Whether it is a number, neither infinite nor undefined.
    public var isFinite: Bool {
        unsafe mpfr_number_p(mpfr) != 0
    }

    /// The nearest Double: infinite beyond its range, zero or subnormal below it.
    public var doubleValue: Double {
        unsafe mpfr_get_d(mpfr, MPFR_RNDN)
    }

    /// Its magnitude in decimal, to so many significant digits, as `1.2345e+678`; for numbers that no Double holds.
    public borrowing func magnitudeText(significantDigits: Int) -> String {
        precondition(significantDigits >= 2 && isFinite, "only a finite number has digits")
        var exponent = 0
        let text = unsafe mpfr_get_str(nil, &exponent, 10, significantDigits, mpfr, MPFR_RNDN)
        guard let text = unsafe text else { preconditionFailure("MPFR allocates or ends the process") }
        defer { unsafe mpfr_free_str(text) }
        let digits = unsafe String(cString: text).drop { $0 == "-" }
        guard unsafe mpfr_sgn(mpfr) != 0 else { return "0" }
        // MPFR's point stands before the first digit.
        return "\(digits.prefix(1)).\(digits.dropFirst())e\(exponent > 0 ? "+" : "")\(exponent - 1)"
    }
}

extension BigInteger {
    /// The integer nearest to `value`, a tie going away from zero. A value that is not finite is a programmer's error.
    public init(rounding value: borrowing Real) {
        precondition(value.isFinite, "only a finite number has a nearest integer")
        // The nearest integer to a number of p bits has p bits itself, so this rounding is the only one.
        let integer = Real(precisionBits: value.precisionBits)
        unsafe mpfr_round(integer.mpfr, value.mpfr)
        self.init()
        unsafe mpfr_get_z(mpz, integer.mpfr, MPFR_RNDN)
    }
}
