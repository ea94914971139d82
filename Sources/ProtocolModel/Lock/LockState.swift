/// A worker of `lock`, as far as it has come.
struct LockWorker: Hashable, Sendable {
    /// What it says next.
    enum Phase: UInt8, Hashable, Sendable {
        case absent, dead
        /// LMOVE, or the blocking one.
        case moving, waiting
        /// SET or SETEX.
        case locking
        case running
        /// LREM, then DEL, in one round trip with the next LMOVE.
        case removing, deleting
    }

    var phase = Phase.absent
    /// Which of all starts of workers this is: what it writes in its locks.
    var nonce: UInt8 = 0
    /// The task that it has, and keeps until the round trip that ends it is answered; 15 for none.
    var task: UInt8 = 15
    var isRepeating = false
    var isPaused = false

    var isLive: Bool { phase != .absent && phase != .dead }
}

/// A monitor of `lock`: what it read of the processing list, and what it found without a lock.
struct LockMonitor: Hashable, Sendable {
    /// What it says next.
    enum Phase: UInt8, Hashable, Sendable {
        case absent, dead, looking, judging, pushing, removing
    }

    var phase = Phase.absent
    var unjudged = ShortList()
    var orphans = ShortList()
}

/// A world around one queue of the `lock` protocol.
package struct LockState: Hashable, Sendable {
    var pending = ShortList()
    var processing = ShortList()
    /// Who holds the lock of each task, by its start; 0 for nobody.
    var locks = CountTable()
    var workers = Pair(LockWorker(), LockWorker())
    var monitors = Pair(LockMonitor(), LockMonitor())
    /// Tasks that the producer has had acknowledged; it sends them one by one.
    var enqueued: UInt8 = 0
    var starts: UInt8 = 0
    var budget: Budget
    /// Tasks that were removed by whoever ran them, whose message was placed, that were executed.
    var done = TaskSet()
    var placed = TaskSet()
    var executed = TaskSet()

    /// How often a task is in either list.
    func copies(of task: Int) -> Int { pending.occurrences(of: task) + processing.occurrences(of: task) }
}
