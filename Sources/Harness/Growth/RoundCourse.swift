/// What a worker does whose tasks go round.
struct RoundCourse: Sendable {
    /// Tasks are enqueued so many at a time, whatever the size of a claim: the enqueue's cost is the same at each.
    static let usualBatch = 256

    /// The most tasks of a claim.
    var claim: Int
    /// How many tasks are enqueued at a time.
    var batch = Self.usualBatch
    /// Bytes of each payload; `nil` for the one that a run's tasks have.
    var payload: Int?
    /// How many shards the queue has.
    var shards = 1
    /// At what pace; `nil` for as fast as can be.
    var pace: Pace?

    /// A pace of claims and batches that come one by one, evenly spaced.
    struct Pace {
        /// How long from the claim of one worker to that of the next, in nanoseconds.
        let offset: UInt64
        /// How many workers there are.
        let workers: Int

        /// How long from a worker's claim to its next one, in nanoseconds.
        var interval: UInt64 { offset * UInt64(workers) }
        /// How long from a claim to the batch that replaces it: half the way to the next one, between the claims of two others.
        var batchAfter: UInt64 { offset * UInt64(workers / 2) + offset / 2 }
    }
}
