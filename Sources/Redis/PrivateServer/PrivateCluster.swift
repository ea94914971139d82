import Glibc
import Synchronization

/// A Redis Cluster of private servers on 127.0.0.1: masters, each with as many replicas.
///
/// They end, and their folders go, as a ``PrivateRedisServer`` does.
package final class PrivateCluster: PrivateServers, DivisibleServers {
    /// The nodes: the masters first, then the replicas, those of the first master before those of the second.
    package let nodes: [PrivateRedisServer]
    /// The address of whichever node has a connection's keys.
    package let endpoint: RedisEndpoint
    private let masterCount: Int
    /// How long a move waits for clients that have yet to hear of the one before.
    private static let oldNewsLimit = Duration.milliseconds(1_500)
    /// Those that were ended, until they rejoin.
    let fallen = Mutex<[PrivateRedisServer]>([])
    /// The ports of the nodes among themselves.
    private let buses: [PortReservation]

    /// Starts the nodes, joins them, and waits until every slot is served and every replica follows.
    ///
    /// - Parameters:
    ///   - durability: what each node promises about a write.
    ///   - settings: further settings of their redis.conf, by name.
    ///   - masters: how many; three are the fewest that can agree on a failover.
    ///   - replicas: how many each of them has.
    ///   - silence: how long a node may be silent.
    ///   - isDivisible: puts a network between them that can be slow or divided; see ``DivisibleServers``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package init(
        durability: Durability = .none, settings: [(String, String)] = [], masters: Int = 3, replicas: Int = 1,
        silence: Duration = .seconds(1), isDivisible: Bool = false
    ) throws(RedisError) {
        let network = isDivisible ? try DivisibleNetwork() : nil
        var nodes: [PrivateRedisServer] = []
        var buses: [PortReservation] = []
        var password: String?
        for _ in 0..<masters * (1 + replicas) {
            let link = try ReplicationLink(password: password, network: network)
            let bus = try PortReservation.any()
            try network?.open(bus.port, of: link.address)
            password = link.password
            let node = try PrivateRedisServer(
                durability: durability, settings: settings + Self.settings(link, bus, silence), isPowerCutReady: false,
                link: link, master: nil)
            nodes.append(node)
            buses.append(bus)
        }
        (self.nodes, self.buses, masterCount) = (nodes, buses, masters)
        endpoint = RedisEndpoint(.cluster(at: nodes.prefix(masters).map(\.host)), password: password)
        try join(replicas: replicas)
    }

    /// Ends the nodes and removes their folders. Later calls do nothing.
    package func stop() { stopAll() }

    /// The nodes.
    package var all: [PrivateRedisServer] { nodes }

    /// The node that has the slot of this key now.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func owner(of key: String) throws(RedisError) -> PrivateRedisServer {
        // What the search believes may be old: the node itself is asked. For a moment after a move they may disagree.
        let connection = try Backoff().retrying(while: { true }, if: endpoint.isPassing) { () throws(RedisError) in
            try RedisConnection(to: endpoint, for: key) { connection throws(RedisError) in
                _ = try connection.call("EXISTS", key)
            }
        }
        return try node(at: connection.place)
    }

    /// The one that listens there.
    package func server(at place: RedisEndpoint) -> PrivateRedisServer? { nodes.first { isPlace(place, of: $0) } }

    /// Moves a slot with all of its keys to another node while both serve it, as `redis-cli --cluster reshard` does.
    ///
    /// - Parameter step: how many keys are moved by one command.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func move(
        _ slot: HashSlot, from source: PrivateRedisServer, to target: PrivateRedisServer, step: Int = 10
    ) throws(RedisError) {
        let (old, new) = (try RedisConnection(to: source.endpoint), try RedisConnection(to: target.endpoint))
        let (oldID, newID) = (try old.call("CLUSTER", "MYID").text(), try new.call("CLUSTER", "MYID").text())
        let number = "\(slot.number)"
        try awaitNobodyBlocked(at: new)
        _ = try new.call("CLUSTER", "SETSLOT", number, "IMPORTING", oldID)
        _ = try old.call("CLUSTER", "SETSLOT", number, "MIGRATING", newID)
        while true {
            let keys = try old.call("CLUSTER", "GETKEYSINSLOT", number, "\(step)").texts()
            guard !keys.isEmpty else { break }
            old.append(
                "MIGRATE",
                [target.host.name, "\(target.host.port)", "", "0", "5000", "AUTH", target.link.password, "KEYS"] + keys)
            _ = try old.receive()
        }
        // The new owner first: it then tells the others.
        for connection in [new, old] { _ = try connection.call("CLUSTER", "SETSLOT", number, "NODE", newID) }
        for node in nodes where node !== source && node !== target {
            // A replica is told by its master.
            let connection = try RedisConnection(to: node.endpoint)
            guard connection.server.fields["role"] == "master" else { continue }
            _ = try connection.call("CLUSTER", "SETSLOT", number, "NODE", newID)
        }
        try awaitEpoch(of: new, newID)
    }

    /// Waits until no client is blocked at a node, or for long enough.
    ///
    /// A node tells those whose slot has left it only at its next look, up to a second later. Were the slot back by then, the first
    /// list restored would serve them: Redis checks where keys are when a client begins to wait, and not when it is served. What is
    /// popped so may be for nobody any more, and the list that BLMOVE pushes to would be on both nodes (BUSYKEY).
    private func awaitNobodyBlocked(at node: RedisConnection) throws(RedisError) {
        let deadline = ContinuousClock.now + Self.oldNewsLimit
        while ContinuousClock.now < deadline {
            let clients = try node.call("CLIENT", "LIST").text().split(separator: "\n")
            guard clients.contains(where: { $0.contains(" flags=b ") }) else { return }
            usleep(10_000)
        }
    }

    /// Waits until every node knows the configuration epoch of one that has just got a slot: until then a word of the slot's old node
    /// that was long on its way may take it back for a while.
    private func awaitEpoch(of owner: RedisConnection, _ id: String) throws(RedisError) {
        let connections = try nodes.map { node throws(RedisError) in try RedisConnection(to: node.endpoint) }
        try wait("the nodes do not hear of a slot's new place") { () throws(RedisError) in
            let epoch = try Self.epoch(of: id, in: owner.call("CLUSTER", "NODES").text())
            for connection in connections {
                guard try Self.epoch(of: id, in: connection.call("CLUSTER", "NODES").text()) == epoch else {
                    return false
                }
            }
            return true
        }
    }

    /// The seventh word of a node's line.
    private static func epoch(of id: String, in nodes: String) -> Substring? {
        nodes.split(separator: "\n").first { $0.hasPrefix(id) }?.split(separator: " ").dropFirst(6).first
    }

    private static func settings(
        _ link: ReplicationLink, _ bus: PortReservation, _ silence: Duration
    ) -> [(String, String)] {
        [
            ("cluster-enabled", "yes"), ("cluster-port", "\(bus.port)"), ("cluster-announce-ip", "127.0.0.1"),
            ("cluster-node-timeout", "\(Int(silence.milliseconds))"), ("masterauth", link.password),
            // A failover need not wait long on one host, and what slots are left go on being served.
            ("cluster-replica-validity-factor", "0"), ("cluster-require-full-coverage", "no"),
        ]
    }

    private func join(replicas: Int) throws(RedisError) {
        var connections: [RedisConnection] = []
        for node in nodes { connections.append(try RedisConnection(to: node.endpoint)) }
        for (index, connection) in connections.enumerated() {
            _ = try connection.call("CLUSTER", "SET-CONFIG-EPOCH", "\(index + 1)")
            if index < masterCount {
                let (first, next) = (
                    index * HashSlot.count / masterCount, (index + 1) * HashSlot.count / masterCount
                )
                _ = try connection.call("CLUSTER", "ADDSLOTSRANGE", "\(first)", "\(next - 1)")
            }
            if index > 0 {
                let host = nodes[0].host
                _ = try connection.call("CLUSTER", "MEET", host.name, "\(host.port)", "\(buses[0].port)")
            }
        }
        try wait("the nodes do not find each other") { () throws(RedisError) in
            for connection in connections {
                let nodes = try connection.call("CLUSTER", "INFO").text()
                guard nodes.contains("cluster_known_nodes:\(self.nodes.count)\r\n") else { return false }
            }
            return true
        }
        for (index, connection) in connections.enumerated().dropFirst(masterCount) {
            let master = connections[(index - masterCount) / max(1, replicas)]
            let id = try master.call("CLUSTER", "MYID").text()
            _ = try connection.call("CLUSTER", "REPLICATE", id)
        }
        try awaitAgreement(connections)
    }

    /// Waits until every node sees every slot served, by as many masters as there were at first, and every replica follows.
    func awaitAgreement(_ connections: [RedisConnection]) throws(RedisError) {
        try wait("not every slot is served, or a replica does not follow") { () throws(RedisError) in
            for (node, connection) in zip(self.nodes, connections) {
                guard try connection.call("CLUSTER", "INFO").text().contains("cluster_state:ok") else { return false }
                let replication = RedisServerInfo(parsing: try connection.call("INFO", "replication").text())
                if replication.fields["role"] == "slave", replication.fields["master_link_status"] != "up" {
                    return false
                }
                let map = try SlotMap(decoding: connection.call("CLUSTER", "SLOTS"), from: node.host)
                guard map.nodes.count == self.nodes.count, map.masters.count == self.masterCount else { return false }
            }
            return true
        }
    }

    /// Waits until something is so.
    func wait(
        _ failure: String, _ condition: () throws(RedisError) -> Bool
    ) throws(RedisError) {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !condition() {
            guard ContinuousClock.now < deadline else { throw .privateServer(reason: failure) }
            usleep(20_000)
        }
    }

    private func node(at place: RedisEndpoint) throws(RedisError) -> PrivateRedisServer {
        guard let node = server(at: place) else {
            throw .privateServer(reason: "the cluster leads to \(place), which is none of its nodes")
        }
        return node
    }
}
