package import Redis

/// The ways in which Redis servers stand together that tests run against. Each kind is started once, when a test first asks for
/// it, shared by all that only use keys of their own, and gone with the test process.
package enum TestTopology: String, CaseIterable, Sendable {
    /// One server.
    case standalone
    /// The same, for users that may do what a queue needs, and no more.
    case restricted
    /// A master, two replicas, and three Sentinels.
    case sentinel
    /// Three masters, each with a replica.
    case cluster

    /// Where it is.
    package func endpoint() throws -> RedisEndpoint {
        switch self {
        case .standalone, .restricted: try TestServer.shared().endpoint
        case .sentinel: try Self.startedSentinels.get().endpoint
        case .cluster: try Self.startedCluster.get().endpoint
        }
    }

    // Nobody takes over from a server that a busy machine keeps waiting: these never fail.
    private static let startedSentinels = Result { try PrivateSentinels(silence: .seconds(60)) }
    private static let startedCluster = Result { try PrivateCluster(silence: .seconds(60)) }
}
