/// The private servers of a queue, in whichever way they stand together: who has its keys, and what can be done to all of them.
///
/// Who takes whose place is the servers' own business where Sentinels watch them or they are a Cluster. Safe to use from any
/// thread, but crashes and restarts belong to one thread at a time.
package protocol PrivateServers: AnyObject, Sendable {
    /// The address of whichever of them has a connection's keys.
    var endpoint: RedisEndpoint { get }

    /// Ends the servers and removes their folders. Later calls do nothing.
    func stop()

    /// The server that a connection to ``endpoint`` was made to last; `nil` when it is none of them any more. Asks nobody.
    func server(at place: RedisEndpoint) -> PrivateRedisServer?

    /// The server that takes writes of this key now.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    func master(of key: String) throws(RedisError) -> PrivateRedisServer

    /// Every server that takes writes now.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    func masters() throws(RedisError) -> [PrivateRedisServer]

    /// Ends a master, and returns once another serves its keys in its place; one that has no replicas is started again on its
    /// data. ``rejoin()`` brings it back.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when nobody takes its place in time.
    /// - Precondition: replicas were in step once (``awaitReplicas()``).
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    func replace(_ master: PrivateRedisServer, by ending: PrivateRedisServer.Ending) throws(RedisError)

    /// Starts again those that were ended, as replicas of whoever has their place: what they have is replaced by what that has.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    func rejoin() throws(RedisError)

    /// Waits until each replica has what its master has by now, and whoever has to choose a new master knows them all.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when that is not so in time.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    func awaitReplicas() throws(RedisError)
}

extension PrivateServers {
    /// The address of one of them, as ``RedisConnection/place`` has it.
    func isPlace(_ place: RedisEndpoint, of server: PrivateRedisServer) -> Bool {
        place.address == .tcp(host: server.host.name, port: server.host.port)
    }
}
