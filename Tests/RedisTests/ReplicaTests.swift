import Foundation
import Redis
import TestSupport
import Testing

/// Replicas, and both ways on after the loss of their master.
@Suite struct ReplicaTests {
    private func push(_ count: Int, to server: PrivateRedisServer) throws {
        let connection = try RedisConnection(to: server.endpoint)
        for number in 1...count { _ = try connection.call("RPUSH", "tasks", "\(number)") }
    }

    private func count(at server: PrivateRedisServer) throws -> Int {
        try RedisConnection(to: server.endpoint).call("LLEN", "tasks").integer()
    }

    private func role(of server: PrivateRedisServer) throws -> String? {
        try RedisConnection(to: server.endpoint).server.fields["role"]
    }

    @Test func aReplicaHasWhatItsMasterHas() throws {
        let master = try TestServer.own(acceptsReplicas: true)
        try push(10, to: master)
        let replica = try master.startReplica()
        try replica.awaitSynced(with: master)
        #expect(try count(at: replica) == 10)
        try push(5, to: master)
        try replica.awaitSynced(with: master)
        #expect(try count(at: replica) == 15)
        #expect(try role(of: replica) == "slave")
        let error = #expect(throws: RedisError.self) { try push(1, to: replica) }
        #expect(error?.serverCode == "READONLY")
    }

    @Test func theReplicationPortWantsThePassword() throws {
        let master = try TestServer.own(acceptsReplicas: true)
        let port = try RedisConnection(to: master.endpoint).server.integer("tcp_port")
        let stranger = RedisEndpoint(.tcp(host: "127.0.0.1", port: port))
        let error = #expect(throws: RedisError.self) { _ = try RedisConnection(to: stranger) }
        guard case .notAuthenticated? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// A master without persistence that is started again is empty, and its replica follows it there, even one that
    /// keeps an append-only file and syncs each write.
    @Test(arguments: [Durability.none, .always]) func anEmptyMasterThatRestartsWipesItsReplica(
        replicaDurability: Durability
    ) throws {
        let master = try TestServer.own(durability: .none, acceptsReplicas: true)
        try push(100, to: master)
        let replica = try master.startReplica(durability: replicaDurability)
        try replica.awaitSynced(with: master)
        try master.kill()
        // Nothing is lost as long as the master stays down.
        #expect(try count(at: replica) == 100)
        try master.restart()
        try replica.awaitSynced(with: master)
        #expect(try count(at: replica) == 0)
        try replica.restart()
        #expect(try count(at: replica) == 0)
    }

    @Test func aMasterThatRestartsOnItsFileKeepsItsReplicaWhole() throws {
        let master = try TestServer.own(durability: .always, isPowerCutReady: true, acceptsReplicas: true)
        try push(100, to: master)
        let replica = try master.startReplica()
        try replica.awaitSynced(with: master)
        try master.cutPower()
        try master.restart()
        try replica.awaitSynced(with: master)
        #expect(try count(at: replica) == 100)
    }

    @Test func promotionKeepsTheData() throws {
        let master = try TestServer.own(durability: .none, acceptsReplicas: true)
        try push(100, to: master)
        let replica = try master.startReplica(durability: .always)
        try replica.awaitSynced(with: master)
        try master.kill()
        try replica.promote()
        try push(1, to: replica)
        // The old master comes back empty, and harms nobody, since nobody follows it any more.
        try master.restart()
        #expect(try role(of: replica) == "master")
        #expect(try count(at: replica) == 101)
        try replica.restart()
        #expect(try role(of: replica) == "master")
        #expect(try count(at: replica) == 101)
        // Following the new one, it gets everything back, and stays a replica over a restart.
        try master.follow(replica)
        try master.awaitSynced(with: replica)
        #expect(try count(at: master) == 101)
        try master.restart()
        #expect(try role(of: master) == "slave")
        try master.awaitSynced(with: replica)
        #expect(try count(at: master) == 101)
    }

    /// Replication is asynchronous: the master answers before the replica has heard of it.
    @Test func promotionLosesWhatTheReplicaHasNotReceived() throws {
        let master = try TestServer.own(durability: .always, acceptsReplicas: true)
        let replica = try master.startReplica()
        try replica.awaitSynced(with: master)
        replica.send(signal: SIGSTOP)
        // More than the socket's buffers hold, so that it can't arrive after its sender's death.
        let connection = try RedisConnection(to: master.endpoint)
        let ballast = String(repeating: "x", count: 1 << 20)
        for _ in 1...32 { _ = try connection.call("RPUSH", "tasks", ballast) }
        #expect(try connection.call("WAIT", "1", "50").integer() == 0)
        try master.kill()
        replica.send(signal: SIGCONT)
        try replica.promote()
        #expect(try count(at: replica) < 32)
        // Its own file has them all, had one only waited for it.
        try master.restart()
        #expect(try count(at: master) == 32)
    }

    @Test func aReplicaCanBeCutOffThePowerToo() throws {
        let master = try TestServer.own(durability: .none, acceptsReplicas: true)
        try push(100, to: master)
        let replica = try master.startReplica(durability: .always, isPowerCutReady: true)
        try replica.awaitSynced(with: master)
        try push(100, to: master)
        try replica.awaitSynced(with: master)
        try replica.promote()
        try replica.cutPower()
        try replica.restart()
        #expect(try count(at: replica) == 200)
    }

    @Test func noReplicaIsLeftBehind() throws {
        let master = try TestServer.own(acceptsReplicas: true)
        var replica: PrivateRedisServer? = try master.startReplica()
        let (processID, folder) = try (#require(replica?.processID), #require(replica?.folder))
        replica = nil
        #expect(kill(processID, 0) == -1)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
