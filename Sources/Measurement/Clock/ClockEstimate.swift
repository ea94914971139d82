/// How a distant clock runs beside this host's monotonic one, from readings of it: a straight line, and how far it may be off.
///
/// The readings with the shortest round trips tell most (Cristian 1989; NTP's clock filter, RFC 5905, section 10): the best one
/// near the beginning and the best one near the end make the line. Neither can be off by more than half its round trip. All
/// others are held against it: what contradicts it, since a clock was set or ran unevenly, widens the error.
package struct ClockEstimate: Sendable, Equatable, Codable {
    /// Readings that are closer together say nothing of the drift.
    package static let leastSpan: UInt64 = 1_000_000_000

    /// The instant of this host's clock for which the offset holds, in nanoseconds.
    package let reference: UInt64
    /// What is to be added to this host's clock at that instant to have the distant one's, in nanoseconds.
    package let offset: Int64
    /// By how much the offset grows in a unit of time: 1e-6 is a part in a million.
    package let drift: Double
    /// How far the line may be off anywhere between the first reading and the last, in nanoseconds.
    package let error: Double
    /// How many readings there are.
    package let samples: Int
    /// The shortest round trip, in nanoseconds.
    package let bestRoundTrip: UInt64
    /// From the first reading to the last, in nanoseconds.
    package let span: UInt64

    /// Draws the line through readings in the order of time.
    ///
    /// - Parameter resolution: the distant clock's, in nanoseconds: it rounds down to a multiple of that.
    /// - Returns: `nil` without any reading.
    package init?(_ readings: [ClockSample], resolution: UInt64) {
        guard let first = readings.first, let last = readings.last, let best = Self.best(of: readings[...]) else {
            return nil
        }
        let span = last.middle - min(first.middle, last.middle)
        let margin = span / 8
        let early = Self.best(of: readings.prefix { $0.middle <= first.middle + margin }) ?? best
        let late = Self.best(of: readings.drop { $0.middle < last.middle - margin }) ?? best
        let line =
            span < Self.leastSpan
            ? Line(through: best, resolution) : Line(through: early, late, from: first, to: last, resolution)
        let contradiction =
            readings.map { reading in
                let distance = Double(line.offset(at: reading.middle) - reading.offset(resolution)).magnitude
                return max(0, distance - reading.halfWidth(resolution))
            }.max() ?? 0
        (reference, offset, drift, error) = (line.reference, line.offset, line.drift, line.error + contradiction)
        (samples, bestRoundTrip, self.span) = (readings.count, best.roundTrip, span)
    }

    /// What is to be added to this host's clock at an instant of it, in nanoseconds.
    package func offset(at instant: UInt64) -> Int64 {
        let elapsed = Double(Int64(instant) - Int64(reference))
        return offset + Int64((drift * elapsed).rounded())
    }

    /// The distant clock's nanoseconds at an instant of this host's.
    package func distant(at instant: UInt64) -> Int64 { Int64(instant) + offset(at: instant) }

    /// The instant of this host's clock at which the distant one has come to these nanoseconds; 1 for any before it began.
    package func local(at distant: Int64) -> UInt64 {
        let elapsed = Double(distant - offset - Int64(reference)) / (1 + drift)
        return UInt64(max(1, Int64(reference) + Int64(elapsed.rounded())))
    }

    private static func best(of readings: ArraySlice<ClockSample>) -> ClockSample? {
        readings.min { $0.roundTrip < $1.roundTrip }
    }

    /// An offset that grows evenly.
    private struct Line {
        let reference: UInt64
        let offset: Int64
        var drift = 0.0
        let error: Double

        /// One that does not grow.
        init(through reading: ClockSample, _ resolution: UInt64) {
            (reference, offset) = (reading.middle, reading.offset(resolution))
            error = reading.halfWidth(resolution)
        }

        /// One through two readings, to be used between two others, where it may lie a little beyond the two: its error there is
        /// that of both, in proportion.
        init(
            through early: ClockSample, _ late: ClockSample, from first: ClockSample, to last: ClockSample,
            _ resolution: UInt64
        ) {
            (reference, offset) = (early.middle, early.offset(resolution))
            let length = Double(late.middle - early.middle)
            drift = Double(late.offset(resolution) - offset) / length
            let (before, after) = (early.halfWidth(resolution), late.halfWidth(resolution))
            let ends = [first.middle, last.middle].map { instant in
                let share = Double(Int64(instant) - Int64(early.middle)) / length
                return (1 - share).magnitude * before + share.magnitude * after
            }
            error = max(before, after, ends.max() ?? 0)
        }

        func offset(at instant: UInt64) -> Int64 {
            offset + Int64((drift * Double(Int64(instant) - Int64(reference))).rounded())
        }
    }
}
