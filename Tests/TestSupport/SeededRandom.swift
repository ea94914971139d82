/// Random numbers that a printed seed brings back: an xorshift generator (Marsaglia, 2003).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts from a new seed, and prints it: a failing test is repeated by giving that one here.
    package init(seed: UInt64 = .random(in: 1 ... .max), test: String = #function) {
        print("seed of \(test): \(seed)")
        state = max(seed, 1)
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
