import Synchronization

/// A claim's right to run, as the thread that renews it knows it. Safe to share between threads.
public final class Lease: Sendable {
    /// The claim's name; in `lock` that of its first task.
    public let claimID: String
    /// The shard that the claim is of.
    let shard: Int
    /// The names of its tasks' locks, in `lock`, where each has one.
    let locked: LockNames
    /// The claim's token as the server wrote it.
    let token: String
    /// How much time each renewal asks for.
    let length: Duration
    /// When the claim was asked for, or earlier: the server counts from no earlier moment.
    let began: ContinuousClock.Instant
    private let lost = Atomic(false)
    /// Which locks are gone, by their tasks' places; empty while none is.
    private let unlocked = Mutex<[Bool]>([])

    init(
        claimID: String, shard: Int, locked: LockNames = LockNames(), token: String, length: Duration,
        began: ContinuousClock.Instant
    ) {
        (self.claimID, self.shard) = (claimID, shard)
        self.locked = locked
        self.token = token
        self.length = length
        self.began = began
    }

    /// The locks of these tasks go, and are not to be renewed any more: said before they go, since a renewal may be on its way.
    func willUnlock(_ tasks: [Int]) {
        unlocked.withLock { unlocked in
            if unlocked.isEmpty { unlocked = Array(repeating: false, count: locked.count) }
            for task in tasks { unlocked[task] = true }
        }
    }

    /// The locks that it still stands for, by their tasks' places.
    var locks: [Int] {
        unlocked.withLock { unlocked in
            unlocked.isEmpty ? Array(0..<locked.count) : unlocked.indices.filter { !unlocked[$0] }
        }
    }

    /// True while it stands for the lock of that task.
    func standsFor(_ task: Int) -> Bool { unlocked.withLock { $0.isEmpty || !$0[task] } }

    /// True once the server has said that the claim is gone: whatever is not started must not be.
    public var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Notes that the claim is gone.
    func markLost() { lost.store(true, ordering: .relaxed) }
}
