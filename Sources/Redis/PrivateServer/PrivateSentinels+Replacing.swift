import Glibc
import Synchronization

/// Masters that end: the Sentinels choose who follows.
extension PrivateSentinels {
    /// The one that the Sentinels take for the master, whatever the key.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func master(of key: String) throws(RedisError) -> PrivateRedisServer { try noteRoles() }

    /// It alone.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func masters() throws(RedisError) -> [PrivateRedisServer] { [try noteRoles()] }

    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func replace(_ master: PrivateRedisServer, by ending: PrivateRedisServer.Ending) throws(RedisError) {
        try master.end(ending)
        fallen.withLock { $0.append(master) }
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do throws(RedisError) {
                guard try currentMaster() === master else { return }
            } catch {
                // The old one is still named, or the new one is not told yet that it is a master.
                guard endpoint.isPassing(error) else { throw error }
            }
            guard ContinuousClock.now < deadline else {
                throw .privateServer(reason: "the Sentinels put no replica in the master's place")
            }
            usleep(5_000)
        }
    }

    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func rejoin() throws(RedisError) {
        let master = try noteRoles()
        for server in fallen.withLock({ $0 }) {
            try server.restart(following: master)
            fallen.withLock { $0.removeAll { $0 === server } }
        }
    }

    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func awaitReplicas() throws(RedisError) {
        // A Sentinel that makes a server follow another hangs up on all clients of it.
        try Backoff().retrying(while: { true }, if: endpoint.isPassing) { () throws(RedisError) in
            let master = try noteRoles()
            for server in servers where server !== master { try server.awaitSynced(with: master) }
            for sentinel in sentinels { try awaitKnowledge(of: sentinel, on: master) }
        }
    }

    /// Sentinels make servers masters and replicas; what is started again has to be what it was.
    private func noteRoles() throws(RedisError) -> PrivateRedisServer {
        let master = try currentMaster()
        for server in servers { server.note(master: server === master ? nil : master) }
        return master
    }
}
