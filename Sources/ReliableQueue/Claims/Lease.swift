import Synchronization

/// A claim's right to run, as the thread that renews it knows it. Safe to share between threads.
public final class Lease: Sendable {
    /// The claim's name; in `lock` that of its first task.
    public let claimID: String
    /// The tasks whose locks it stands for, in `lock`.
    let locked: [String]
    /// The claim's token as the server wrote it.
    let token: String
    /// How much time each renewal asks for.
    let length: Duration
    /// When the claim was asked for.
    let began: ContinuousClock.Instant
    private let lost = Atomic(false)

    init(claimID: String, locked: [String] = [], token: String, length: Duration, began: ContinuousClock.Instant) {
        self.claimID = claimID
        self.locked = locked
        self.token = token
        self.length = length
        self.began = began
    }

    /// True once the server has said that the claim is gone: whatever is not started must not be.
    public var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Notes that the claim is gone.
    func markLost() { lost.store(true, ordering: .relaxed) }
}
