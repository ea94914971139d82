import Synchronization

/// A claim's right to run, as the thread that renews it knows it. Safe to share between threads.
public final class Lease: Sendable {
    /// The claim's name; in `lock` that of its first task.
    public let claimID: String
    /// The names of its tasks, in `lock`, where each has a lock.
    let locked: [String]
    /// The claim's token as the server wrote it.
    let token: String
    /// How much time each renewal asks for.
    let length: Duration
    /// When the claim was asked for, or earlier: the server counts from no earlier moment.
    let began: ContinuousClock.Instant
    private let lost = Atomic(false)
    private let unlocked = Mutex<Set<Int>>([])

    init(claimID: String, locked: [String] = [], token: String, length: Duration, began: ContinuousClock.Instant) {
        self.claimID = claimID
        self.locked = locked
        self.token = token
        self.length = length
        self.began = began
    }

    /// A task's lock goes, and is not to be renewed any more: said before it goes, since a renewal may be on its way.
    func willUnlock(_ task: Int) { unlocked.withLock { _ = $0.insert(task) } }

    /// The locks that it still stands for, by their tasks' places and names.
    var locks: [(task: Int, name: String)] {
        unlocked.withLock { unlocked in
            locked.indices.filter { !unlocked.contains($0) }.map { ($0, locked[$0]) }
        }
    }

    /// True while it stands for the lock of that task.
    func standsFor(_ task: Int) -> Bool { unlocked.withLock { !$0.contains(task) } }

    /// True once the server has said that the claim is gone: whatever is not started must not be.
    public var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Notes that the claim is gone.
    func markLost() { lost.store(true, ordering: .relaxed) }
}
