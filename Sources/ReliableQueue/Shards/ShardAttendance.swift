/// What the threads of one worker know together about the queue's shards: at which of them somebody waits, and which of the others
/// are worth a look. A value that never sleeps and asks nobody.
///
/// Idle threads spread over the shards, so where there are as many of them as shards every shard has one that waits for its next
/// task, and nobody looks in vain. With fewer, or while threads are busy elsewhere, the shards that nobody waits at are looked
/// at: one thread at a time, at once where there was something the last time, else after pauses that double up to
/// ``longestPause``. A shard that can't be reached is left alone for ``pauseWhenAway``.
package struct ShardAttendance {
    /// Moments of the clock that pauses are counted by.
    package typealias Instant = ContinuousClock.Instant

    /// The pause after the first look in vain.
    package static let firstPause = Duration.milliseconds(1)
    /// No pause between looks is longer: a task waits as long at most for a worker that is awake but short of idle threads.
    package static let longestPause = Duration.milliseconds(100)
    /// How long a shard that can't be reached is left alone.
    package static let pauseWhenAway = Duration.seconds(1)

    private struct Shard {
        var waiting = 0
        var pause = ShardAttendance.firstPause
        /// When a look is worth while again, or a try where the shard is away.
        var nextLook: Instant
        var isAway = false

        func isWithinReach(at now: Instant) -> Bool { !isAway || nextLook <= now }
    }

    private var shards: [Shard] = []

    /// How many shards are served.
    package var served: Int { shards.count }

    /// Serves this many shards.
    package init(serving count: Int, at now: Instant) { serve(count, at: now) }

    /// Serves this many from now on, if they are more.
    package mutating func serve(_ count: Int, at now: Instant) {
        while shards.count < count { shards.append(Shard(nextLook: now)) }
    }

    /// Chooses the shard that a thread waits at: of those within reach one with the fewest that wait there, the first one from
    /// `home` on.
    package mutating func beginWaiting(from home: Int, at now: Instant) -> Int {
        let order = cycle(from: home)
        let reachable = order.filter { shards[$0].isWithinReach(at: now) }
        let choice = (reachable.isEmpty ? order : reachable).min { shards[$0].waiting < shards[$1].waiting }
        guard let choice else { preconditionFailure("a queue has at least one shard") }
        shards[choice].waiting += 1
        return choice
    }

    /// False when none of the shards could be reached of late.
    package func isAnyWithinReach(at now: Instant) -> Bool { shards.contains { $0.isWithinReach(at: now) } }

    /// A thread waits there no more.
    package mutating func endWaiting(at shard: Int) { shards[shard].waiting -= 1 }

    /// The first shard after this one that is worth a look; whoever asks looks at it. `nil` when none is.
    package mutating func takeLook(after shard: Int, at now: Instant) -> Int? {
        let next = cycle(from: shard + 1).first { candidate in
            candidate != shard && shards[candidate].waiting == 0 && shards[candidate].nextLook <= now
        }
        // The others leave it alone meanwhile.
        if let next { shards[next].nextLook = now + shards[next].pause }
        return next
    }

    /// How long until one of the shards that nobody waits at is worth a look; `nil` when somebody waits at each.
    package func nextLook(at now: Instant) -> Duration? {
        shards.lazy.filter { $0.waiting == 0 }.map { max(.zero, $0.nextLook - now) }.min()
    }

    /// Somebody looked there, and found a task or not.
    package mutating func note(_ shard: Int, found: Bool, at now: Instant) {
        shards[shard].isAway = false
        let pause = found ? Self.firstPause : min(shards[shard].pause * 2, Self.longestPause)
        shards[shard].pause = pause
        shards[shard].nextLook = found ? now : now + pause
    }

    /// A shard could not be reached.
    package mutating func noteAway(_ shard: Int, at now: Instant) {
        shards[shard].isAway = true
        shards[shard].nextLook = now + Self.pauseWhenAway
    }

    private func cycle(from first: Int) -> [Int] { shards.indices.map { (first + $0) % shards.count } }
}
