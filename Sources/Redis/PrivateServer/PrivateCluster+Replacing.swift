import Synchronization

/// Nodes that end: the masters that are left choose who follows.
extension PrivateCluster {
    /// The node that has the slot of this key.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func master(of key: String) throws(RedisError) -> PrivateRedisServer { try owner(of: key) }

    /// The nodes that have slots, in the order of ``nodes``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func masters() throws(RedisError) -> [PrivateRedisServer] {
        let hosts = try map(of: nodes[0], RedisConnection(to: nodes[0].endpoint)).masters
        return nodes.filter { hosts.contains($0.host) }
    }

    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func replace(_ master: PrivateRedisServer, by ending: PrivateRedisServer.Ending) throws(RedisError) {
        let others = nodes.filter { $0 !== master }
        var connections: [RedisConnection] = []
        for node in others { connections.append(try RedisConnection(to: node.endpoint)) }
        guard let slot = try map(of: others[0], connections[0]).slot(of: master.host) else {
            throw .privateServer(reason: "the node to be replaced has no slots")
        }
        try master.end(ending)
        fallen.withLock { $0.append(master) }
        try wait("no replica takes the node's place") { () throws(RedisError) in
            var heirs: Set<RedisHost?> = []
            for (node, connection) in zip(others, connections) {
                heirs.insert(try self.map(of: node, connection).master(of: slot))
            }
            return heirs.count == 1 && !heirs.contains(master.host)
        }
    }

    /// Starts again those that were ended. The Cluster tells each whose replica it is by now.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func rejoin() throws(RedisError) {
        for node in fallen.withLock({ $0 }) {
            try node.restart()
            fallen.withLock { $0.removeAll { $0 === node } }
        }
    }

    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func awaitReplicas() throws(RedisError) {
        var connections: [RedisConnection] = []
        for node in nodes { connections.append(try RedisConnection(to: node.endpoint)) }
        try awaitAgreement(connections)
        for (node, connection) in zip(nodes, connections) {
            let replication = RedisServerInfo(parsing: try connection.call("INFO", "replication").text())
            guard let port = replication.fields["master_port"].flatMap({ Int($0) }),
                let master = nodes.first(where: { $0.host.port == port })
            else { continue }
            try node.awaitSynced(with: master)
        }
    }

    private func map(
        of node: PrivateRedisServer, _ connection: RedisConnection
    ) throws(RedisError) -> SlotMap {
        try SlotMap(decoding: connection.call("CLUSTER", "SLOTS"), from: node.host)
    }
}
