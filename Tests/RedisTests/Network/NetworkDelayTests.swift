import Redis
import TestSupport
import Testing

/// Servers that are far from each other and from their clients.
@Suite struct NetworkDelayTests {
    private static let delay = Duration.milliseconds(40)

    private func time(_ body: () throws -> Void) rethrows -> Duration { try ContinuousClock().measure(body) }

    @Test func aRoundTripTakesAsLongAsIsSaid() throws {
        let servers = try PrivateSentinels(silence: .seconds(60), isDivisible: true)
        let client = try RedisConnection(to: servers.endpoint)
        servers.delay = Self.delay
        #expect(servers.delay == Self.delay)
        #expect(try time { _ = try client.call("PING") } >= Self.delay)
        // What is sent together arrives together.
        for _ in 0..<3 { client.append("PING", []) }
        #expect(try time { _ = try client.receiveAll(3) } >= Self.delay)
        // A replica is as far from its master as a client is.
        let master = try RedisConnection(to: servers.currentMaster().endpoint)
        _ = try master.call("INCR", TestServer.uniqueName())
        #expect(try time { _ = try master.call("WAIT", "2", "0") } >= Self.delay)
        servers.delay = .zero
        #expect(try client.call("PING").text() == "PONG")
    }

    /// A connection takes a round trip, and so does each question that is asked over it.
    @Test func beingConnectedTakesARoundTripToo() throws {
        let servers = try PrivateSentinels(silence: .seconds(60), isDivisible: true)
        let place = try RedisConnection(to: servers.endpoint).place
        servers.delay = Self.delay
        // AUTH, PING, INFO, CLIENT ID.
        #expect(try time { _ = try RedisConnection(to: place) } >= Self.delay * 5)
    }

    /// More than is held on the way at once.
    @Test func whatIsLargeArrivesWhole() throws {
        let cluster = try PrivateCluster(masters: 3, replicas: 0, silence: .seconds(60), isDivisible: true)
        cluster.delay = .milliseconds(4)
        let key = TestServer.uniqueName()
        let value = String(repeating: "0123456789abcdef", count: DelayLine.capacity / 8)
        let client = try RedisConnection(to: cluster.endpoint, for: key)
        #expect(try client.call("SET", key, value).text() == "OK")
        #expect(try client.call("GET", key).text() == value)
    }

    /// When the servers go, nobody listens in their stead.
    @Test func theNetworkGoesWithItsServers() throws {
        let servers = try PrivateSentinels(replicas: 0, sentinels: 1, silence: .seconds(60), isDivisible: true)
        let client = try RedisConnection(to: servers.endpoint)
        let place = client.place
        servers.stop()
        #expect(throws: RedisError.self) { _ = try client.call("PING") }
        let error = #expect(throws: RedisError.self) { try RedisConnection(to: place) }
        guard case .unreachable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
