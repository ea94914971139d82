internal import Multiprecision

/// The last n of each integer type, which the algorithms that compute with it share.
enum IndexLimit {
    /// F(93) = 12200160415121876738 is the last in 64 bits without a sign.
    static let machineWord = 93

    /// F(n) has ⌈n log₂ φ − log₂ √5⌉ bits, log₂ φ = 0.69424…; GMP reserves 23/32 of a bit for each n, the bound here.
    static let bigInteger = BigInteger.maximumBitCount / 23 * 32 - 1024
}
