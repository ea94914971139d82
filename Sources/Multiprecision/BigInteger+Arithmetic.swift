internal import CGMP

/// Arithmetic in place. Sums cost O(bits); products what GMP's multiplication does, from O(bits²) for short numbers to
/// nearly linear for very long ones. Memory is asked for only where the receiver has no room for the result (and by
/// GMP's multiplication for its scratch space); `multiply(by:)` and `square()` need a temporary of the operand's size,
/// which `setToSquare(of:)` avoids.
extension BigInteger {
    /// Makes this `value`, keeping the memory it has.
    public mutating func set(to value: borrowing BigInteger) {
        unsafe fibq_mpz_set(mpz, value.mpz)
    }

    /// Makes this `value`, keeping the memory it has.
    public mutating func set(to value: UInt64) {
        unsafe fibq_mpz_set_ui(mpz, value)
    }

    /// Adds `other`.
    public mutating func add(_ other: borrowing BigInteger) {
        unsafe fibq_mpz_add(mpz, mpz, other.mpz)
    }

    /// Adds `other`, which may be negative.
    public mutating func add(_ other: Int) {
        unsafe fibq_mpz_add_si(mpz, Int64(other))
    }

    /// Subtracts `other`.
    public mutating func subtract(_ other: borrowing BigInteger) {
        unsafe fibq_mpz_sub(mpz, mpz, other.mpz)
    }

    /// Subtracts `other` · `factor`, without a temporary.
    public mutating func subtractProduct(of other: borrowing BigInteger, _ factor: UInt64) {
        unsafe fibq_mpz_submul_ui(mpz, other.mpz, factor)
    }

    /// Adds `other` · `factor`, without a temporary.
    public mutating func addProduct(of other: borrowing BigInteger, _ factor: UInt64) {
        unsafe fibq_mpz_addmul_ui(mpz, other.mpz, factor)
    }

    /// Changes its sign. Cost: O(1).
    public mutating func negate() {
        unsafe fibq_mpz_neg(mpz, mpz)
    }

    /// Multiplies by `other`.
    public mutating func multiply(by other: borrowing BigInteger) {
        unsafe fibq_mpz_mul(mpz, mpz, other.mpz)
    }

    /// Multiplies by itself, which costs about two thirds of a multiplication.
    public mutating func square() {
        unsafe fibq_mpz_mul(mpz, mpz, mpz)
    }

    /// Multiplies by 2 to the power of `bits`; fewer than none is a programmer's error.
    public mutating func shiftLeft(by bits: Int) {
        precondition(bits >= 0, "a shift to the left is not negative")
        unsafe fibq_mpz_mul_2exp(mpz, mpz, UInt64(bits))
    }

    /// Halves it; an odd number is a programmer's error.
    public mutating func halve() {
        precondition(isZero || trailingZeroBitCount > 0, "only an even number has a half")
        unsafe fibq_mpz_tdiv_q_2exp(mpz, mpz, 1)
    }

    /// Divides by `divisor`; one that leaves a remainder is a programmer's error. Cost: O(bits).
    public mutating func divideExactly(by divisor: UInt64) {
        precondition(residue(modulo: divisor) == 0, "an exact division leaves no remainder")
        unsafe fibq_mpz_divexact_ui(mpz, mpz, divisor)
    }

    /// Makes this `first` + `second`.
    public mutating func setToSum(of first: borrowing BigInteger, _ second: borrowing BigInteger) {
        unsafe fibq_mpz_add(mpz, first.mpz, second.mpz)
    }

    /// Makes this the square of `other`.
    public mutating func setToSquare(of other: borrowing BigInteger) {
        unsafe fibq_mpz_mul(mpz, other.mpz, other.mpz)
    }

    /// Makes this `first` · `second`.
    public mutating func setToProduct(of first: borrowing BigInteger, _ second: borrowing BigInteger) {
        unsafe fibq_mpz_mul(mpz, first.mpz, second.mpz)
    }

    /// Makes this the greatest common divisor of the two, which is not negative.
    public mutating func setToGreatestCommonDivisor(
        of first: borrowing BigInteger, _ second: borrowing BigInteger
    ) {
        unsafe fibq_mpz_gcd(mpz, first.mpz, second.mpz)
    }
}
