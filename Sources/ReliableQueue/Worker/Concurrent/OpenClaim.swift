/// A claim whose tasks run, and what is to be told to the queue about it.
///
/// The thread that claims makes it and hands it over before any of its tasks begins; from then on it belongs to the
/// settler, but for its lease and its name, which anybody may read.
final class OpenClaim: @unchecked Sendable {
    let claim: Claim
    let lease: Lease
    /// Tasks that have not ended.
    private(set) var outstanding: Int
    /// Tasks that are done and not acked yet.
    private(set) var done: [Int] = []
    /// True when one of them is somebody else's by now: the claim is not given back, since it is probably not ours.
    private(set) var isSuperseded = false

    init(_ claim: Claim) {
        self.claim = claim
        lease = claim.lease
        outstanding = claim.count
    }

    /// Notes how a task ended; `nil` is for one that never began.
    func note(_ index: Int, _ outcome: TaskOutcome?) {
        outstanding -= 1
        switch outcome {
        case .done: done.append(index)
        case .answered(let result):
            claim.setResult(result, of: index)
            done.append(index)
        case .superseded: isSuperseded = true
        case .failed, .rejected, .declined, nil: break
        }
    }

    /// The tasks to ack, once.
    func takeDone() -> ClaimPortion? {
        guard !done.isEmpty else { return nil }
        defer { done.removeAll() }
        return ClaimPortion(claim: claim, tasks: done)
    }
}
