import Glibc
import Redis

/// The servers of trials of scale, on TCP as they are for workers of other hosts: one alone, or the masters of a Cluster. Where
/// the way to them is to be longer, one alone is a Cluster too, of one.
struct ScaleServers {
    /// What trials need of servers: those that need the same can have the same ones.
    struct Need: Hashable {
        /// How many there are.
        let count: Int
        /// True when the way to them can be made longer.
        let isFar: Bool

        /// What a trial of that shape needs.
        init(_ shape: ScaleShape) { (count, isFar) = (shape.servers, shape.roundTripMicroseconds > 0) }
    }

    /// Where the queue's clients find them.
    let endpoint: RedisEndpoint
    private let servers: [PrivateRedisServer]
    private let setDelay: (Duration) -> Void
    private let stopAll: () -> Void
    private let controls: [RedisConnection]

    /// Starts them.
    init(_ need: Need) throws(RedisError) {
        if need.count == 1, !need.isFar {
            let server = try PrivateRedisServer(acceptsReplicas: true)
            let host = server.host
            endpoint = RedisEndpoint(.tcp(host: host.name, port: host.port), password: server.endpoint.password)
            (servers, setDelay, stopAll) = ([server], { _ in }, { server.stop() })
        } else {
            // None fails over: a busy machine may keep one waiting.
            let cluster = try PrivateCluster(
                masters: need.count, replicas: 0, silence: .seconds(60), isDivisible: need.isFar)
            (servers, endpoint) = (cluster.nodes, cluster.endpoint)
            (setDelay, stopAll) = ({ if need.isFar { cluster.delay = $0 } }, { cluster.stop() })
        }
        controls = try servers.map { server throws(RedisError) in try RedisConnection(to: server.endpoint) }
    }

    /// From now on the way to them and back takes so much longer, where it can.
    func setRoundTrip(microseconds: Int) { setDelay(.microseconds(microseconds)) }

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
