import Redis
import TestSupport
import Testing

/// Connections to servers that are one of many.
@Suite struct TopologyConnectionTests {
    @Test func aConnectionIsMadeToTheMaster() throws {
        let connection = try RedisConnection(to: TestTopology.sentinel.endpoint())
        #expect(connection.server.fields["role"] == "master")
        #expect(try connection.call("SET", TestServer.uniqueName(), "value").text() == "OK")
    }

    @Test func aMasterThatNobodyWatchesIsSaid() throws {
        var endpoint = try TestTopology.sentinel.endpoint()
        guard case .sentinel(_, let hosts) = endpoint.address else { return }
        endpoint.address = .sentinel(master: "nobody", at: hosts)
        let nobody = endpoint
        #expect(throws: RedisError.noSuchMaster(name: "nobody")) { try RedisConnection(to: nobody) }
    }

    @Test func sentinelsWantTheirOwnPassword() throws {
        var endpoint = try TestTopology.sentinel.endpoint()
        endpoint.sentinelPassword = "wrong"
        let wrong = endpoint
        let error = #expect(throws: RedisError.self) { try RedisConnection(to: wrong) }
        guard case .notAuthenticated? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aConnectionIsMadeToTheNodeOfItsKey() throws {
        let endpoint = try TestTopology.cluster.endpoint()
        var places: Set<RedisEndpoint> = []
        for key in ["a", "b", "c"] {
            let connection = try RedisConnection(to: endpoint, for: key)
            #expect(try connection.call("GET", key).isNull)
            places.insert(connection.place)
        }
        #expect(places.count == 3)
    }

    @Test func aNodeIsNotTakenForAServerAlone() throws {
        let there = try RedisConnection(to: TestTopology.cluster.endpoint(), for: "a").place
        let connection = try RedisConnection(to: there)
        let error = #expect(throws: RedisError.self) { _ = try connection.call("GET", "b") }
        #expect(error.map { "\($0)".contains("cluster://") } == true)
    }
}
