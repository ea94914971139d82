import ReliableQueue
import Testing

/// Where a worker's threads wait, and where they look. No server, no clock.
@Suite struct ShardAttendanceTests {
    private let start = ContinuousClock.now

    private func attendance(_ count: Int) -> ShardAttendance { ShardAttendance(serving: count, at: start) }

    @Test func idleThreadsSpreadOverTheShards() {
        var attendance = attendance(4)
        let posts = (0..<8).map { _ in attendance.beginWaiting(from: 2) }
        #expect(posts == [2, 3, 0, 1, 2, 3, 0, 1])
        attendance.endWaiting(at: 3)
        #expect(attendance.beginWaiting(from: 2) == 3)
    }

    @Test func nobodyLooksWhereSomebodyWaits() {
        var attendance = attendance(3)
        for _ in 0..<3 { _ = attendance.beginWaiting(from: 0) }
        #expect(attendance.takeLook(after: 0, at: start) == nil)
        #expect(attendance.beginWatch() == nil)
        #expect(!attendance.needsWatch)
        attendance.endWaiting(at: 1)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
    }

    /// All wait for as long as they like; then one has something to do, and its shard has nobody.
    @Test func whoBlocksIsWokenToWatchWhenAShardIsLeft() {
        var attendance = attendance(2)
        for shard in 0..<2 { attendance.note(shard, found: false, at: start) }
        for _ in 0..<2 { _ = attendance.beginWaiting(from: 0) }
        #expect(attendance.beginWatch() == nil)
        attendance.endWaiting(at: 1)
        #expect(attendance.needsWatch)
        let watch = attendance.beginWatch()
        #expect(watch.map { $0 <= start + ShardAttendance.longestPause } == true)
        // One is enough.
        #expect(!attendance.needsWatch)
        #expect(attendance.beginWatch() == nil)
    }

    @Test func aDelayedTaskIsWatchedFor() {
        var attendance = attendance(2)
        for _ in 0..<4 { _ = attendance.beginWaiting(from: 0) }
        attendance.note(1, found: false, dueIn: .seconds(2), at: start)
        #expect(attendance.beginWatch() == start + .seconds(2))
        // Another one, sooner: whoever hears of it wakes up earlier than the watch.
        attendance.note(0, found: false, dueIn: .seconds(1), at: start)
        #expect(attendance.beginWatch() == start + .seconds(1))
        // Also where somebody waits.
        #expect(attendance.takeLook(after: 1, at: start) == nil)
        #expect(attendance.takeLook(after: 1, at: start + .seconds(1)) == 0)
        attendance.note(0, found: true, at: start + .seconds(1))
        #expect(attendance.takeLook(after: 1, at: start + .seconds(1)) == nil)
    }

    @Test func oneThreadLooksAtATime() {
        var attendance = attendance(2)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
        // However long it takes.
        #expect(attendance.takeLook(after: 0, at: start + .seconds(60)) == nil)
        // Found: at once again.
        attendance.note(1, found: true, at: start)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
    }

    @Test func looksInVainBecomeRare() {
        var attendance = attendance(2)
        _ = attendance.beginWaiting(from: 0)
        var now = start
        var looks = 0
        while now < start + .seconds(10) {
            if attendance.takeLook(after: 0, at: now) == 1 {
                looks += 1
                attendance.note(1, found: false, at: now)
            }
            if let end = attendance.beginWatch() {
                #expect(end <= now + ShardAttendance.longestPause)
                attendance.endWatch(until: end)
            }
            now += .milliseconds(1)
        }
        #expect((90...110).contains(looks))
    }

    /// Every shard that has something gets its turn, whoever asks.
    @Test func turnsGoRound() {
        var attendance = attendance(4)
        var (at, visited) = (0, [Int]())
        for _ in 0..<8 {
            attendance.note(at, found: true, at: start)
            guard let next = attendance.takeLook(after: at, at: start) else { break }
            at = next
            visited.append(at)
        }
        #expect(visited == [1, 2, 3, 0, 1, 2, 3, 0])
    }

    @Test func aShardThatIsAwayIsLeftAlone() {
        var attendance = attendance(2)
        attendance.noteAway(1, at: start)
        #expect(attendance.takeLook(after: 0, at: start + .milliseconds(500)) == nil)
        // Nobody waits there, also when it may be tried again.
        #expect((0..<4).map { _ in attendance.beginWaiting(from: 1) } == [0, 0, 0, 0])
        let later = start + ShardAttendance.pauseWhenAway
        #expect(attendance.takeLook(after: 0, at: later) == 1)
        #expect(attendance.takeLook(after: 0, at: later) == nil)
        attendance.note(1, found: false, at: later)
        #expect(attendance.beginWaiting(from: 0) == 1)
    }

    @Test func whatStaysAwayIsTriedMoreAndMoreRarely() {
        var attendance = attendance(2)
        var (now, tries) = (start, [Duration]())
        while now < start + .seconds(60) {
            if attendance.takeLook(after: 0, at: now) == 1 {
                tries.append(now - start)
                attendance.noteAway(1, at: now)
            }
            now += .milliseconds(500)
        }
        #expect(tries.prefix(5) == [.zero, .seconds(1), .seconds(3), .seconds(7), .seconds(15)])
        #expect(tries.count == 10)
    }

    @Test func someShardIsWaitedAtWhenAllAreAway() {
        var attendance = attendance(2)
        for shard in 0..<2 { attendance.noteAway(shard, at: start) }
        #expect(!attendance.isAnyWithinReach)
        #expect(attendance.beginWaiting(from: 1) == 1)
        attendance.note(0, found: false, at: start)
        #expect(attendance.isAnyWithinReach)
    }

    @Test func shardsAreAddedAndNeverTakenAway() {
        var attendance = attendance(1)
        attendance.serve(3, at: start)
        attendance.serve(2, at: start)
        #expect(attendance.served == 3)
        #expect(attendance.takeLook(after: 1, at: start) == 2)
    }
}
