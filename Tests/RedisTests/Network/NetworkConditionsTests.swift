import Redis
import Testing

/// Who reaches whom, without a network.
@Suite struct NetworkConditionsTests {
    private static let servers = (20_001...20_004).map(LoopbackAddress.init(ofPort:))

    /// For each of the servers, the numbers of those that it reaches.
    private static func reached(_ conditions: NetworkConditions) -> [[Int]] {
        servers.map { server in servers.indices.filter { !conditions.isCut(server, from: servers[$0]) } }
    }

    private static func reachedByClients(_ conditions: NetworkConditions) -> [Int] {
        servers.indices.filter { !conditions.isCut(.home, from: servers[$0]) }
    }

    @Test func addressesComeOfPorts() {
        #expect("\(LoopbackAddress(ofPort: 20_001))" == "127.1.78.33")
        #expect("\(LoopbackAddress.home)" == "127.0.0.1")
    }

    @Test func atFirstEverybodyReachesEverybody() {
        #expect(Self.reached(NetworkConditions()) == Array(repeating: [0, 1, 2, 3], count: 4))
        #expect(Self.reachedByClients(NetworkConditions()) == [0, 1, 2, 3])
    }

    @Test func whoIsIsolatedIsReachedByClientsOnly() {
        var conditions = NetworkConditions()
        conditions.isolate([Self.servers[1]], fromClients: false)
        #expect(Self.reached(conditions) == [[0, 2, 3], [1], [0, 2, 3], [0, 2, 3]])
        #expect(Self.reachedByClients(conditions) == [0, 1, 2, 3])
    }

    @Test func whoAreIsolatedTogetherStayTogether() {
        var conditions = NetworkConditions()
        conditions.isolate([Self.servers[0], Self.servers[1]], fromClients: true)
        conditions.isolate([Self.servers[3]], fromClients: false)
        #expect(Self.reached(conditions) == [[0, 1], [0, 1], [2], [3]])
        #expect(Self.reachedByClients(conditions) == [2, 3])
    }

    @Test func healingBringsAllTogetherAndLeavesTheDelay() {
        var conditions = NetworkConditions()
        conditions.delay = .milliseconds(5)
        conditions.isolate([Self.servers[0]], fromClients: true)
        conditions.heal()
        #expect(Self.reached(conditions) == Self.reached(NetworkConditions()))
        #expect(Self.reachedByClients(conditions) == [0, 1, 2, 3])
        #expect(conditions.delay == .milliseconds(5))
    }
}
