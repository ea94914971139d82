import Redis
import TestSupport
import Testing

/// Masters that are replaced, however the servers stand together.
@Suite struct PrivateServersTests {
    private static let key = "{tasks}:pending"

    private static func servers(_ topology: TestTopology) throws -> any PrivateServers {
        switch topology {
        case .standalone, .restricted: try PrivateServerGroup(durability: .replicated(1))
        case .sentinel: try PrivateSentinels(durability: .replicated(1))
        case .cluster: try PrivateCluster(durability: .replicated(1))
        }
    }

    private func push(_ count: Int, to servers: any PrivateServers) throws {
        let connection = try RedisConnection(to: servers.endpoint, for: Self.key)
        for number in 0..<count { _ = try connection.call("RPUSH", Self.key, "\(number)") }
        #expect(try connection.call("WAIT", "1", "10000").integer() >= 1)
    }

    private func count(in servers: any PrivateServers) throws -> Int {
        try RedisConnection(to: servers.endpoint, for: Self.key).call("LLEN", Self.key).integer()
    }

    /// Twice, so that the one that came back as a replica is a master once more, or was about to be.
    @Test(arguments: [TestTopology.standalone, .sentinel, .cluster], [PrivateRedisServer.Ending.kill, .shutDown])
    func whatReplicasHadIsThereAfterwards(topology: TestTopology, ending: PrivateRedisServer.Ending) throws {
        let servers = try Self.servers(topology)
        for round in 1...2 {
            try push(5, to: servers)
            try servers.awaitReplicas()
            let master = try servers.master(of: Self.key)
            #expect(try servers.masters().contains { $0 === master })
            try servers.replace(master, by: ending)
            let heir = try servers.master(of: Self.key)
            #expect(heir !== master)
            #expect(servers.server(at: try RedisConnection(to: servers.endpoint, for: Self.key).place) === heir)
            #expect(try count(in: servers) == 5 * round)
            try servers.rejoin()
            try servers.awaitReplicas()
            #expect(try RedisConnection(to: master.endpoint).server.fields["role"] == "slave")
        }
        // What is started again stays what it has become.
        let masters = try servers.masters().count
        #expect(masters == (topology == .cluster ? 3 : 1))
    }

    /// It syncs its file before it ends, and comes back with all of it.
    @Test func aServerThatIsAloneIsStartedAgainOnItsData() throws {
        let servers = try PrivateServerGroup(durability: .everysec)
        let connection = try RedisConnection(to: servers.endpoint)
        for number in 0..<5 { _ = try connection.call("RPUSH", Self.key, "\(number)") }
        let first = servers.master.processID
        try servers.replace(servers.master, by: .shutDown)
        #expect(servers.master.processID != first)
        #expect(try count(in: servers) == 5)
    }
}
