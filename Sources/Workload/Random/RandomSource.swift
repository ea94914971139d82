/// The xoshiro256** 1.0 generator of D. Blackman and S. Vigna ("Scrambled Linear Pseudorandom Number Generators",
/// ACM Transactions on Mathematical Software 47, 2021), seeded by SplitMix64 as they advise.
///
/// The same seed gives the same numbers on every machine and with every version of Swift: it is the reason why this
/// does not rest on the standard library's `random(in:)`, whose method is not promised. Not for secrets.
package struct RandomSource: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A source in that state, in which at least one bit must be set.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

    /// Takes its 256 bits of state from `seeds`, so that sources made one after another are independent.
    package init(seeds: inout SplitMix64) {
        self.init(state: (seeds.next(), seeds.next(), seeds.next(), seeds.next()))
    }

    /// 64 uniform bits.
    package mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product &<< 7) | (product &>> 57)) &* 9
        let carried = state.1 &<< 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= carried
        state.3 = (state.3 &<< 45) | (state.3 &>> 19)
        return result
    }

    /// A uniform integer below `bound`, which must be positive; without bias.
    ///
    /// Multiplies and rejects (D. Lemire, "Fast Random Integer Generation in an Interval", 2019): one number nearly
    /// always, no division but in rare cases.
    package mutating func below(_ bound: UInt64) -> UInt64 {
        var product = bound.multipliedFullWidth(by: next())
        if product.low < bound {
            let biased = (0 &- bound) % bound
            while product.low < biased { product = bound.multipliedFullWidth(by: next()) }
        }
        return product.high
    }

    /// A uniform number in 0..<1, a multiple of 2⁻⁵³.
    package mutating func unit() -> Double { Double(next() &>> 11) * 0x1p-53 }

    /// An exponentially distributed number of mean 1; never above 37.
    package mutating func exponential() -> Double { -PortableMath.log(1 - unit()) }

    /// A number of the standard normal distribution, by G. Marsaglia's polar method (1964).
    package mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
            let square = x * x + y * y
            if square < 1, square > 0 {
                return x * (-2 * PortableMath.log(square) / square).squareRoot()
            }
        }
    }
}

/// The SplitMix64 generator (G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014):
/// spreads one 64-bit seed over the state of others.
package struct SplitMix64: Sendable {
    private var state: UInt64

    /// Any seed is as good as another, 0 included.
    package init(seed: UInt64) { state = seed }

    /// 64 uniform bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits &>> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits &>> 31)
    }
}
