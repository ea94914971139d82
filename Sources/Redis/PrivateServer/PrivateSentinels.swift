import Glibc
import Synchronization

/// A master, its replicas, and Sentinels that watch them: private servers, all on 127.0.0.1.
///
/// They end, and their folders go, as a ``PrivateRedisServer`` does.
package final class PrivateSentinels: PrivateServers, DivisibleServers {
    /// What the Sentinels call the master.
    package static let master = "fibq"

    /// The servers; the first began as the master.
    package let servers: [PrivateRedisServer]
    /// Those that watch them.
    package let sentinels: [PrivateRedisServer]
    /// The address of whichever is master.
    package let endpoint: RedisEndpoint
    /// Those that were ended, until they rejoin.
    let fallen = Mutex<[PrivateRedisServer]>([])

    /// Starts them, and waits until every Sentinel knows of every replica and of the other Sentinels.
    ///
    /// - Parameters:
    ///   - durability: what each server promises about a write.
    ///   - settings: further settings of the servers' redis.conf, by name.
    ///   - replicas: how many.
    ///   - sentinels: how many; most of them have to agree that a master is gone.
    ///   - silence: how long a master may be silent. A Sentinel may take a second to reach one that has just become master: with
    ///     less than some more than that it passes for dead, and is replaced while clients still write to it.
    ///   - isDivisible: puts a network between them that can be slow or divided; see ``DivisibleServers``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package init(
        durability: Durability = .none, settings: [(String, String)] = [], replicas: Int = 2, sentinels: Int = 3,
        silence: Duration = .seconds(2), isDivisible: Bool = false
    ) throws(RedisError) {
        let network = isDivisible ? try DivisibleNetwork() : nil
        let link = try ReplicationLink(network: network)
        // When it comes back after a failover it follows another.
        let master = try PrivateRedisServer(
            durability: durability, settings: settings + [("masterauth", link.password)], isPowerCutReady: false,
            link: link, master: nil)
        var (servers, watchers): ([PrivateRedisServer], [PrivateRedisServer]) = ([master], [])
        for _ in 0..<replicas {
            let replica = try master.startReplica(settings: settings)
            try replica.awaitSynced(with: master)
            servers.append(replica)
        }
        for _ in 0..<sentinels {
            let link = try ReplicationLink(password: link.password, network: network)
            watchers.append(
                try PrivateRedisServer(
                    durability: .none, settings: [("sentinel announce-ip", master.host.name)], isPowerCutReady: false,
                    link: link, master: nil,
                    mode: ["--sentinel"]))
        }
        (self.servers, self.sentinels) = (servers, watchers)
        var endpoint = RedisEndpoint(
            .sentinel(master: Self.master, at: watchers.map(\.host)), password: master.link.password)
        endpoint.sentinelPassword = master.link.password
        self.endpoint = endpoint
        for sentinel in watchers { try watch(master, by: sentinel, silence) }
        for sentinel in watchers { try awaitKnowledge(of: sentinel, on: master) }
    }

    /// Ends them all and removes their folders. Later calls do nothing.
    package func stop() { stopAll() }

    /// The Sentinels, and those that they watch.
    package var all: [PrivateRedisServer] { sentinels + servers }

    /// The server that the Sentinels take for the master now.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func currentMaster() throws(RedisError) -> PrivateRedisServer {
        let place = try RedisConnection(to: endpoint).place
        guard let server = server(at: place) else { throw .privateServer(reason: "the Sentinels lead to \(place)") }
        return server
    }

    /// The one that listens there.
    package func server(at place: RedisEndpoint) -> PrivateRedisServer? { servers.first { isPlace(place, of: $0) } }

    private func watch(
        _ master: PrivateRedisServer, by sentinel: PrivateRedisServer, _ silence: Duration
    ) throws(RedisError) {
        let connection = try RedisConnection(to: sentinel.endpoint)
        let host = master.host
        _ = try connection.call(
            "SENTINEL", "MONITOR", Self.master, host.name, "\(host.port)", "\(sentinels.count / 2 + 1)")
        let milliseconds = Int(silence.milliseconds)
        for (name, value) in [
            ("auth-pass", master.link.password), ("down-after-milliseconds", "\(milliseconds)"),
            ("failover-timeout", "\(milliseconds * 3)"), ("parallel-syncs", "\(max(1, servers.count - 1))"),
        ] {
            _ = try connection.call("SENTINEL", "SET", Self.master, name, value)
        }
    }

    /// Waits until a Sentinel takes `master` for the master, and knows of every replica and every other Sentinel, each at work.
    ///
    /// It learns of replicas from the master, and of other Sentinels from what they publish there.
    func awaitKnowledge(of sentinel: PrivateRedisServer, on master: PrivateRedisServer) throws(RedisError) {
        let connection = try RedisConnection(to: sentinel.endpoint)
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            let address = try connection.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", Self.master).texts()
            let replicas = try connection.call("SENTINEL", "REPLICAS", Self.master)
            let others = try connection.call("SENTINEL", "SENTINELS", Self.master)
            if address == [master.host.name, "\(master.host.port)"],
                try SentinelView.flags(in: replicas) == Array(repeating: "slave", count: servers.count - 1),
                // What they say of a master that is gone is remembered for five seconds.
                others.count == sentinels.count - 1
            {
                return
            }
            usleep(20_000)
        }
        throw .privateServer(reason: "a Sentinel does not find the replicas, or the other Sentinels")
    }
}
