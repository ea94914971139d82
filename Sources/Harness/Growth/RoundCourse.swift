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

    /// A pace of claims and batches that come one by one, as those of processes that know nothing of each other do.
    struct Pace {
        /// How long from a worker's claim to its next one, in nanoseconds. Its batch comes in the middle.
        var interval: UInt64
        /// By how much later than the one before each worker begins, in nanoseconds.
        var offset: UInt64
    }
}
