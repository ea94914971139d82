/// Logarithm and exponential from IEEE 754 additions, multiplications and divisions only.
///
/// The C library's differ in their last bit between processors and versions, which is enough to change a rounded
/// parameter now and then; these give the same bits everywhere (Swift never fuses a multiplication with an addition
/// unless it is told to). Accurate to a few units in the last place, which is ample for sampling.
package enum PortableMath {
    /// ln 2 in two parts: the high one ends in zeros, so that its product with a small whole number is exact.
    private static let ln2 = (high: 0x1.62e42feep-1, low: 1.9082149292705877e-10)

    /// The bits of √½.
    private static let halfRoot: UInt64 = 0x3fe6_a09e_667f_3bcd

    /// The natural logarithm of a positive, normal, finite number.
    ///
    /// With x = 2ᵏ·m and m within √½…√2, ln x = k·ln 2 + 2·artanh((m − 1)/(m + 1)), by the series of artanh.
    package static func log(_ x: Double) -> Double {
        // Splits off the exponent without a branch, which random arguments would make mispredicted half the time.
        let power = Int64(bitPattern: x.bitPattern &- halfRoot) >> 52
        let significand = Double(bitPattern: x.bitPattern &- UInt64(bitPattern: power << 52))
        let exponent = Double(power)
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var series = 0.0
        var divisor = 21.0
        while divisor >= 1 {
            series = series * square + 1 / divisor
            divisor -= 2
        }
        return exponent * ln2.high + (exponent * ln2.low + 2 * ratio * series)
    }

    /// e to the power `x`, which must be within −700…700.
    ///
    /// With x = k·ln 2 + r and |r| at most half of ln 2, eˣ = 2ᵏ·eʳ, by the Taylor series of eʳ.
    package static func exp(_ x: Double) -> Double {
        // At 1.5 · 2⁵² a Double has no fraction: going there and back rounds, without a call to the C library.
        let power = (x * (1 / (ln2.high + ln2.low)) + 0x1.8p52) - 0x1.8p52
        let rest = (x - power * ln2.high) - power * ln2.low
        var series = 1.0
        var divisor = 14.0
        while divisor >= 1 {
            series = 1 + series * (rest * (1 / divisor))
            divisor -= 1
        }
        return series * Double(bitPattern: UInt64(Int64(power) + 1023) << 52)
    }
}
