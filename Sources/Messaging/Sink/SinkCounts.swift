import Measurement

/// What a sink has done since its start.
package struct SinkCounts: Equatable, Sendable {
    /// Requests that arrived, those of batches one by one.
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
    /// Requests failed on purpose; those whose message was placed first count there too.
    package var failed: UInt64 = 0
    /// Connections dropped on purpose, likewise.
    package var dropped: UInt64 = 0
    /// Bytes of the bodies that arrived.
    package var bytes: UInt64 = 0

    /// Nothing yet.
    package init() {}

    /// What was done since `earlier`, as a record of that time.
    func record(since earlier: SinkCounts, from began: UInt64, to ended: UInt64) -> SinkSecondRecord {
        var record = SinkSecondRecord()
        record.began = began
        record.ended = ended
        record.received = received - earlier.received
        record.placed = placed - earlier.placed
        record.repeated = repeated - earlier.repeated
        record.refused = refused - earlier.refused
        record.invalid = invalid - earlier.invalid
        record.unstored = unstored - earlier.unstored
        record.failed = failed - earlier.failed
        record.dropped = dropped - earlier.dropped
        record.bytes = bytes - earlier.bytes
        return record
    }
}
