import ReliableQueue
import Testing

/// Where a worker's threads wait, and where they look. No server, no clock.
@Suite struct ShardAttendanceTests {
    private let start = ContinuousClock.now

    private func attendance(_ count: Int) -> ShardAttendance { ShardAttendance(serving: count, at: start) }

    @Test func idleThreadsSpreadOverTheShards() {
        var attendance = attendance(4)
        let posts = (0..<8).map { _ in attendance.beginWaiting(from: 2, at: start) }
        #expect(posts == [2, 3, 0, 1, 2, 3, 0, 1])
        attendance.endWaiting(at: 3)
        #expect(attendance.beginWaiting(from: 2, at: start) == 3)
    }

    @Test func nobodyLooksWhereSomebodyWaits() {
        var attendance = attendance(3)
        for _ in 0..<3 { _ = attendance.beginWaiting(from: 0, at: start) }
        #expect(attendance.takeLook(after: 0, at: start) == nil)
        #expect(attendance.nextLook(at: start) == nil)
        attendance.endWaiting(at: 1)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
    }

    @Test func oneThreadLooksAtATime() {
        var attendance = attendance(2)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
        #expect(attendance.takeLook(after: 0, at: start) == nil)
        // Found: at once again.
        attendance.note(1, found: true, at: start)
        #expect(attendance.takeLook(after: 0, at: start) == 1)
    }

    @Test func looksInVainBecomeRare() {
        var attendance = attendance(2)
        var now = start
        var looks = 0
        while now < start + .seconds(10) {
            if attendance.takeLook(after: 0, at: now) == 1 {
                looks += 1
                attendance.note(1, found: false, at: now)
            }
            _ = attendance.beginWaiting(from: 0, at: now)
            let pause = attendance.nextLook(at: now)
            attendance.endWaiting(at: 0)
            #expect(pause.map { $0 <= ShardAttendance.longestPause } == true)
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
        #expect((0..<4).map { _ in attendance.beginWaiting(from: 1, at: start) } == [0, 0, 0, 0])
        let later = start + ShardAttendance.pauseWhenAway
        #expect(attendance.takeLook(after: 0, at: later) == 1)
        attendance.note(1, found: false, at: later)
        #expect(attendance.beginWaiting(from: 0, at: later) == 1)
    }

    @Test func someShardIsWaitedAtWhenAllAreAway() {
        var attendance = attendance(2)
        for shard in 0..<2 { attendance.noteAway(shard, at: start) }
        #expect(!attendance.isAnyWithinReach(at: start))
        #expect(attendance.beginWaiting(from: 1, at: start) == 1)
        #expect(attendance.isAnyWithinReach(at: start + ShardAttendance.pauseWhenAway))
    }

    @Test func shardsAreAddedAndNeverTakenAway() {
        var attendance = attendance(1)
        attendance.serve(3, at: start)
        attendance.serve(2, at: start)
        #expect(attendance.served == 3)
        #expect(attendance.takeLook(after: 1, at: start) == 2)
    }
}
