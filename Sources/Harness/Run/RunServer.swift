import Redis
import Workload

/// The servers of a run: private ones, or those that were given.
struct RunServer {
    /// Where they are.
    let endpoint: RedisEndpoint
    /// How they stand together.
    let topology: Topology
    /// How they were reached, for the manifest.
    var transport: String {
        switch endpoint.address {
        case .unixSocket: "unix"
        case .tcp, .sentinel, .cluster: "tcp"
        }
    }

    /// The private ones; `nil` when some were given.
    let owned: (any PrivateServers)?
    /// One of the queue's keys, which leads to the master that has them.
    let key: String

    /// Starts private servers as the scenario has them, or checks that those given do not contradict its durability.
    ///
    /// - Parameters:
    ///   - key: one of the queue's keys.
    ///   - instance: the machine that a private one may be on, its replicas excepted; `nil` for this one.
    init(_ settings: RunSettings, key: String, instance: InstanceBox?) throws(HarnessError) {
        self.key = key
        do {
            if let given = settings.redis {
                (endpoint, topology, owned) = (given, Topology(of: given), nil)
                try Self.check(settings.durability, at: RedisConnection(to: given, for: key))
            } else {
                let servers = try Self.start(settings, instance)
                (endpoint, topology, owned) = (servers.endpoint, settings.scenario.topology, servers)
            }
        } catch {
            throw HarnessError(error)
        }
    }

    /// True when fibq started them.
    var isPrivate: Bool { owned != nil }

    /// The process of the private server that a connection was last made to; `nil` for servers that were given.
    func processID(at place: RedisEndpoint) -> Int32? { owned?.server(at: place)?.processID }

    /// Ends private ones.
    func stop() { owned?.stop() }

    private static func start(_ settings: RunSettings, _ instance: InstanceBox?) throws -> any PrivateServers {
        let (scenario, durability) = (settings.scenario, settings.durability)
        let writes =
            scenario.minReplicas == 0
            ? [] : [("min-replicas-to-write", "\(scenario.minReplicas)"), ("min-replicas-max-lag", "1")]
        let isDivisible = scenario.fault?.kind.needsDivision ?? false
        switch scenario.topology {
        case .standalone:
            let memory = instance?.serverMemoryBytes.map { [("maxmemory", "\($0)")] } ?? []
            return try PrivateServerGroup(
                durability: durability, settings: memory,
                isPowerCutReady: scenario.fault?.kind.needsSyncRecord ?? false,
                launcher: instance?.launcher(for: .redis) ?? [])
        case .sentinel:
            return try PrivateSentinels(
                durability: durability, settings: writes, replicas: scenario.replicas,
                isDivisible: isDivisible)
        case .cluster:
            return try PrivateCluster(
                durability: durability, settings: writes, replicas: scenario.replicas,
                isDivisible: isDivisible)
        }
    }

    /// Throws when the server's own settings promise something else than `durability`, or it has too few replicas.
    private static func check(_ durability: Durability, at connection: RedisConnection) throws {
        if durability.replicas > 0 { return try check(replicas: durability.replicas, at: connection) }
        let settings = try RedisServerSettings(of: connection)
        let actual: Durability =
            if connection.server.integer("aof_enabled") == 0 { .none } else {
                Durability(settings.appendfsync) ?? .everysec
            }
        guard actual == durability else {
            throw HarnessError.usage(
                "durability \(durability) was asked for, but the server's settings mean \(actual)"
                    + " (appendonly \(settings.appendonly), appendfsync \(settings.appendfsync)):"
                    + " say --durability \(actual), or change the server")
        }
    }

    private static func check(replicas: Int, at connection: RedisConnection) throws {
        let actual = connection.server.integer("connected_slaves")
        guard actual < replicas else { return }
        throw HarnessError.usage(
            "durability replicated:\(replicas) was asked for, but \(actual) replicas are connected to the server:"
                + " start more, or say another --durability")
    }
}

extension Topology {
    /// That of the servers behind an address.
    fileprivate init(of endpoint: RedisEndpoint) {
        switch endpoint.address {
        case .unixSocket, .tcp: self = .standalone
        case .sentinel: self = .sentinel
        case .cluster: self = .cluster
        }
    }
}
