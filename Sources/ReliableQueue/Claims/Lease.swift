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
    /// When the claim was asked for, or earlier: the server counts from no earlier moment. Nanoseconds of CLOCK_MONOTONIC.
    let began: UInt64
    private let lost = Atomic(false)
    /// Until when the server surely keeps it, by this machine's clock.
    private let surelyUntil: Atomic<UInt64>
    /// Which locks are gone, by their tasks' places; empty while none is.
    private let unlocked = Mutex<[Bool]>([])

    /// - Parameters:
    ///   - length: how much time each renewal asks for.
    ///   - surely: how much the claim was given at least; `nil` for one that nobody takes back.
    init(
        claimID: String, shard: Int, locked: LockNames = LockNames(), token: String, length: Duration,
        surely: Duration?, began: UInt64
    ) {
        (self.claimID, self.shard) = (claimID, shard)
        self.locked = locked
        self.token = token
        self.length = length
        self.began = began
        surelyUntil = Atomic(surely.map { began + $0.monotonicNanoseconds } ?? .max)
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

    /// True while somebody else may have its tasks, whatever the server would say: so much time has passed since it was last
    /// surely renewed, or a task of it was seen with somebody else. Whatever is not started must wait for the server's word.
    public var hasLapsed: Bool { hasLapsed(at: monotonicNanoseconds()) }

    /// The same for who knows the time.
    func hasLapsed(at now: UInt64) -> Bool { surelyUntil.load(ordering: .relaxed) <= now }

    /// True while a task of it may be started without asking the server: it is neither lost nor lapsed.
    func allowsStart(at now: UInt64) -> Bool { !isLost && !hasLapsed(at: now) }

    /// Notes that the server keeps it for its whole length from a moment on that is not before it was asked to.
    func wasRenewed(askedAt time: UInt64) {
        guard surelyUntil.load(ordering: .relaxed) != .max else { return }
        surelyUntil.store(time + length.monotonicNanoseconds, ordering: .relaxed)
    }

    /// Notes that somebody else was seen with one of its tasks.
    func doubt() { surelyUntil.store(0, ordering: .relaxed) }
}
