import Glibc
import Processes
import Redis
import ReliableQueue
import Synchronization
import Workload

/// A fault of Redis that is under way, on a thread of its own: servers take their time to choose another master, and whoever
/// watches the run has other things to do meanwhile.
///
/// Only private servers may be struck: what is lost there is nobody's.
final class ServerStrike {
    /// Longer than it takes to choose another master.
    private static let partition = Duration.seconds(5)

    private static let mostShards = 8

    /// What is being done.
    let kind: FaultKind
    private let thread: DedicatedThread
    private let result: SharedResult

    private final class SharedResult: Sendable {
        let value = Mutex<Result<Outage, HarnessError>?>(nil)
    }

    /// Begins it. When it is over, all servers are at work again; the outage, in which the queue had no master, was over before.
    init(_ kind: FaultKind, on servers: any PrivateServers, of queue: QueueConfiguration) {
        self.kind = kind
        let result = SharedResult()
        self.result = result
        thread = DedicatedThread(name: "strike") {
            let outcome: Result<Outage, HarnessError>
            do {
                outcome = .success(try Self.carryOut(kind, on: servers, queue))
            } catch {
                outcome = .failure(HarnessError(error))
            }
            result.value.withLock { $0 = outcome }
        }
    }

    /// What came of it; `nil` while it goes on.
    var outage: Outage? { get throws { try result.value.withLock { $0 }?.get() } }

    /// Waits until it is over. Must be called once.
    func join() { thread.join() }

    private static func carryOut(
        _ kind: FaultKind, on servers: any PrivateServers, _ queue: QueueConfiguration
    ) throws -> Outage {
        let key = QueueConfiguration.key(ofQueue: queue.name)
        return switch kind {
        case .cutConnections: try cutConnections(of: servers.master(of: key))
        case .killRedis: try killAndRestart(servers.master(of: key))
        case .failOver: try failOver(servers, key)
        case .rollingRestart: try restartAll(servers)
        case .moveSlot: try moveSlot(of: key, in: servers)
        case .partitionMaster: try partitionMaster(of: key, in: servers)
        case .changeShards: try changeShards(of: queue)
        case .powerCut: try cutPower(of: servers)
        default: preconditionFailure("\(kind.rawValue) is not over when it is done")
        }
    }

    private static func cutConnections(of master: PrivateRedisServer) throws -> Outage {
        try Outage {
            let connection = try RedisConnection(to: master.endpoint)
            _ = try connection.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        }
    }

    private static func killAndRestart(_ master: PrivateRedisServer) throws -> Outage {
        try Outage {
            try master.kill()
            try master.restart()
        }
    }

    private static func failOver(_ servers: any PrivateServers, _ key: String) throws -> Outage {
        try servers.awaitReplicas()
        let master = try servers.master(of: key)
        let outage = try Outage { try servers.replace(master, by: .kill) }
        try servers.rejoin()
        try servers.awaitReplicas()
        return outage
    }

    /// An operator goes on to the next one only when all are in step again.
    private static func restartAll(_ servers: any PrivateServers) throws -> Outage {
        try servers.awaitReplicas()
        let masters = try servers.masters()
        return try Outage {
            for master in masters {
                try servers.replace(master, by: .shutDown)
                try servers.rejoin()
                try servers.awaitReplicas()
            }
        }
    }

    /// To the next master, in the order of the nodes.
    private static func moveSlot(of key: String, in servers: any PrivateServers) throws -> Outage {
        guard let cluster = servers as? PrivateCluster else { preconditionFailure("only a Cluster has slots") }
        let (source, masters) = (try cluster.owner(of: key), try cluster.masters())
        guard let place = masters.firstIndex(where: { $0 === source }) else {
            throw HarnessError.run("the node that has the queue's slot is no master of the Cluster")
        }
        let target = masters[(place + 1) % masters.count]
        return try Outage { try cluster.move(HashSlot(of: key), from: source, to: target) }
    }

    /// Into twice as many shards, or from many into one; returns once everybody has heard.
    private static func changeShards(of queue: QueueConfiguration) throws -> Outage {
        let record = try ShardRecord(of: queue)
        let open = try record.read().open
        let outage = try Outage { _ = try record.open(open >= mostShards ? 1 : open * 2) }
        usleep(UInt32((ShardWatch.period * 2).microseconds))
        return outage
    }

    private static func partitionMaster(of key: String, in servers: any PrivateServers) throws -> Outage {
        guard let divisible = servers as? any DivisibleServers else {
            preconditionFailure("only a master among others can be cut off")
        }
        try servers.awaitReplicas()
        let master = try servers.master(of: key)
        return try Outage {
            divisible.isolate(master)
            usleep(UInt32(partition.microseconds))
            divisible.heal()
            try servers.awaitReplicas()
        }
    }

    private static func cutPower(of servers: any PrivateServers) throws -> Outage {
        guard let group = servers as? PrivateServerGroup else {
            preconditionFailure("the power is cut of a server and its replicas only")
        }
        var lostBytes: Int?
        var outage = try Outage { lostBytes = try group.cutPower() }
        outage.lostBytes = lostBytes
        try group.rejoin()
        return outage
    }
}
