/// How instants of one host's monotonic clock become those of another's, by way of a third clock that both have read.
package struct ClockAlignment: Sendable, Equatable {
    /// That of a clock with itself.
    package static let identity = ClockAlignment(lines: nil)

    private let lines: Lines?

    private struct Lines: Equatable {
        let own: ClockEstimate
        let common: ClockEstimate
    }

    private init(lines: Lines?) { self.lines = lines }

    /// That of a host's clock with the common one, by what both say of the same third clock.
    package init(_ own: ClockEstimate, to common: ClockEstimate) {
        lines = Lines(own: own, common: common)
    }

    /// The common clock's instant; 0, which stands for none, stays 0, and an instant before the common clock began is its first.
    package func aligned(_ instant: UInt64) -> UInt64 {
        guard let lines, instant != 0 else { return instant }
        return lines.common.local(at: lines.own.distant(at: instant))
    }

    /// How far an aligned instant may be off, in nanoseconds.
    package var error: Double { lines.map { $0.own.error + $0.common.error } ?? 0 }

    /// What is added to an instant in the middle of what was measured, in nanoseconds.
    package var offset: Int64 {
        guard let lines else { return 0 }
        return Int64(aligned(lines.own.reference)) - Int64(lines.own.reference)
    }

    /// By how much that grows in a unit of time.
    package var drift: Double { lines.map { (1 + $0.own.drift) / (1 + $0.common.drift) - 1 } ?? 0 }
}
