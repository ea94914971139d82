public import Redis

/// What a worker runs many tasks at once with, without a thread for each: see
/// ``QueueWorker/runConcurrently(until:with:)``.
///
/// Only ``prepare(_:at:payload:lease:)`` and ``makeBench()`` must be written. The rest tells where in its course a task
/// is, for instruments; each has an empty default. The hooks of claims come on the thread that claims, in which `prepare`
/// is called too, those of acks on the thread that acks.
public protocol ConcurrentTaskHandler: Sendable {
    /// What a thread that computes keeps to itself: buffers, instruments.
    associatedtype Bench

    /// Makes the bench of a computing thread, on that thread.
    func makeBench() -> Bench
    /// Says what is to be done for the task at `index` of the claim that arrived last. Must not block: nothing is
    /// claimed meanwhile.
    ///
    /// A task may run more than once, as ``TaskHandler/run(_:payload:started:)`` says. Work that takes long asks
    /// `lease` whether it still has a purpose.
    func prepare(_ task: ClaimedTask, at index: Int, payload: RawSpan, lease: Lease) -> TaskWork<Bench>

    /// A round trip is about to begin that claims, or waits when `isWaiting`.
    func exchangeWillBegin(isWaiting: Bool, on source: any TrafficSource)
    /// The round trip ended; it may have brought a claim.
    func exchangeDidEnd(_ exchange: Exchange, on source: any TrafficSource)
    /// These tasks are about to be acked.
    func acksWillBegin(_ portions: [ClaimPortion], on source: any TrafficSource)
    /// They were, with these answers.
    func acksDidEnd(_ portions: [ClaimPortion], _ answers: [[AckAnswer]], on source: any TrafficSource)
    /// A failed task was reported, and this is what becomes of it.
    func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer)
    /// Nothing more will happen to the claim. `isLost` when its lease was lost before all of it was settled.
    func claimDidClose(_ claim: Claim, isLost: Bool)
}

/// What is to be done for a task.
public enum TaskWork<Bench>: Sendable {
    /// Computes, on one of the worker's own threads, in the order in which it was claimed.
    case computing(@Sendable (inout Bench) -> TaskOutcome)
    /// Waits for others, on Swift's cooperative pool, which it must not block.
    case awaiting(@Sendable () async -> TaskOutcome)
    /// Nothing: this is the outcome.
    case settled(TaskOutcome)
}

extension ConcurrentTaskHandler where Bench == Void {
    /// No bench.
    public func makeBench() {}
}

extension ConcurrentTaskHandler {
    /// Does nothing.
    public func exchangeWillBegin(isWaiting: Bool, on source: any TrafficSource) {}
    /// Does nothing.
    public func exchangeDidEnd(_ exchange: Exchange, on source: any TrafficSource) {}
    /// Does nothing.
    public func acksWillBegin(_ portions: [ClaimPortion], on source: any TrafficSource) {}
    /// Does nothing.
    public func acksDidEnd(_ portions: [ClaimPortion], _ answers: [[AckAnswer]], on source: any TrafficSource) {}
    /// Does nothing.
    public func failureDidSettle(_ index: Int, of claim: Claim, _ answer: FailureAnswer) {}
    /// Does nothing.
    public func claimDidClose(_ claim: Claim, isLost: Bool) {}
}
