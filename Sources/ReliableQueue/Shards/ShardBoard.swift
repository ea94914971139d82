import Synchronization

/// What the threads of one worker share about the queue's shards. See ``ShardAttendance``.
package final class ShardBoard: Sendable {
    /// Where this worker's first thread begins: workers begin at different shards.
    let home = Int.random(in: 0..<ShardCount.most)
    /// Given when one of the threads that wait is to be woken, to become the watch.
    let wantsWatch = WakeUp()
    private let attendance = Mutex(ShardAttendance(serving: 1, at: .now))
    private let count = Atomic(1)

    /// One shard is served.
    package init() {}

    /// How many shards are served. Costs nothing to ask.
    var served: Int { count.load(ordering: .relaxed) }

    /// Serves this many from now on; false when that is no more than before.
    @discardableResult
    package func serve(_ shards: Int) -> Bool {
        let isMore = attendance.withLock { attendance in
            defer { attendance.serve(shards, at: .now) }
            return shards > attendance.served
        }
        if isMore { count.store(shards, ordering: .relaxed) }
        return isMore
    }

    /// Chooses where a thread waits; see ``ShardAttendance/beginWaiting(from:)``.
    func beginWaiting(from home: Int) -> Int { attendance.withLock { $0.beginWaiting(from: home) } }

    /// A thread waits there, whether it can be reached or not.
    func beginWaiting(at shard: Int) { attendance.withLock { $0.beginWaiting(at: shard) } }

    /// A thread waits there no more, and perhaps nobody does.
    func endWaiting(at shard: Int) {
        let needsWatch = attendance.withLock { attendance in
            attendance.endWaiting(at: shard)
            return attendance.needsWatch
        }
        if needsWatch { wantsWatch.give() }
    }

    /// Blocks by `body`, for no longer than until a look is due if this thread is to be the watch.
    func watching<Answer>(
        upTo limit: Duration, _ body: (Duration) throws(QueueError) -> Answer
    ) throws(QueueError) -> Answer {
        guard let end = attendance.withLock({ $0.beginWatch() }) else { return try body(limit) }
        defer { attendance.withLock { $0.endWatch(until: end) } }
        return try body(min(limit, max(.zero, end - .now)))
    }

    /// See ``ShardAttendance``.
    var isAnyWithinReach: Bool { attendance.withLock { $0.isAnyWithinReach } }
    /// See ``ShardAttendance``.
    var needsWatch: Bool { attendance.withLock { $0.needsWatch } }
    /// See ``ShardAttendance``.
    func takeLook(after shard: Int) -> Int? { attendance.withLock { $0.takeLook(after: shard, at: .now) } }
    /// See ``ShardAttendance``.
    func note(_ shard: Int, found: Bool, dueIn: Duration?) {
        attendance.withLock { $0.note(shard, found: found, dueIn: dueIn, at: .now) }
    }
    /// See ``ShardAttendance``.
    func noteAway(_ shard: Int) { attendance.withLock { $0.noteAway(shard, at: .now) } }

    /// Does for one shard what goes on until `stop`, and begins anew when it ends by an error of that shard, and there are others.
    func persist(until stop: StopSignal, _ body: () throws(QueueError) -> Void) throws(QueueError) {
        while true {
            do throws(QueueError) {
                return try body()
            } catch {
                guard served > 1, error.isOfOneShard else { throw error }
                if stop.wait(upTo: ShardAttendance.pauseWhenAway) { return }
            }
        }
    }
}
