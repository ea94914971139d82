/// What a sink of messages did in about a second: 88 bytes, all of them counts of that second alone.
package struct SinkSecondRecord: JournalRecord {
    package static let magic: UInt64 = 0x31534B53_51424946  // "FIBQSKS1"

    /// When the second began, in nanoseconds of the monotonic clock.
    package var began: UInt64 = 0
    /// When it ended.
    package var ended: UInt64 = 0
    /// Requests that arrived.
    package var received: UInt64 = 0
    /// Messages placed.
    package var placed: UInt64 = 0
    /// Requests answered with an earlier receipt.
    package var repeated: UInt64 = 0
    /// Requests refused because a later token had been seen.
    package var refused: UInt64 = 0
    /// Requests that were malformed or too long.
    package var invalid: UInt64 = 0
    /// Requests that could not be stored.
    package var unstored: UInt64 = 0
    /// Requests failed on purpose.
    package var failed: UInt64 = 0
    /// Connections dropped on purpose.
    package var dropped: UInt64 = 0
    /// Bytes of the bodies that arrived.
    package var bytes: UInt64 = 0

    /// A record of zeros, to be filled in.
    package init() {}
}
