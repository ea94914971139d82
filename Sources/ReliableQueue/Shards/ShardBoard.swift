import Synchronization

/// What the threads of one worker share about the queue's shards. See ``ShardAttendance``.
package final class ShardBoard: Sendable {
    /// Where this worker's first thread begins: workers begin at different shards.
    let home = Int.random(in: 0..<ShardCount.most)
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

    func beginWaiting(from home: Int) -> Int { attendance.withLock { $0.beginWaiting(from: home, at: .now) } }
    var isAnyWithinReach: Bool { attendance.withLock { $0.isAnyWithinReach(at: .now) } }
    func endWaiting(at shard: Int) { attendance.withLock { $0.endWaiting(at: shard) } }
    func takeLook(after shard: Int) -> Int? { attendance.withLock { $0.takeLook(after: shard, at: .now) } }
    var nextLook: Duration? { attendance.withLock { $0.nextLook(at: .now) } }
    func note(_ shard: Int, found: Bool) { attendance.withLock { $0.note(shard, found: found, at: .now) } }
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
