import Redis
import TestSupport
import Testing

/// A master that is cut off from its replicas and from the Sentinels, and comes back.
@Suite(.serialized) struct SentinelPartitionTests {
    private static let strict = [("min-replicas-to-write", "1"), ("min-replicas-max-lag", "1")]

    private let key = TestServer.uniqueName()

    private static func servers(_ settings: [(String, String)] = []) throws -> PrivateSentinels {
        let servers = try PrivateSentinels(settings: settings, silence: .seconds(2), isDivisible: true)
        try servers.hasten()
        return servers
    }

    private func awaitSuccessor(
        of old: PrivateRedisServer, among servers: PrivateSentinels, meanwhile: () throws -> Void = {}
    ) throws {
        #expect(
            try eventually {
                try meanwhile()
                return (try? servers.currentMaster()).map { $0 !== old } ?? false
            })
    }

    private func awaitReturn(of old: PrivateRedisServer) {
        #expect(
            eventually(within: .seconds(60)) {
                let fields = (try? RedisConnection(to: old.endpoint))?.server.fields
                return fields?["role"] == "slave" && fields?["master_link_status"] == "up"
            })
    }

    /// The reason why a failover can lose what was acknowledged.
    @Test func whatAnIsolatedMasterTakesIsGoneLater() throws {
        let servers = try Self.servers()
        let old = try servers.currentMaster()
        let client = try RedisConnection(to: servers.endpoint)
        for _ in 0..<10 { _ = try client.call("INCR", key) }
        #expect(try client.call("WAIT", "2", "0").integer() == 2)
        servers.isolate(old)
        try awaitSuccessor(of: old, among: servers) { _ = try client.call("INCR", key) }
        let acknowledged = try client.call("INCR", key).integer()
        #expect(acknowledged > 10)
        #expect(try RedisConnection(to: servers.endpoint).call("GET", key).text() == "10")
        servers.heal()
        awaitReturn(of: old)
        // The connection to the old master is lost or refused, and the next one leads to the new one.
        #expect(throws: RedisError.self) { _ = try client.call("INCR", key) }
        try client.reconnect(Backoff())
        #expect(try client.call("INCR", key).integer() == 11)
        let new = try servers.currentMaster()
        #expect(client.place.address == .tcp(host: new.host.name, port: new.host.port))
    }

    @Test func nobodyConfirmsWhatAnIsolatedMasterTakes() throws {
        let servers = try Self.servers()
        let master = try servers.currentMaster()
        let client = try RedisConnection(to: master.endpoint)
        _ = try client.call("SET", key, "1")
        #expect(try client.call("WAIT", "1", "0").integer() >= 1)
        servers.isolate(master)
        _ = try client.call("SET", key, "2")
        #expect(try client.call("WAIT", "1", "300").integer() == 0)
        try awaitSuccessor(of: master, among: servers)
        #expect(try RedisConnection(to: servers.endpoint).call("GET", key).text() == "1")
    }

    @Test func aMasterThatWantsReplicasSoonRefusesWrites() throws {
        let servers = try Self.servers(Self.strict)
        let old = try servers.currentMaster()
        let client = try RedisConnection(to: old.endpoint)
        #expect(eventually { (try? client.call("SET", key, "0")) != nil })
        servers.isolate(old)
        #expect(eventually { isRefused(client) })
        for _ in 0..<10 { #expect(isRefused(client)) }
        try awaitSuccessor(of: old, among: servers)
        servers.heal()
        awaitReturn(of: old)
        let new = try RedisConnection(to: servers.endpoint)
        #expect(eventually { (try? new.call("SET", key, "1")) != nil })
    }

    private func isRefused(_ client: RedisConnection) -> Bool {
        do {
            _ = try client.call("INCR", key)
            return false
        } catch {
            return error.isRefusal(["NOREPLICAS"])
        }
    }

    /// A minority that stays with its master changes nothing: the others are more.
    @Test func aSentinelThatIsCutOffWithTheMasterIsOutvoted() throws {
        let servers = try Self.servers()
        let old = try servers.currentMaster()
        servers.isolate(old, servers.sentinels[0])
        try awaitSuccessor(of: old, among: servers)
        servers.heal()
        awaitReturn(of: old)
        #expect(eventually { (try? servers.currentMaster()).map { $0 !== old } ?? false })
    }

    /// Nobody takes over where the Sentinels are cut off from each other.
    @Test func withoutAMajorityTheMasterStays() throws {
        let servers = try Self.servers()
        let old = try servers.currentMaster()
        for sentinel in servers.sentinels { servers.isolate(sentinel) }
        let watcher = try RedisConnection(to: servers.sentinels[0].endpoint)
        #expect(
            try eventually {
                let state = try watcher.call("SENTINEL", "MASTER", PrivateSentinels.master).texts()
                return state.contains { $0.contains("s_down") }
            })
        #expect(try servers.currentMaster() === old)
    }

    @Test func clientsCanBeCutOffToo() throws {
        let servers = try Self.servers()
        let old = try servers.currentMaster()
        let settings = RedisSettings(connectTimeout: .milliseconds(300), commandTimeout: .milliseconds(300))
        let client = try RedisConnection(to: servers.endpoint, settings: settings)
        servers.isolate(old, fromClients: true)
        let error = #expect(throws: RedisError.self) { _ = try client.call("INCR", key) }
        #expect(error?.isConnectionLost == true)
        try client.reconnect(Backoff())
        #expect(try client.call("INCR", key).integer() == 1)
        #expect(try servers.currentMaster() !== old)
    }
}
