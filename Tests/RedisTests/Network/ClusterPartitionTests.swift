import Redis
import TestSupport
import Testing

/// A Cluster's master that is cut off from all other nodes, and comes back.
@Suite(.serialized) struct ClusterPartitionTests {
    private let key = TestServer.uniqueName()

    private func awaitSuccessor(of old: PrivateRedisServer, in cluster: PrivateCluster) throws {
        #expect(eventually { (try? cluster.owner(of: key)).map { $0 !== old } ?? false })
    }

    private func awaitReturn(of old: PrivateRedisServer) {
        #expect(
            eventually(within: .seconds(60)) {
                let fields = (try? RedisConnection(to: old.endpoint))?.server.fields
                return fields?["role"] == "slave" && fields?["master_link_status"] == "up"
            })
    }

    /// It takes writes for about as long as a node may be silent, and what it has taken by then is gone later.
    @Test func anIsolatedMasterStopsTakingWrites() throws {
        let cluster = try PrivateCluster(silence: .seconds(2), isDivisible: true)
        let old = try cluster.owner(of: key)
        let client = try RedisConnection(to: old.endpoint)
        for _ in 0..<10 { _ = try client.call("INCR", key) }
        #expect(try client.call("WAIT", "1", "0").integer() == 1)
        cluster.isolate(old)
        _ = try client.call("INCR", key)
        #expect(try client.call("WAIT", "1", "100").integer() == 0)
        var refusal: RedisError?
        #expect(
            eventually {
                do throws(RedisError) {
                    _ = try client.call("INCR", key)
                } catch {
                    refusal = error
                }
                return refusal != nil
            })
        #expect(refusal?.isRefusal(["CLUSTERDOWN"]) == true)
        try awaitSuccessor(of: old, in: cluster)
        // Every client is led there sooner or later: the old master still counts the slot as its own.
        let new = try RedisConnection(to: cluster.owner(of: key).endpoint)
        #expect(try new.call("GET", key).text() == "10")
        cluster.heal()
        awaitReturn(of: old)
        #expect(try new.call("INCR", key).integer() == 11)
    }

    @Test func aClientIsLedToTheNewMaster() throws {
        let cluster = try PrivateCluster(silence: .seconds(2), isDivisible: true)
        let old = try cluster.owner(of: key)
        let client = try RedisConnection(to: cluster.endpoint, for: key)
        _ = try client.call("SET", key, "value")
        #expect(try client.call("WAIT", "1", "0").integer() == 1)
        cluster.isolate(old)
        try awaitSuccessor(of: old, in: cluster)
        cluster.heal()
        awaitReturn(of: old)
        let error = #expect(throws: RedisError.self) { _ = try client.call("SET", key, "another") }
        if let error, !error.isConnectionLost { #expect(client.remedy(for: error) == .reconnect) }
        try client.reconnect(Backoff())
        #expect(try client.call("GET", key).text() == "value")
        #expect(client.place.address != .tcp(host: old.host.name, port: old.host.port))
    }
}
