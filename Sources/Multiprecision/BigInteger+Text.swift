internal import CGMP

extension BigInteger {
    /// The number that `text` spells in decimal: digits 0 to 9, after a minus sign if it is negative; nil for any
    /// other text (blanks, a plus sign, separators). Cost: one multiplication of half the length, times its logarithm.
    public init?(decimal text: String) {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        self.init()
        let refusal = unsafe text.withCString { unsafe fibq_mpz_set_decimal(mpz, $0) }
        precondition(refusal == 0, "GMP reads what consists of digits")
    }

    /// The number in decimal: digits without leading zeros, after a minus sign if it is negative.
    ///
    /// One allocation of the text's size, no second pass over it but the check that it is ASCII. The conversion itself
    /// costs one multiplication of half the length, times its logarithm; for short numbers O(length²).
    public borrowing func decimal() -> String {
        limbCount <= Self.shortTextLimbs ? shortDecimal() : longDecimal()
    }

    /// GMP's own conversion, straight into the string.
    private borrowing func longDecimal() -> String {
        // Room for a sign and for the zero byte at the end, which the string then drops.
        let capacity = unsafe fibq_mpz_sizeinbase(mpz, 10) + 2
        let source = unsafe mpz
        return unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
            unsafe fibq_mpz_get_decimal(buffer.baseAddress, source)
            // GMP's size is exact or one too large, so the zero byte is among the last three.
            return unsafe buffer[(capacity - 3)...].firstIndex(of: 0) ?? capacity
        }
    }
}
