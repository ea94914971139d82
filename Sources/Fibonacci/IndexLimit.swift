internal import Multiprecision

/// The last n of each integer type, which the algorithms that compute with it share.
enum IndexLimit {
    /// F(93) = 12200160415121876738 is the last in 64 bits without a sign.
    static let machineWord = 93

    /// From n = 4 on F(n) has ⌈n log₂ φ − log₂ √5⌉ bits, log₂ φ = 0.69424…; GMP reserves 23/32 of a bit for each n, the
    /// bound here.
    static let bigInteger = BigInteger.maximumBitCount / 23 * 32 - 1024

    /// So many times the bytes that F(n) has: n log₂ φ / 8, rounded up to 9/100 of n.
    static func bytes(of n: Int, times factor: Int) -> Int {
        let (product, overflow) = Int(clamping: n.magnitude).multipliedReportingOverflow(by: 9 * factor)
        return overflow ? .max : product / 100 + 1024
    }
}
