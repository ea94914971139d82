import Foundation
import Glibc
import Redis
import TestSupport
import Testing

/// A master and its replicas behind one address, when the master is lost.
@Suite struct PrivateServerGroupTests {
    private func push(_ count: Int, to endpoint: RedisEndpoint) throws {
        let connection = try RedisConnection(to: endpoint)
        for number in 1...count { _ = try connection.call("RPUSH", "tasks", "\(number)") }
    }

    private func count(at endpoint: RedisEndpoint) throws -> Int {
        try RedisConnection(to: endpoint).call("LLEN", "tasks").integer()
    }

    @Test func aServerThatIsAloneHasItsOwnAddress() throws {
        let group = try PrivateServerGroup(durability: .none)
        #expect(group.endpoint == group.master.endpoint)
        #expect(group.replicas.isEmpty)
    }

    @Test func whatTheReplicaHadIsThereAfterAFailOver() throws {
        let group = try PrivateServerGroup(durability: .replicated(1))
        let (first, endpoint) = (group.master, group.endpoint)
        let connection = try RedisConnection(to: endpoint)
        _ = try connection.call("RPUSH", "tasks", "1", "2", "3")
        #expect(try connection.call("WAIT", "1", "10000").integer() == 1)
        try group.failOver()
        #expect(group.master !== first)
        #expect(group.endpoint == endpoint)
        // It answers before the old master is back.
        #expect(try count(at: endpoint) == 3)
        #expect(group.replicas.isEmpty)
        // The old master follows, so the next loss is survived too.
        try group.rejoin()
        try push(2, to: endpoint)
        try #require(group.replicas.first === first)
        try group.awaitReplicas()
        try group.failOver()
        #expect(group.master === first)
        #expect(try count(at: endpoint) == 5)
    }

    /// What it was sent when it began to follow does not come back with it.
    @Test func aMasterThatWasAReplicaRestartsEmpty() throws {
        let group = try PrivateServerGroup(durability: .replicated(1))
        try push(2, to: group.endpoint)
        try group.awaitReplicas()
        try group.failOver()
        try group.rejoin()
        try group.awaitReplicas()
        try push(3, to: group.endpoint)
        try group.awaitReplicas()
        try group.failOver()
        #expect(try count(at: group.endpoint) == 5)
        try group.master.kill()
        try group.master.restart()
        #expect(try count(at: group.endpoint) == 0)
    }

    @Test func theReplicaThatHasMostTakesOver() throws {
        let group = try PrivateServerGroup(durability: .replicated(2))
        let (behind, ahead) = (group.replicas[0], group.replicas[1])
        // One that stands still has no more than the kernel holds for it.
        behind.send(signal: SIGSTOP)
        let (connection, large) = (try RedisConnection(to: group.endpoint), String(repeating: "x", count: 2_000_000))
        for _ in 0..<10 { _ = try connection.call("RPUSH", "tasks", large) }
        try ahead.awaitSynced(with: group.master)
        try group.master.kill()
        behind.send(signal: SIGCONT)
        try group.failOver()
        #expect(group.master === ahead)
        #expect(try count(at: group.endpoint) == 10)
    }

    @Test func aPowerCutOfAllTakesWhatIsInMemoryOnly() throws {
        let group = try PrivateServerGroup(durability: .replicated(1), isPowerCutReady: true)
        try push(10, to: group.endpoint)
        #expect(try group.cutPower() == 0)
        #expect(try count(at: group.endpoint) == 0)
        try group.rejoin()
        #expect(group.replicas.count == 1)
        try group.awaitReplicas()
    }
}
