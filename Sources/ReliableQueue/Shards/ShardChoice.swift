/// Which shard a batch goes to: that of its key, or the shortest one, as far as its producer can know. A value that asks nobody.
package struct ShardChoice {
    /// Moments of the clock that pauses are counted by.
    package typealias Instant = ContinuousClock.Instant

    /// How old the length of a shard may be; until it is asked for again the producer counts what it has sent itself.
    package static let longestMemory = Duration.seconds(1)

    private struct Shard {
        var length = 0
        /// `nil` for one whose length was never asked for.
        var askedAt: Instant?
        /// Until when it is left out, since it could not be reached.
        var awayUntil: Instant?

        func isWithinReach(at now: Instant) -> Bool { awayUntil.map { $0 <= now } ?? true }
    }

    private var shards = [Shard()]
    private var last = 0

    /// One shard.
    package init() {}

    /// How many shards there are to choose from.
    package var count: Int { shards.count }

    /// There are this many from now on.
    package mutating func choose(from count: Int) {
        if count < shards.count { shards.removeLast(shards.count - count) }
        while shards.count < count { shards.append(Shard()) }
    }

    /// The shard whose length is the oldest, and too old; `nil` while all are young enough, or there is nothing to choose.
    package func toAsk(at now: Instant) -> Int? {
        guard shards.count > 1 else { return nil }
        let old = shards.indices.filter { index in
            let shard = shards[index]
            return shard.isWithinReach(at: now) && shard.askedAt.map { now - $0 > Self.longestMemory } ?? true
        }
        return old.min { shards[$0].askedAt ?? now - .seconds(3_600) < shards[$1].askedAt ?? now - .seconds(3_600) }
    }

    /// True while the length of a shard within reach was never asked for.
    package func isIgnorant(at now: Instant) -> Bool {
        shards.count > 1 && shards.contains { $0.askedAt == nil && $0.isWithinReach(at: now) }
    }

    /// A shard has so many tasks.
    package mutating func note(length: Int, of shard: Int, at now: Instant) {
        shards[shard].length = length
        shards[shard].askedAt = now
        shards[shard].awayUntil = nil
    }

    /// So many tasks were sent to it.
    package mutating func note(sent tasks: Int, to shard: Int) {
        if shards.indices.contains(shard) { shards[shard].length += tasks }
    }

    /// It could not be reached.
    package mutating func noteAway(_ shard: Int, at now: Instant) {
        if shards.indices.contains(shard) { shards[shard].awayUntil = now + ShardAttendance.pauseWhenAway }
    }

    /// The shortest shard within reach, or the shortest of all where none is: of several the one whose turn it is.
    package mutating func shortest(at now: Instant) -> Int {
        let order = shards.indices.map { (last + 1 + $0) % shards.count }
        let reachable = order.filter { shards[$0].isWithinReach(at: now) }
        let choice = (reachable.isEmpty ? order : reachable).min { shards[$0].length < shards[$1].length }
        last = choice ?? 0
        return last
    }

    /// The shard that tasks of this key go to. When there are more or fewer shards no more keys go elsewhere than have to: from
    /// `n` to `n + 1` shards one key in `n + 1`. Source: the jump consistent hash of Lamping and Veach (2014).
    package func shard(of key: some StringProtocol) -> Int {
        var state = Self.hash(key)
        var (choice, next) = (0, 0)
        while next < shards.count {
            choice = next
            state = state &* 2_862_933_555_777_941_757 &+ 1
            next = Int(Double(choice + 1) * (Double(1 << 31) / Double((state >> 33) + 1)))
        }
        return choice
    }

    /// FNV-1a, of 64 bits: the same in every process, as Swift's own hash is not.
    private static func hash(_ key: some StringProtocol) -> UInt64 {
        key.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
