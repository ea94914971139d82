import ReliableQueue
import Testing

/// Which shard a batch goes to. No server, no clock.
@Suite struct ShardChoiceTests {
    private let start = ContinuousClock.now

    private func choice(of lengths: [Int]) -> ShardChoice {
        var choice = ShardChoice()
        choice.choose(from: lengths.count)
        for (shard, length) in lengths.enumerated() { choice.note(length: length, of: shard, at: start) }
        return choice
    }

    @Test func theShortestIsChosen() {
        var choice = choice(of: [5, 2, 9])
        #expect(choice.shortest(at: start) == 1)
    }

    @Test func whatWasSentCounts() {
        var choice = choice(of: [0, 0, 0])
        var sent: [Int] = []
        for _ in 0..<6 {
            let shard = choice.shortest(at: start)
            choice.note(sent: 10, to: shard)
            sent.append(shard)
        }
        #expect(sent == [1, 2, 0, 1, 2, 0])
    }

    @Test func lengthsAreAskedForWhenTheyAreOld() {
        var choice = ShardChoice()
        #expect(choice.toAsk(at: start) == nil)
        choice.choose(from: 3)
        for shard in 0..<3 {
            #expect(choice.toAsk(at: start) == shard)
            choice.note(length: 1, of: shard, at: start + .milliseconds(shard))
        }
        #expect(choice.toAsk(at: start + .seconds(1)) == nil)
        #expect(choice.toAsk(at: start + .seconds(2)) == 0)
    }

    @Test func aShardThatIsAwayIsPassedOver() {
        var choice = choice(of: [0, 5])
        choice.noteAway(0, at: start)
        #expect(choice.shortest(at: start) == 1)
        #expect(choice.toAsk(at: start) == nil)
        #expect(choice.shortest(at: start + .seconds(2)) == 0)
        choice.noteAway(1, at: start + .seconds(2))
        choice.noteAway(0, at: start + .seconds(2))
        #expect(choice.shortest(at: start + .seconds(2)) == 0)
    }

    /// With one shard more, only keys of the new one have moved, and about their share of all keys.
    @Test(arguments: 1..<16) func keysStayWhereTheyAre(count: Int) {
        let (before, after) = (
            choice(of: Array(repeating: 0, count: count)), choice(of: Array(repeating: 0, count: count + 1))
        )
        let keys = (0..<20_000).map { "customer-\($0)" }
        let moved = keys.filter { before.shard(of: $0) != after.shard(of: $0) }
        #expect(moved.allSatisfy { after.shard(of: $0) == count })
        let share = Double(keys.count) / Double(count + 1)
        #expect(abs(Double(moved.count) - share) < share * 0.1)
    }

    /// The same in every process, on every machine: producers in other languages have to agree.
    @Test func keysHaveKnownShards() {
        let choice = choice(of: Array(repeating: 0, count: 8))
        #expect(["", "a", "b", "customer-1", "ключ"].map { choice.shard(of: $0) } == [1, 2, 3, 0, 4])
    }
}
