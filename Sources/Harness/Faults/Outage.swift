import Measurement

/// A time in which a server did not answer, or was being replaced, in nanoseconds of the monotonic clock.
struct Outage: Sendable {
    /// When it was hit.
    let began: UInt64
    /// When it, or another in its place, answered again.
    let ended: UInt64
    /// Bytes of its files that it lost; `nil` where none could be.
    var lostBytes: Int?

    /// The time that `body` takes.
    init(_ body: () throws -> Void) rethrows {
        began = MonotonicClock.nanoseconds()
        try body()
        ended = MonotonicClock.nanoseconds()
    }
}
