import Glibc
import Synchronization

/// A private server, and as many replicas of it as its durability asks for, behind one address.
///
/// The address is that of the master, also after another server has become it. Safe to use from any thread, but crashes
/// and restarts belong to one thread at a time.
package final class PrivateServerGroup: PrivateServers {
    /// Where the master answers.
    package let endpoint: RedisEndpoint
    /// What an acknowledged write survives.
    package let durability: Durability

    private struct Members {
        var master: PrivateRedisServer
        var replicas: [PrivateRedisServer] = []
        /// Those that were killed, until they rejoin.
        var fallen: [PrivateRedisServer] = []
    }

    private let members: Mutex<Members>
    /// A link to the master's socket; `nil` for a server that is alone, and its own address.
    private let link: String?

    /// Starts the servers and waits until each answers and every replica has what its master has.
    ///
    /// - Parameters:
    ///   - settings: further settings of the first server's redis.conf, by name.
    ///   - isPowerCutReady: see ``PrivateRedisServer``.
    ///   - launcher: what stands before the command line of the first server; it has to exec what follows.
    /// - Throws: ``RedisError/privateServer(reason:)``, ``RedisError/serverTooOld(version:needed:)``.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package init(
        durability: Durability, settings: [(String, String)] = [], isPowerCutReady: Bool = false,
        launcher: [String] = []
    ) throws(RedisError) {
        self.durability = durability
        let isAlone = durability.replicas == 0
        let master = try PrivateRedisServer(
            durability: durability, settings: settings, isPowerCutReady: isPowerCutReady, acceptsReplicas: !isAlone,
            launcher: launcher)
        members = Mutex(Members(master: master))
        // In the folder of the first server, which goes when the group does, however this process ends.
        link = isAlone ? nil : "\(master.folder)/group.sock"
        endpoint =
            link.map { RedisEndpoint(.unixSocket(path: $0), password: master.endpoint.password) } ?? master.endpoint
        try point(to: master)
        for _ in 0..<durability.replicas {
            let replica = try master.startReplica(isPowerCutReady: isPowerCutReady)
            members.withLock { $0.replicas.append(replica) }
            try replica.awaitSynced(with: master)
        }
    }

    /// Ends the servers and removes their folders. Later calls do nothing.
    package func stop() { for server in all { server.stop() } }

    /// The server that takes writes.
    package var master: PrivateRedisServer { members.withLock { $0.master } }

    /// Those that follow it.
    package var replicas: [PrivateRedisServer] { members.withLock { $0.replicas } }

    private var all: [PrivateRedisServer] { members.withLock { [$0.master] + $0.replicas + $0.fallen } }

    /// Waits until each replica has what the master has by now: one that has just begun to follow has nothing.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when that is not so within 30 s.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func awaitReplicas() throws(RedisError) {
        for replica in replicas { try replica.awaitSynced(with: master) }
    }

    /// It, whatever the key.
    package func master(of key: String) -> PrivateRedisServer { master }

    /// It alone.
    package func masters() -> [PrivateRedisServer] { [master] }

    /// The master: its place is the address of the group.
    package func server(at place: RedisEndpoint) -> PrivateRedisServer? { master }

    /// Ends the master and lets the replica that has the most of it take over; without any, it is started again on its data.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func replace(_ master: PrivateRedisServer, by ending: PrivateRedisServer.Ending) throws(RedisError) {
        precondition(master === self.master, "only the master can be replaced")
        guard replicas.isEmpty else { return try failOver(by: ending) }
        try master.end(ending)
        try master.restart()
    }

    /// Ends the master, kills it (SIGKILL) unless told otherwise, and lets the replica that has the most of it take over: when
    /// this returns, that one answers at ``endpoint``. ``rejoin()`` brings the others back to it.
    ///
    /// - Precondition: there is a replica, and one of them has been in step once (``awaitReplicas()``).
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func failOver(by ending: PrivateRedisServer.Ending = .kill) throws(RedisError) {
        let old = master
        try old.end(ending)
        var heir: (server: PrivateRedisServer, offset: Int)?
        for replica in replicas {
            let offset = try replica.replicationOffset()
            if offset > heir?.offset ?? -1 { heir = (replica, offset) }
        }
        guard let new = heir?.server else { preconditionFailure("a server that is alone has no heir") }
        try new.promote()
        members.withLock { members in
            members.replicas.removeAll { $0 === new }
            members.fallen.append(old)
            members.master = new
        }
        try point(to: new)
    }

    /// Cuts the power of all of them, and starts the master again on what its files have: when this returns, it answers.
    /// ``rejoin()`` brings the others back to it. See ``PrivateRedisServer/cutPower(sparing:)``.
    ///
    /// - Returns: how many bytes the master's files lost.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func cutPower() throws(RedisError) -> Int {
        let lost = try master.cutPower()
        for replica in replicas { try replica.cutPower() }
        members.withLock { members in
            members.fallen += members.replicas
            members.replicas = []
        }
        try master.restart()
        return lost
    }

    /// Makes all others follow the master, after it has failed over or the power was cut. Those that were killed are
    /// started again; what they have there is replaced by what the master has.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func rejoin() throws(RedisError) {
        let master = self.master
        for replica in replicas { try replica.follow(master) }
        for server in members.withLock({ $0.fallen }) {
            try server.restart(following: master)
            members.withLock { members in
                members.fallen.removeAll { $0 === server }
                members.replicas.append(server)
            }
        }
    }

    private func point(to server: PrivateRedisServer) throws(RedisError) {
        guard let link, case .unixSocket(let path) = server.endpoint.address else { return }
        let new = link + ".new"
        // Renaming replaces the old link at once: nobody finds none.
        guard unsafe symlink(path, new) == 0, unsafe rename(new, link) == 0 else {
            throw .privateServer(reason: "\(link) can't be made to lead to \(path): errno \(errno)")
        }
    }
}
