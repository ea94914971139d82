/// How the server took an ack.
public enum AckAnswer: UInt8, Sendable {
    /// The tasks are done and gone.
    case acked
    /// The lease was gone: somebody else runs the tasks, or has. Refused; the result must not be used twice.
    case stale
    /// The ack was sent twice, since the first answer was lost, and the claim is gone: the first was probably taken.
    case unknown
}

/// What one round trip of a worker brought.
public struct Exchange {
    /// The answer to the ack that it carried.
    public var ack: AckAnswer?
    /// The tasks of that claim for which the answer was another: in `lock`, where each is acked by itself.
    public var exceptions: [(task: Int, answer: AckAnswer)] = []
    /// The claim that it fetched.
    public var claim: Claim?
    /// When there was nothing to claim: how long until a delayed task is due.
    public var dueIn: Duration?
    /// How much of the time was spent blocked on an empty queue.
    public var blockedFor: Duration = .zero
}

/// What became of a task that failed.
public enum FailureAnswer: Equatable, Sendable {
    /// It will be tried again after this time.
    case delayed(Duration)
    /// It is a dead letter.
    case dead
    /// The claim does not hold it any more: the lease was lost, or the report was sent twice, since the first answer was
    /// lost, and the first was taken.
    case stale
}

/// Why a task failed, and whether it may succeed another time.
public struct TaskFailure: Sendable {
    /// For the dead letters.
    public var reason: String
    /// False when no further attempt can succeed.
    public var isRetryable: Bool

    /// A failure.
    public init(reason: String, isRetryable: Bool = true) {
        self.reason = reason
        self.isRetryable = isRetryable
    }
}

/// What one step of recovery did.
public struct Recovery: Equatable, Sendable {
    /// Tasks put back.
    public var recovered = 0
    /// Tasks that lost their worker too often and are dead letters now.
    public var dead = 0
    /// True when more expired claims may be waiting: call again.
    public var hasMore = false
    /// How long until the next lease runs out, unless it is renewed; `nil` when there is none.
    public var nextExpiry: Duration?

    /// Nothing done.
    public init() {}
}

/// How a producer's batch was taken.
public enum EnqueueAnswer: Equatable, Sendable {
    /// It is in the queue, once.
    case accepted
    /// Refused: the server has lost every batch above `last`.
    case gap(last: UInt32)
}

/// What lies where in a queue. Counts tasks, unless it says otherwise.
public struct QueueDepth: Equatable, Sendable {
    /// Waiting for a first attempt.
    public var pending = 0
    /// Waiting for another attempt.
    public var retry = 0
    /// Waiting for their time.
    public var delayed = 0
    /// Claims (of any number of tasks) that a worker holds.
    public var claims = 0
    /// Given up.
    public var dead = 0

    /// Tasks that a worker could claim now or later.
    public var backlog: Int { pending + retry + delayed }

    /// An empty queue.
    public init() {}

    /// What lies in both of two queues.
    public static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum.pending += other.pending
        sum.retry += other.retry
        sum.delayed += other.delayed
        sum.claims += other.claims
        sum.dead += other.dead
        return sum
    }
}

/// Where in a queue a task lies.
public enum TaskPlace: Sendable {
    /// In a list from which it can be claimed, now or later.
    case waiting
    /// Held by a worker, dead or alive.
    case claimed
    /// Given up.
    case dead
}
