/// How large a world is, and how often what may go wrong in it.
package struct Bounds: Hashable, Sendable {
    /// Tasks, 1 to 3.
    package var tasks = 2
    /// Tasks in each batch of the producer.
    package var batchSize = 1
    /// Workers, 1 or 2.
    package var workers = 2
    /// Monitors, 0 to 2.
    package var monitors = 1
    /// Most tasks a claim.
    package var claim = 2
    /// The tasks are in the queue from the beginning, and acknowledged; otherwise a producer enqueues them.
    package var isFilled = true
    /// The producer sends a batch before the last one is answered. (``QueueProducer`` doesn't; an earlier draft did.)
    package var isPipelined = false
    /// Workers ack each task by itself, as a worker does that runs many at once.
    package var acksSingly = false

    /// Deaths of workers and monitors.
    package var crashes = 0
    /// Workers that died are started anew.
    package var restarts = true
    /// Suspensions of workers.
    package var pauses = 0
    /// Leases or locks that run out although their holder lives and is not suspended: a clock that jumps, a renewal that is late.
    /// Those of the dead, the suspended and of claims that nobody knows of run out without it.
    package var expiries = 0
    /// Connections that are lost after a command was carried out, or while it is on its way.
    package var lostReplies = 0
    /// Commands may arrive after their connection was given up.
    package var lateArrivals = false
    /// Enqueues that the server refuses with an error.
    package var refusals = 0
    /// Times that the server comes back as it was when it saved last; it may save once for each.
    package var rollbacks = 0
    /// What the server loses with a rollback may come back with the next: two servers that take turns.
    package var hasTwoBranches = false
    /// Workers that are told to stop.
    package var stops = 0
    /// Tasks that throw.
    package var failures = 0
    /// Losses of its worker after which a task is a dead letter.
    package var mostRedeliveries = 5
    /// Failures after which a task is a dead letter.
    package var mostFailures = 1

    /// Two tasks, two workers, one monitor, and nothing goes wrong.
    package init() {}

    /// A copy that `change` has changed.
    package func with(_ change: (inout Bounds) -> Void) -> Bounds {
        var copy = self
        change(&copy)
        return copy
    }
}

/// What may still go wrong in a state.
struct Budget: Hashable, Sendable {
    var crashes: UInt8
    var pauses: UInt8
    var expiries: UInt8
    var lostReplies: UInt8
    var refusals: UInt8
    var rollbacks: UInt8
    var saves: UInt8
    var stops: UInt8
    var failures: UInt8

    init(_ bounds: Bounds) {
        crashes = UInt8(bounds.crashes)
        pauses = UInt8(bounds.pauses)
        expiries = UInt8(bounds.expiries)
        lostReplies = UInt8(bounds.lostReplies)
        refusals = UInt8(bounds.refusals)
        rollbacks = UInt8(bounds.rollbacks)
        saves = UInt8(bounds.rollbacks)
        stops = UInt8(bounds.stops)
        failures = UInt8(bounds.failures)
    }
}
