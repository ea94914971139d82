import Redis
import ReliableQueue
import TestSupport
import Testing

/// The number of a queue's shards, as the queue has it on record.
@Suite struct ShardRecordTests {
    @Test func aQueueThatWasNeverDividedHasOne() throws {
        let test = try TestQueue()
        #expect(try ShardRecord(of: test.configuration).read() == .one)
        // To ask writes nothing.
        #expect(try test.raw.call("EXISTS", test.key("shards")).integer() == 0)
    }

    @Test func closedShardsAreServed() throws {
        let test = try TestQueue()
        let record = try ShardRecord(of: test.configuration)
        #expect(try record.open(4) == ShardCount(open: 4, served: 4))
        #expect(try record.open(2) == ShardCount(open: 2, served: 4))
        #expect(try record.open(8) == ShardCount(open: 8, served: 8))
        #expect(try record.open(1) == ShardCount(open: 1, served: 8))
        #expect(try record.read() == ShardCount(open: 1, served: 8))
        // A shard's own configuration leads to the same record.
        #expect(try ShardRecord(of: test.configuration.ofShard(5)).read() == ShardCount(open: 1, served: 8))
    }

    @Test func shardsAreRetiredOnceTheyWereClosedForLong() throws {
        let test = try TestQueue()
        let record = try ShardRecord(of: test.configuration)
        _ = try record.open(4)
        let closed = try record.open(2)
        #expect(try record.retire(after: closed) == closed)
        // Somebody else has opened more meanwhile.
        #expect(try record.retire(after: ShardCount(open: 3, served: 4), closedFor: .zero) == closed)
        #expect(try record.retire(after: closed, closedFor: .zero) == ShardCount(open: 2, served: 2))
        #expect(try record.read() == ShardCount(open: 2, served: 2))
    }

    @Test(arguments: [
        ["open", "x"], ["open", "0"], ["open", "9", "served", "3"], ["open", "1000000", "served", "1000000"],
    ])
    func nonsenseOnRecordIsAnError(fields: [String]) throws {
        let test = try TestQueue()
        let record = try ShardRecord(of: test.configuration)
        _ = try record.open(2)
        test.raw.append("HSET", [test.key("shards")] + fields)
        _ = try test.raw.receive()
        #expect(throws: QueueError.self) { try record.read() }
    }
}
