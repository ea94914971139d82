import Glibc

/// The ways in which a server can be made to end.
extension PrivateRedisServer {
    /// How.
    package enum Ending: Sendable {
        /// SIGKILL: it does nothing more.
        case kill
        /// SIGTERM, as an operator ends it: it waits for its replicas to have all that it has acknowledged, and syncs its file.
        case shutDown
    }

    private static let shutDownLimit = Duration.seconds(20)

    /// Ends the server and returns when it has ended. Its folder stays; see ``kill()`` and ``restart()``.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when it does not shut down within 20 s.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func end(_ ending: Ending) throws(RedisError) {
        if ending == .shutDown {
            send(signal: SIGTERM)
            let deadline = ContinuousClock.now + Self.shutDownLimit
            while !supervisor.hasServerEnded {
                guard ContinuousClock.now < deadline else { throw .privateServer(reason: "it does not shut down") }
                usleep(2_000)
            }
        }
        // One that has ended by itself is only reaped.
        try kill()
    }
}
