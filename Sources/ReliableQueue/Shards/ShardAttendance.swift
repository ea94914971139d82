/// What the threads of one worker know together about the queue's shards: at which of them somebody waits, and which of the others
/// are worth a look. A value that never sleeps and asks nobody.
///
/// Idle threads spread over the shards and block there. One of them, the watch, wakes up in time for what nobody is woken for: a shard
/// that nobody waits at, whose pauses between looks in vain double up to ``longestPause``, and a delayed task that is due. With as many
/// idle threads as shards, and nothing delayed, there is no watch and nobody looks in vain. Only one thread looks at a shard at a
/// time; one that can't be reached is left alone for pauses of their own, and nobody waits there.
package struct ShardAttendance {
    /// Moments of the clock that pauses are counted by.
    package typealias Instant = ContinuousClock.Instant

    /// The pause after the first look in vain.
    package static let firstPause = Duration.milliseconds(1)
    /// No pause between looks is longer: a task waits as long at most for a worker that is short of idle threads.
    package static let longestPause = Duration.milliseconds(100)
    /// How long a shard that can't be reached is left alone at first; the pause doubles, up to ``longestPauseWhenAway``.
    package static let pauseWhenAway = Duration.seconds(1)
    /// No such pause is longer.
    package static let longestPauseWhenAway = Duration.seconds(8)

    private struct Shard {
        var waiting = 0
        var pause = ShardAttendance.firstPause
        /// When a look is worth while again, or a try where the shard is away.
        var nextLook: Instant
        /// When a delayed task of it is due, as far as anybody has heard.
        var due: Instant?
        /// True while somebody looks.
        var isTaken = false
        var isAway = false

        /// When somebody has to look, if nobody comes by before; `nil` for never.
        var lookAt: Instant? {
            if isTaken { return nil }
            if isAway { return nextLook }
            let look = waiting == 0 ? nextLook : nil
            return [look, due].compactMap(\.self).min()
        }
    }

    private var shards: [Shard] = []
    /// When those threads wake up that wait for no longer than until a look is due.
    private var watches: [Instant] = []

    /// How many shards are served.
    package var served: Int { shards.count }

    /// Serves this many shards.
    package init(serving count: Int, at now: Instant) { serve(count, at: now) }

    /// Serves this many from now on, if they are more.
    package mutating func serve(_ count: Int, at now: Instant) {
        while shards.count < count { shards.append(Shard(nextLook: now)) }
    }

    // MARK: Waiting

    /// Chooses the shard that a thread waits at: of those within reach one with the fewest that wait there, the first one from
    /// `home` on; where none is within reach, of all.
    package mutating func beginWaiting(from home: Int) -> Int {
        let order = cycle(from: home)
        let reachable = order.filter { !shards[$0].isAway }
        let choice = (reachable.isEmpty ? order : reachable).min { shards[$0].waiting < shards[$1].waiting }
        guard let choice else { preconditionFailure("a queue has at least one shard") }
        beginWaiting(at: choice)
        return choice
    }

    /// A thread waits at this shard.
    package mutating func beginWaiting(at shard: Int) { shards[shard].waiting += 1 }

    /// False when none of the shards could be reached of late.
    package var isAnyWithinReach: Bool { shards.contains { !$0.isAway } }

    /// A thread waits there no more.
    package mutating func endWaiting(at shard: Int) { shards[shard].waiting -= 1 }

    /// A thread that waits is about to block. Says until when at most, if it is to be the watch; whoever is gives its turn back
    /// (``endWatch(until:)``).
    package mutating func beginWatch() -> Instant? {
        guard let look = nextLook, watches.allSatisfy({ $0 > look }) else { return nil }
        watches.append(look)
        return look
    }

    /// The thread that was the watch until then is awake.
    package mutating func endWatch(until time: Instant) {
        if let index = watches.firstIndex(of: time) { watches.remove(at: index) }
    }

    /// True when a look will be due, and of the threads that wait none is the watch: one of them is to be woken, to become it.
    package var needsWatch: Bool {
        nextLook != nil && watches.isEmpty && shards.contains { $0.waiting > 0 }
    }

    // MARK: Looking

    /// The first shard after this one that is worth a look; whoever asks looks at it, and says what came of it (``note``, or
    /// ``noteAway(_:at:)``). `nil` when none is.
    package mutating func takeLook(after shard: Int, at now: Instant) -> Int? {
        let next = cycle(from: shard + 1).first { candidate in
            candidate != shard && shards[candidate].lookAt.map { $0 <= now } ?? false
        }
        if let next { shards[next].isTaken = true }
        return next
    }

    /// Somebody looked there, and found a task or not; `dueIn` is when a delayed task is due, where it found none.
    package mutating func note(_ shard: Int, found: Bool, dueIn: Duration? = nil, at now: Instant) {
        if shards[shard].isAway { shards[shard].pause = Self.firstPause }
        (shards[shard].isAway, shards[shard].isTaken) = (false, false)
        guard !found else {
            (shards[shard].pause, shards[shard].nextLook) = (Self.firstPause, now)
            if let due = shards[shard].due, due <= now { shards[shard].due = nil }
            return
        }
        shards[shard].nextLook = now + shards[shard].pause
        shards[shard].pause = min(shards[shard].pause * 2, Self.longestPause)
        shards[shard].due = dueIn.map { now + $0 }
    }

    /// A shard could not be reached.
    package mutating func noteAway(_ shard: Int, at now: Instant) {
        let pause = shards[shard].isAway ? shards[shard].pause : Self.pauseWhenAway
        (shards[shard].isAway, shards[shard].isTaken) = (true, false)
        shards[shard].nextLook = now + pause
        shards[shard].pause = min(pause * 2, Self.longestPauseWhenAway)
    }

    /// When somebody has to look for the next time; `nil` while there is nothing to look at that nobody is woken for.
    private var nextLook: Instant? { shards.compactMap(\.lookAt).min() }

    private func cycle(from first: Int) -> [Int] { shards.indices.map { (first + $0) % shards.count } }
}
