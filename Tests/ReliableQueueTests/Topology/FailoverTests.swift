import Glibc
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Queues whose server is replaced while they are used: by another master, or by another node of a Cluster.
@Suite struct FailoverTests {
    /// Servers that can lose the one that a queue is on.
    private enum Servers {
        case sentinels(PrivateSentinels)
        case cluster(PrivateCluster)

        init(_ topology: TestTopology) throws {
            self = topology == .cluster ? .cluster(try PrivateCluster(replicas: 2)) : .sentinels(try PrivateSentinels())
        }

        var endpoint: RedisEndpoint {
            switch self {
            case .sentinels(let servers): servers.endpoint
            case .cluster(let cluster): cluster.endpoint
            }
        }

        /// The server that the queue is on.
        func master(of test: TestQueue) throws -> PrivateRedisServer {
            switch self {
            case .sentinels(let servers): try servers.currentMaster()
            case .cluster(let cluster): try cluster.owner(of: test.key("pending"))
            }
        }
    }

    private static let replicated: [TestTopology] = [.sentinel, .cluster]
    private static let fenced: [QueueProtocol] = [.lease, .stream]

    /// What replicas have is not lost, and everybody finds the new master.
    @Test(arguments: fenced, replicated)
    func workGoesOnWhenTheMasterIsKilled(queueProtocol: QueueProtocol, topology: TestTopology) throws {
        let servers = try Servers(topology)
        let test = try TestQueue(queueProtocol, at: servers.endpoint) { $0.replicas = 1 }
        let producer = QueueProducer(queue: try test.open())
        let worker = RunningWorker(
            test, slots: 2, shortestLease: .seconds(1), monitorInterval: .milliseconds(50))
        for _ in 0..<20 { try producer.enqueue(TestQueue.batch(10)) }
        let fallen = try servers.master(of: test)
        try fallen.kill()
        for _ in 0..<20 { try producer.enqueue(TestQueue.batch(10)) }
        try producer.finish()
        let queue = try test.open()
        #expect(queue.connection.place.address != .tcp(host: fallen.host.name, port: fallen.host.port))
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.runs.count == 400)
        #expect(producer.lostTasks == 0)
    }

    /// The old master comes back as a replica: whoever was connected to it goes where the master is.
    @Test func aMasterThatWasPausedIsLeft() throws {
        let servers = try PrivateSentinels()
        let test = try TestQueue(at: servers.endpoint)
        let queue = try test.open()
        try test.fill(1, through: queue)
        let old = try servers.currentMaster()
        old.send(signal: SIGSTOP)
        // Until a Sentinel says otherwise it is the master, and does not answer.
        #expect(eventually { (try? servers.currentMaster()).map { $0 !== old } ?? false })
        old.send(signal: SIGCONT)
        // Its clients are hung up on when it is made a replica.
        #expect(eventually { (try? RedisConnection(to: old.endpoint))?.server.fields["role"] == "slave" })
        try test.fill(1, through: queue)
        #expect(queue.connection.place.address != .tcp(host: old.host.name, port: old.host.port))
    }

    /// A slot moves from node to node with tasks in it, under work.
    @Test(arguments: QueueProtocol.allCases) func workGoesOnWhileTheSlotMoves(queueProtocol: QueueProtocol) throws {
        let cluster = try PrivateCluster(replicas: 0, silence: .seconds(60))
        let test = try TestQueue(queueProtocol, at: cluster.endpoint)
        let producer = QueueProducer(queue: try test.open())
        let worker = RunningWorker(test, slots: 2)
        let slot = HashSlot(of: test.key("pending"))
        for round in 0..<6 {
            for _ in 0..<10 { try producer.enqueue(TestQueue.batch(10)) }
            let source = try cluster.owner(of: test.key("pending"))
            let target = try #require(cluster.nodes.first { $0 !== source })
            try cluster.move(slot, from: source, to: target, step: 1 + round % 2)
            #expect(try cluster.owner(of: test.key("pending")) === target)
        }
        try producer.finish()
        let queue = try test.open()
        #expect(try eventually { try queue.depth() == QueueDepth() })
        #expect(worker.end() == nil)
        #expect(worker.record.runs.count == 600)
        #expect(producer.lostTasks == 0)
    }

    /// A worker that waits for work is told when its slot moves, and waits where it is then.
    @Test(arguments: QueueProtocol.allCases) func whoWaitsFollowsTheSlot(queueProtocol: QueueProtocol) throws {
        let cluster = try PrivateCluster(replicas: 0, silence: .seconds(60))
        let test = try TestQueue(queueProtocol, at: cluster.endpoint)
        let producer = QueueProducer(queue: try test.open())
        let worker = RunningWorker(test)
        #expect(eventually { worker.record.waits > 0 })
        let key = test.key("pending")
        let source = try cluster.owner(of: key)
        let target = try #require(cluster.nodes.first { $0 !== source })
        try cluster.move(HashSlot(of: key), from: source, to: target)
        try producer.enqueue(TestQueue.batch(1))
        #expect(eventually { worker.record.runs.count == 1 })
        #expect(worker.end() == nil)
    }

    /// A lock that ran out is missed at the old place and not yet at the new one: the task is pushed once all the same.
    @Test func aTaskThatGoesBackWhileItsSlotMovesGoesBackOnce() throws {
        let cluster = try PrivateCluster(replicas: 0, silence: .seconds(60))
        let test = try TestQueue(.lock, at: cluster.endpoint) { $0.backoff.total = .milliseconds(300) }
        let queue = try test.open()
        try test.fill(1, through: queue)
        let claim = try #require(try queue.claim())
        try test.expire(claim)
        let key = test.key("processing")
        let source = try cluster.owner(of: key)
        let target = try #require(cluster.nodes.first { $0 !== source })
        let id = try RedisConnection(to: target.endpoint).call("CLUSTER", "MYID").text()
        let node = try RedisConnection(to: source.endpoint)
        // The list that it goes back to is still here.
        try test.push("another")
        _ = try node.call("CLUSTER", "SETSLOT", "\(HashSlot(of: key).number)", "MIGRATING", id)
        #expect(throws: QueueError.self) { try queue.release(claim) }
        #expect(try node.call("LLEN", test.key("pending")).integer() == 2)
    }

    /// One that never ends is an error in the end, not a wait for ever.
    @Test func aMoveThatIsNeverDoneIsAnError() throws {
        let cluster = try PrivateCluster(replicas: 0, silence: .seconds(60))
        let test = try TestQueue(at: cluster.endpoint) { $0.backoff.total = .milliseconds(300) }
        let queue = try test.open()
        try test.fill(1, through: queue)
        let key = test.key("pending")
        let source = try cluster.owner(of: key)
        let target = try #require(cluster.nodes.first { $0 !== source })
        let id = try RedisConnection(to: target.endpoint).call("CLUSTER", "MYID").text()
        let number = String(HashSlot(of: key).number)
        _ = try RedisConnection(to: source.endpoint).call("CLUSTER", "SETSLOT", number, "MIGRATING", id)
        let error = #expect(throws: QueueError.self) { try queue.claim() }
        guard case .redis(.server(let words))? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(words.hasPrefix("TRYAGAIN"))
        _ = try RedisConnection(to: source.endpoint).call("CLUSTER", "SETSLOT", number, "STABLE")
        #expect(try queue.claim()?.count == 1)
    }
}
