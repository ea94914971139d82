/// One reading of a distant clock, and the readings of this host's monotonic clock between which it was taken. All times are
/// nanoseconds.
package struct ClockSample: Sendable, Equatable {
    /// When the distant clock was asked.
    package let before: UInt64
    /// What it said, rounded down to its resolution.
    package let distant: UInt64
    /// When its answer arrived.
    package let after: UInt64

    /// A reading between two instants of this host's clock.
    ///
    /// - Precondition: the answer came no sooner than the question.
    package init(before: UInt64, distant: UInt64, after: UInt64) {
        precondition(after >= before, "an answer before its question")
        (self.before, self.distant, self.after) = (before, distant, after)
    }

    /// How long the answer took.
    package var roundTrip: UInt64 { after - before }

    /// Halfway between question and answer: the instant at which the distant clock was read, as far as anybody can tell.
    var middle: UInt64 { before + roundTrip / 2 }

    /// What would have to be added to this host's clock to have the distant one's, if it was read halfway.
    func offset(_ resolution: UInt64) -> Int64 { Int64(distant) + Int64(resolution / 2) - Int64(middle) }

    /// How far from that the true offset may be: the distant clock may have been read at any moment between question and answer.
    func halfWidth(_ resolution: UInt64) -> Double { Double(roundTrip) / 2 + Double(resolution) / 2 }
}
