import Measurement

/// Two clocks and the way between them, for readings of which the truth is known.
struct SimulatedClocks {
    /// What the distant clock is ahead at an instant 0 of this host's, in nanoseconds.
    var offset: Int64
    /// By how much that grows in a unit of time.
    var drift = 0.0
    private var random: SeededGenerator

    init(offset: Int64, drift: Double = 0, seed: UInt64) {
        (self.offset, self.drift, random) = (offset, drift, SeededGenerator(seed: seed))
    }

    /// What is to be added to this host's clock at an instant of it.
    func offset(at instant: UInt64) -> Double { Double(offset) + drift * Double(instant) }

    /// A reading that is begun at an instant, with random delays on the way there and back. The distant clock counts microseconds.
    ///
    /// - Parameters:
    ///   - there: the greatest delay of the question, in nanoseconds.
    ///   - back: that of the answer.
    mutating func reading(at instant: UInt64, there: UInt64, back: UInt64) -> ClockSample {
        let read = instant + UInt64.random(in: 5_000...there, using: &random)
        let after = read + UInt64.random(in: 5_000...back, using: &random)
        let distant = UInt64(Double(read) + offset(at: read))
        return ClockSample(before: instant, distant: distant / 1_000 * 1_000, after: after)
    }

    /// Readings in the way of a run: many at its beginning and at its end, and one a second.
    mutating func readings(from start: UInt64, seconds: UInt64, there: UInt64, back: UInt64) -> [ClockSample] {
        let burst: [UInt64] = (0..<64).map { $0 * 3_000_000 }
        let instants =
            burst.map { start + $0 } + (1..<seconds).map { start + $0 * 1_000_000_000 }
            + burst.map { start + seconds * 1_000_000_000 + $0 }
        return instants.map { reading(at: $0, there: there, back: back) }
    }
}
