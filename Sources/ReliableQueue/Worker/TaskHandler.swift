/// What runs a worker's tasks, one slot's worth: each slot has a handler of its own and calls it from its one thread.
///
/// Only ``run(_:payload:started:)`` must be written. The rest tells a handler where in the worker's turn it is, for
/// instruments; each has an empty default. Times are nanoseconds of CLOCK_MONOTONIC.
public protocol TaskHandler: SendableMetatype {
    /// Runs one task. May block: the thread is the slot's own, and another one renews the lease.
    ///
    /// A task may run more than once (after its worker lost its lease, for example): hand `task.token` to whatever
    /// effect it has, and let that refuse a token lower than one that it has seen.
    mutating func run(_ task: ClaimedTask, payload: RawSpan, started: UInt64) -> TaskOutcome

    /// A round trip is about to begin: it acks what was run last and claims anew, or waits when `isWaiting`.
    mutating func exchangeWillBegin(isWaiting: Bool)
    /// The round trip ended. `finished` is the claim that it acked, if any.
    mutating func exchangeDidEnd(_ exchange: Exchange, finished: Claim?)
    /// The task that was run last (or could not be decoded) had this outcome.
    mutating func taskDidEnd(_ index: Int, of claim: Claim, _ outcome: TaskOutcome, finished: UInt64)
    /// These tasks were acked by the worker's watch, since another task of their claim is over its time limit. Comes on the
    /// watch's thread, while that task may still run on the slot's own, and nothing else does: so it must touch nothing that
    /// ``run(_:payload:started:)`` changes.
    func tasksDidSettleElsewhere(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer])
    /// A failed task was reported, and this is what becomes of it.
    mutating func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer)
    /// No further task of the claim will be run: all were, or the worker is stopping, or the lease is lost.
    mutating func claimDidEnd(_ claim: Claim)
    /// Single tasks of a claim were acked, since the rest is given back.
    mutating func tasksDidSettle(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer])
    /// The lease was lost before the claim could be acked: its results count for nothing.
    mutating func claimWasLost(_ claim: Claim)
}

/// How a task ended.
public enum TaskOutcome: Sendable, Equatable {
    /// Done: it will be acked.
    case done
    /// Done, and this came of it: kept with the ack where the task asked for its result
    /// (``ClaimedTask/keepsResultFor``), and dropped where not.
    case answered([UInt8])
    /// It failed and may succeed another time.
    case failed(reason: String)
    /// It can never succeed: it becomes a dead letter.
    case rejected(reason: String)
    /// Whoever guards its effect has seen a later token: somebody else has the task. It is neither acked nor failed.
    case superseded
    /// It was not run, and this handler can run no other: the worker gives back what it holds, and stops.
    case declined
}

extension TaskHandler {
    /// Does nothing.
    public mutating func exchangeWillBegin(isWaiting: Bool) {}
    /// Does nothing.
    public mutating func exchangeDidEnd(_ exchange: Exchange, finished: Claim?) {}
    /// Does nothing.
    public mutating func taskDidEnd(_ index: Int, of claim: Claim, _ outcome: TaskOutcome, finished: UInt64) {}
    /// Does nothing.
    public func tasksDidSettleElsewhere(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {}
    /// Does nothing.
    public mutating func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer) {}
    /// Does nothing.
    public mutating func claimDidEnd(_ claim: Claim) {}
    /// Does nothing.
    public mutating func tasksDidSettle(_ tasks: [Int], of claim: Claim, _ answers: [AckAnswer]) {}
    /// Does nothing.
    public mutating func claimWasLost(_ claim: Claim) {}
}
