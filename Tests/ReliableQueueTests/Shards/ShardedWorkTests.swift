import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Queues of several shards at work.
@Suite struct ShardedWorkTests {
    private static let recovering = QueueProtocol.allCases.filter { $0 != .pop }

    private func depth(of test: TestQueue) throws -> QueueDepth {
        try QueueShards(of: test.configuration, toLook: true).depth()
    }

    private func depths(of test: TestQueue) throws -> [QueueDepth] {
        try QueueShards(of: test.configuration, toLook: true).depths()
    }

    @Test(arguments: QueueProtocol.allCases) func batchesGoToTheShortestShard(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(4)
        try test.fill(30, through: try test.configuration.ofShard(2).open())
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<9 { try producer.enqueue(TestQueue.batch(10)) }
        #expect(try depths(of: test).map(\.pending) == [30, 30, 30, 30])
        try producer.finish()
    }

    @Test func batchesOfOneKeyGoToOneShard() throws {
        let test = try TestQueue()
        _ = try ShardRecord(of: test.configuration).open(4)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<9 { try producer.enqueue(TestQueue.batch(1), key: "customer-1") }
        #expect(try depths(of: test).map(\.pending).sorted() == [0, 0, 0, 9])
        #expect(try depths(of: test)[producer.lastShard].pending == 9)
    }

    /// Ids of tasks are the producer's own, also over several shards.
    @Test func idsAreUniqueOverShards() throws {
        let test = try TestQueue()
        _ = try ShardRecord(of: test.configuration).open(3)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<9 { try producer.enqueue(TestQueue.batch(2)) }
        var ids: [TaskID] = []
        try QueueShards(of: test.configuration, toLook: true).visitTasks { _, id in if let id { ids.append(id) } }
        #expect(Set(ids).count == 18)
        #expect(ids.allSatisfy { $0.producer == producer.id })
    }

    /// A producer that has finished is as good as new: nothing is sent again.
    @Test(arguments: QueueProtocol.allCases, [1, 3]) func finishingTwiceSendsNothingTwice(
        queueProtocol: QueueProtocol, shards: Int
    ) throws {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(shards)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<6 { try producer.enqueue(TestQueue.batch(1)) }
        for _ in 0..<3 { try producer.finish() }
        #expect(try depth(of: test).pending == 6)
        try producer.enqueue(TestQueue.batch(1))
        try producer.finish()
        #expect(try depth(of: test).pending == 7)
        #expect(producer.lostTasks == 0 && producer.resentTasks == 0)
    }

    /// What a producer has sent to a shard that is closed since is settled there before anybody may retire it.
    @Test func aClosedShardIsLeftInOrder() throws {
        let test = try TestQueue()
        let record = try ShardRecord(of: test.configuration)
        _ = try record.open(2)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<4 { try producer.enqueue(TestQueue.batch(1)) }
        let last = try TestQueue(viewing: test.configuration.ofShard(1))
        #expect(try last.raw.call("HLEN", last.key("producers")).integer() == 1)
        _ = try record.open(1)
        usleep(UInt32((ShardWatch.period * 1.1).microseconds))
        for _ in 0..<2 { try producer.enqueue(TestQueue.batch(1)) }
        #expect(try last.raw.call("HLEN", last.key("producers")).integer() == 0)
        #expect(try depths(of: test).map(\.pending) == [4, 2])
        _ = try record.open(2)
        usleep(UInt32((ShardWatch.period * 1.1).microseconds))
        for _ in 0..<2 { try producer.enqueue(TestQueue.batch(1)) }
        #expect(try depths(of: test).map(\.pending) == [4, 4])
        try producer.finish()
    }

    /// Its only idle thread waits elsewhere when another one takes up a long task: it is woken, and looks after both.
    @Test(arguments: QueueProtocol.allCases) func aShardWhoseThreadIsBusyIsLookedAfter(queueProtocol: QueueProtocol)
        throws
    {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(2)
        let isOver = StopSignal()
        let worker = RunningWorker(test, slots: 2) { task in
            if task.kind == "long" { while !isOver.wait(upTo: .seconds(1)) {} }
            return .done
        }
        defer { isOver.set() }
        for shard in 0..<2 {
            // Both wait for as long as they like.
            usleep(300_000)
            let queue = try test.configuration.ofShard(shard).open()
            let inShard = try TestQueue(viewing: test.configuration.ofShard(shard))
            let before = worker.record.runs.values.reduce(0, +)
            if shard == 0 {
                try inShard.fill(1, through: queue, kind: "long")
                #expect(eventually { worker.record.runs.values.reduce(0, +) == before + 1 })
            }
            let seen = worker.record.runs.values.reduce(0, +)
            try inShard.fill(1, through: queue)
            #expect(eventually(within: .seconds(8)) { worker.record.runs.values.reduce(0, +) == seen + 1 })
        }
        isOver.set()
        #expect(worker.end() == nil)
    }

    @Test(arguments: QueueProtocol.allCases, [1, 3, 8])
    func aWorkerServesAllShards(queueProtocol: QueueProtocol, slots: Int) throws {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(5)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<20 { try producer.enqueue(TestQueue.batch(10)) }
        let worker = RunningWorker(test, slots: slots)
        #expect(eventually { worker.record.runs.count == 200 })
        // And one by one, after it has been idle.
        for round in 0..<10 {
            try producer.enqueue(TestQueue.batch(1))
            #expect(eventually { worker.record.runs.count == 201 + round })
        }
        try producer.finish()
        #expect(try eventually { try depth(of: test) == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(!queueProtocol.isFenced || worker.record.runs.values.allSatisfy { $0 == 1 })
    }

    /// In a process of its own: what waits runs on the cooperative pool, which the other tests keep busy.
    @Test func soDoesAConcurrentOne() async {
        await #expect(processExitsWith: .success) {
            try await onOwnThread {
                for queueProtocol in QueueProtocol.allCases { try Self.concurrently(queueProtocol) }
            }
        }
    }

    private static func concurrently(_ queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(4)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<20 { try producer.enqueue(TestQueue.batch(10)) }
        let worker = RunningConcurrentWorker(test, slots: 16) { _, _ in .awaiting { .done } }
        try producer.finish()
        let shards = try QueueShards(of: test.configuration, toLook: true)
        #expect(try eventually { try worker.record.now.runs.count == 200 && shards.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        // A lock may be set too late, and its task runs again.
        #expect(
            !queueProtocol.isFenced
                || worker.record.now.runs.values.allSatisfy { $0 == 1 } && worker.record.now.acks == [.acked: 200])
    }

    /// More shards, then fewer, while producers send and workers work: nothing is lost, and nothing run twice where the protocol
    /// sees to that.
    @Test(arguments: QueueProtocol.allCases, [TestTopology.standalone, .cluster])
    func shardsChangeUnderWork(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let test = try TestQueue(queueProtocol, in: topology)
        let record = try ShardRecord(of: test.configuration)
        let workers = (0..<2).map { _ in RunningWorker(test, slots: 2) }
        let producer = try ShardedProducer(test.configuration)
        var sent = 0
        for count in [1, 4, 2, 8, 1] {
            _ = try record.open(count)
            let end = ContinuousClock.now + ShardWatch.period * 1.5
            while ContinuousClock.now < end {
                try producer.enqueue(TestQueue.batch(5))
                sent += 5
                usleep(2_000)
            }
            #expect(producer.lastShard < count)
        }
        try producer.finish()
        #expect(try eventually { try depth(of: test) == QueueDepth() })
        for worker in workers { #expect(worker.end() == nil) }
        let runs = workers.flatMap { $0.record.runs }
        #expect(Set(runs.map(\.key)).count == sent)
        #expect(!queueProtocol.isFenced || runs.count == sent && runs.allSatisfy { $0.value == 1 })
        try QueueShards(of: test.configuration).destroy()
    }

    /// What a vanished worker holds comes back, whichever shard it is of.
    @Test(arguments: recovering) func monitorsWatchAllShards(queueProtocol: QueueProtocol) throws {
        let test = try TestQueue(queueProtocol)
        _ = try ShardRecord(of: test.configuration).open(3)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<3 { try producer.enqueue(TestQueue.batch(2)) }
        for shard in 0..<3 {
            let queue = try test.configuration.ofShard(shard).open()
            let request = ClaimRequest(limit: 2, shortestLease: .milliseconds(queueProtocol == .lockSetex ? 1_000 : 50))
            _ = try #require(try queue.exchange(acking: nil, claiming: request).claim)
        }
        let monitors = RunningMonitors(test.configuration)
        let worker = RunningWorker(test, slots: 3, monitorInterval: nil)
        #expect(try eventually { try worker.record.runs.count == 6 && depth(of: test) == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(monitors.end() == nil)
        // A lock may run out before its worker has the processor, and its task runs again.
        #expect(!queueProtocol.isFenced || worker.record.runs.values.allSatisfy { $0 == 1 })
    }

    /// One node of a Cluster goes and does not come back: the shards on others are served, and the worker lives.
    @Test func otherShardsAreServedWhileOneIsAway() throws {
        let cluster = try PrivateCluster(replicas: 0, silence: .seconds(60))
        let test = try TestQueue(at: cluster.endpoint) { $0.backoff.total = .milliseconds(500) }
        _ = try ShardRecord(of: test.configuration).open(6)
        let owners = try (0..<6).map { try cluster.owner(of: test.configuration.ofShard($0).key("pending")) }
        let away = try #require(owners.first { $0 !== owners[0] })
        let worker = RunningWorker(test, slots: 3)
        let producer = try ShardedProducer(test.configuration)
        for _ in 0..<12 { try producer.enqueue(TestQueue.batch(5)) }
        #expect(eventually { worker.record.runs.count == 60 })
        try away.kill()
        let others = (0..<6).filter { owners[$0] !== away }
        for (round, shard) in (others + others).enumerated() {
            let configuration = test.configuration.ofShard(shard)
            try QueueProducer(queue: try configuration.open()).enqueue(TestQueue.batch(5))
            #expect(eventually { worker.record.runs.values.reduce(0, +) == 65 + 5 * round })
        }
        #expect(!worker.hasEnded)
        try away.restart()
        let back = try #require(owners.firstIndex { $0 === away })
        let before = worker.record.runs.values.reduce(0, +)
        #expect(
            eventually {
                (try? QueueProducer(queue: test.configuration.ofShard(back).open()).enqueue(TestQueue.batch(1))) != nil
            })
        #expect(eventually { worker.record.runs.values.reduce(0, +) > before })
        #expect(worker.end() == nil)
    }
}
