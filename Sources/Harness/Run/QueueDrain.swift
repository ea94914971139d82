import Measurement
import Redis
import ReliableQueue
import Workload

/// Watches a queue that nobody fills any more until it is empty.
struct QueueDrain {
    /// How often the queue is asked whether it is empty, in nanoseconds: the longer it takes to drain, the less often, up to half a
    /// second. Each question takes processor time from Redis, which on a spent t2.small has a fifth of a core.
    private static let lookPeriods: ClosedRange<UInt64> = 50_000_000...500_000_000
    /// How long a queue that does not say what workers hold must be still to be called drained.
    private static let stillness: UInt64 = 1_500_000_000

    private var nextLook: UInt64 = 0
    /// When the queue was first asked.
    private var since: UInt64?
    private var emptyLooks = 0

    /// True when the queue was seen empty twice in a row: a task that a monitor moves between two questions of one look
    /// is seen by the next.
    ///
    /// - Parameter stillSince: since when nothing has ended, by the monotonic clock; `nil` when that is not known.
    mutating func isOver(of queue: QueueShards, stillSince: UInt64?) throws(QueueError) -> Bool {
        let now = MonotonicClock.nanoseconds()
        guard now >= nextLook else { return false }
        since = since ?? now
        let patience = (now - (since ?? now)) / 20
        nextLook = now + min(max(Self.lookPeriods.lowerBound, patience), Self.lookPeriods.upperBound)
        let depth = try queue.depth()
        emptyLooks = depth.backlog == 0 && depth.claims == 0 ? emptyLooks + 1 : 0
        guard emptyLooks >= 2 else { return false }
        // What is popped is in nobody's list: wait until nothing moves.
        return queue.recovers || stillSince.map { now - min($0, now) > Self.stillness } ?? false
    }
}

/// The moment at which a run stops waiting for its queue to drain.
struct DrainDeadline {
    let limit: Duration?
    let sinceFirstClaim: Bool
    private let start = MonotonicClock.nanoseconds()

    /// When a run that has sent everything from now on gives up waiting for the rest.
    init(_ settings: RunSettings) {
        sinceFirstClaim = settings.isBacklog
        limit = settings.isBacklog ? settings.scenario.duration : settings.scenario.drain
    }

    /// Whether it has passed.
    ///
    /// - Parameter firstClaim: when the first claim was made; `nil` when none was.
    func hasPassed(_ firstClaim: UInt64?) -> Bool {
        guard let limit, let from = sinceFirstClaim ? firstClaim : start else { return false }
        let now = MonotonicClock.nanoseconds()
        return now - min(from, now) > UInt64(limit.microseconds) * 1_000
    }
}
