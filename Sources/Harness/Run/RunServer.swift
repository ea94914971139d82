import Redis
import Workload

/// The server of a run: a private one, or one that was given.
struct RunServer {
    /// Where it is.
    let endpoint: RedisEndpoint
    /// How it was reached, for the manifest.
    var transport: String {
        switch endpoint.address {
        case .unixSocket: "unix"
        case .tcp, .sentinel, .cluster: "tcp"
        }
    }

    /// The private one, with its replicas; `nil` when one was given.
    let owned: PrivateServerGroup?

    /// Starts a private server of this durability, or checks that the one given does not contradict it.
    ///
    /// - Parameters:
    ///   - recordsSyncs: whether a private one records what reaches its disk, for faults that need to know.
    ///   - instance: the machine that a private one may be on, its replicas excepted; `nil` for this one.
    init(
        _ given: RedisEndpoint?, durability: Durability, recordsSyncs: Bool, instance: InstanceBox?
    ) throws(HarnessError) {
        do {
            if let given {
                (endpoint, owned) = (given, nil)
                try Self.check(durability, at: RedisConnection(to: given))
            } else {
                let memory = instance?.serverMemoryBytes.map { [("maxmemory", "\($0)")] } ?? []
                let servers = try PrivateServerGroup(
                    durability: durability, settings: memory, isPowerCutReady: recordsSyncs,
                    launcher: instance?.launcher(for: .redis) ?? [])
                (endpoint, owned) = (servers.endpoint, servers)
            }
        } catch {
            throw HarnessError(error)
        }
    }

    /// True when fibq started it.
    var isPrivate: Bool { owned != nil }

    /// Ends a private server.
    func stop() { owned?.stop() }

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
