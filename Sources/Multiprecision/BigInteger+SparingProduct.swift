internal import CGMP

extension BigInteger {
    /// `first` · `second`, neither below zero, in less memory than GMP takes for very long numbers; both are used up.
    ///
    /// GMP multiplies long numbers modulo 2^2m − 1, more than the product, which it has from the product modulo 2^m + 1
    /// by a transform and modulo 2^m − 1 by halving on. Its scratch space for all of that is there from the start, and
    /// it keeps the factors whole: a peak of five times the product. Here each half is taken by itself, the larger
    /// first, and the factors shrink with the modulus: 3.5 times, in as much time. Below `sparingLimbs` it is GMP's own.
    ///
    /// Source: R. P. Brent, P. Zimmermann, Modern Computer Arithmetic, 2.4.1 and 3.3; the GMP manual, 15.1.6.
    public static func sparingProduct(
        _ first: consuming BigInteger, _ second: consuming BigInteger
    ) -> BigInteger {
        let limbs = first.limbCount + second.limbCount
        let halvings = limbs < sparingLimbs || first.isZero || second.isZero ? 0 : 3
        // One word more than the product has, so that it is not the modulus.
        let size = fibq_fermat_size((limbs + 1 << halvings) >> halvings) << halvings
        return product(&first, &second, moduloLimbs: size, halvings: halvings)
    }

    /// From so many words of a product on, what it takes is worth sparing.
    static var sparingLimbs: Int { 1 << 14 }

    /// `first` · `second` modulo 2^(64 `limbs`) − 1, which may come out as that modulus instead of 0. Uses both up.
    private static func product(
        _ first: inout BigInteger, _ second: inout BigInteger, moduloLimbs limbs: Int, halvings: Int
    ) -> BigInteger {
        first.fold(toLimbs: limbs)
        second.fold(toLimbs: limbs)
        var product = BigInteger()
        guard halvings > 0 else {
            product.setToProduct(of: first, second)
            first.free()
            second.free()
            product.fold(toLimbs: limbs)
            return product
        }
        let half = limbs / 2
        unsafe fibq_mpz_mul_fermat(product.mpz, first.mpz, second.mpz, half)
        let other = Self.product(&first, &second, moduloLimbs: half, halvings: halvings - 1)
        unsafe fibq_mpz_join(product.mpz, other.mpz, half)
        return product
    }

    /// Becomes what is left modulo 2^(64 `limbs`) − 1, by adding what is above it to what is below, in memory of that
    /// size.
    private mutating func fold(toLimbs limbs: Int) {
        let bits = UInt64(limbs * UInt64.bitWidth)
        while limbCount > limbs {
            let high = BigInteger()
            unsafe fibq_mpz_tdiv_q_2exp(high.mpz, mpz, bits)
            unsafe fibq_mpz_tdiv_r_2exp(mpz, mpz, bits)
            add(high)
        }
        unsafe fibq_mpz_realloc2(mpz, max(bits, 64))
    }

    /// Becomes zero and gives its memory back.
    private mutating func free() {
        set(to: 0)
        unsafe fibq_mpz_realloc2(mpz, 64)
    }
}
