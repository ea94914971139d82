import Glibc
import Redis

/// The servers of a trial of scale, on TCP as they are for workers of other hosts: one alone, or the masters of a Cluster. Where
/// the way to them is to be longer, one alone is a Cluster too, of one.
struct ScaleServers {
    /// Where the queue's clients find them.
    let endpoint: RedisEndpoint
    private let servers: [PrivateRedisServer]
    private let stopAll: () -> Void
    private let controls: [RedisConnection]

    /// Starts them.
    init(for shape: ScaleShape) throws(RedisError) {
        let isFar = shape.roundTripMicroseconds > 0
        if shape.servers == 1, !isFar {
            let server = try PrivateRedisServer(acceptsReplicas: true)
            let host = server.host
            endpoint = RedisEndpoint(.tcp(host: host.name, port: host.port), password: server.endpoint.password)
            (servers, stopAll) = ([server], { server.stop() })
        } else {
            // None fails over: a busy machine may keep one waiting.
            let cluster = try PrivateCluster(
                masters: shape.servers, replicas: 0, silence: .seconds(60), isDivisible: isFar)
            if isFar { cluster.delay = .microseconds(shape.roundTripMicroseconds) }
            (servers, endpoint, stopAll) = (cluster.nodes, cluster.endpoint, { cluster.stop() })
        }
        controls = try servers.map { server throws(RedisError) in try RedisConnection(to: server.endpoint) }
    }

    /// Ends them.
    func stop() { stopAll() }

    /// What the first of them said of itself.
    var first: RedisConnection { controls[0] }

    /// CPU seconds that each has used so far.
    func cpuSeconds() throws(RedisError) -> [Double] {
        try controls.map { control throws(RedisError) in try RedisServerInfo.read(control).cpuSeconds }
    }

    /// CPU seconds that all of them together use in a second in which nobody asks for anything.
    func idleSeconds() throws(RedisError) -> Double {
        let before = try cpuSeconds().reduce(0, +)
        usleep(500_000)
        return try (cpuSeconds().reduce(0, +) - before) / 0.5
    }
}
