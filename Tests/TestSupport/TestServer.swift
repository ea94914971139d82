package import Redis

/// The redis-servers that tests run against: found on the PATH, started here, gone with the test process.
package enum TestServer {
    /// One server for every test that only uses keys of its own. It is never paused, filled, flushed or stopped.
    ///
    /// Nobody stops it: its supervisor notices when this process ends, however it ends.
    package static func shared() throws -> PrivateRedisServer { try server.get() }

    /// A name for a queue (or a prefix for keys) that no other test has.
    package static func uniqueName(_ test: String = #function) -> String {
        "\(test.prefix { $0 != "(" })-\(UInt32.random(in: .min ... .max))"
    }

    /// A server of the caller's own, to be paused, filled or killed. It ends with the last reference to it.
    package static func own(
        durability: Durability = .none, settings: [(String, String)] = [], isPowerCutReady: Bool = false,
        acceptsReplicas: Bool = false
    ) throws(RedisError) -> PrivateRedisServer {
        try PrivateRedisServer(
            durability: durability, settings: settings, isPowerCutReady: isPowerCutReady,
            acceptsReplicas: acceptsReplicas)
    }

    private static let server = Result { try PrivateRedisServer() }
}
