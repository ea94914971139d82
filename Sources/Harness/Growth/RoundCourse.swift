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
    /// How long from one claim to the next, in nanoseconds; `nil` for as soon as can be.
    var pace: UInt64?
}
