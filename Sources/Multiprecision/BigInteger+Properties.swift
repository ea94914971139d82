internal import CGMP

extension BigInteger {
    /// How many bits the magnitude has: 0 for zero, else the k for which 2^(k−1) ≤ |x| < 2^k. Cost: O(1).
    public var bitCount: Int {
        unsafe fibq_mpz_sgn(mpz) == 0 ? 0 : fibq_mpz_sizeinbase(mpz, 2)
    }

    /// How many 64-bit words the magnitude takes: none for zero. Cost: O(1).
    var limbCount: Int { Int(unsafe fibq_mpz_size(mpz)) }

    /// How many times 2 divides it; 0 for zero. Cost: O(that many).
    public var trailingZeroBitCount: Int {
        unsafe fibq_mpz_sgn(mpz) == 0 ? 0 : Int(fibq_mpz_scan1(mpz, 0))
    }

    /// Whether it is below zero.
    public var isNegative: Bool {
        unsafe fibq_mpz_sgn(mpz) < 0
    }

    /// Whether the number is zero.
    public var isZero: Bool {
        unsafe fibq_mpz_sgn(mpz) == 0
    }

    /// The number modulo `modulus`, from 0 to `modulus` − 1 for negative numbers too. Cost: O(bits).
    ///
    /// A modulus of zero is a programmer's error.
    public borrowing func residue(modulo modulus: UInt64) -> UInt64 {
        precondition(modulus > 0, "a modulus is not zero")
        return unsafe fibq_mpz_fdiv_ui(mpz, modulus)
    }

    /// Whether two numbers are the same. Cost: O(bits).
    public static func == (left: borrowing BigInteger, right: borrowing BigInteger) -> Bool {
        unsafe fibq_mpz_cmp(left.mpz, right.mpz) == 0
    }

    /// Whether the left number is smaller. Cost: O(bits).
    public static func < (left: borrowing BigInteger, right: borrowing BigInteger) -> Bool {
        unsafe fibq_mpz_cmp(left.mpz, right.mpz) < 0
    }
}
