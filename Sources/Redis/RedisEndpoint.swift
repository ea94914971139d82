import Foundation

/// Where a Redis server is, and as whom to speak to it.
///
/// Of several servers that take each other's place, or share the keys among them, it is the one that a connection's keys are on
/// by then: a connection finds it anew each time it is made.
public struct RedisEndpoint: Hashable, Sendable {
    /// The way to the server.
    public enum Address: Hashable, Sendable {
        /// A unix socket's path.
        case unixSocket(path: String)
        /// A host name or address, and a port.
        case tcp(host: String, port: Int)
        /// The master that Sentinels watch under this name. Some of the Sentinels are there; they know of the others.
        case sentinel(master: String, at: [RedisHost])
        /// The node of a Redis Cluster that has a connection's keys. Some of its nodes are there; they know of the others.
        case cluster(at: [RedisHost])
    }

    /// The way to the server.
    public var address: Address
    /// The ACL user; `nil` is the default one.
    public var user: String?
    /// The password; `nil` sends no AUTH.
    public var password: String?
    /// The database that is selected on connecting; a Cluster has only 0.
    public var database: Int
    /// The ACL user of the Sentinels; `nil` is the default one.
    public var sentinelUser: String?
    /// The Sentinels' password; `nil` sends them no AUTH.
    public var sentinelPassword: String?

    /// A server at `address`.
    public init(_ address: Address, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.address = address
        self.user = user
        self.password = password
        self.database = database
    }
}

extension RedisEndpoint: CustomStringConvertible {
    /// The address for messages and manifests: user, never password.
    public var description: String {
        let who = user.map { "\($0)@" } ?? ""
        let place =
            switch address {
            case .unixSocket(let path): "unix://\(path)"
            case .tcp(let host, let port): "redis://\(who)\(RedisHost(host, port: port))"
            case .sentinel(let master, let hosts): "sentinel://\(who)\(Self.list(hosts))/\(master)"
            case .cluster(let hosts): "cluster://\(who)\(Self.list(hosts))"
            }
        return database == 0 ? place : place + (place.hasPrefix("unix") ? "?db=\(database)" : "/\(database)")
    }

    /// The whole address, password included, in the form that ``init(url:)`` reads: for handing to a child process
    /// through its environment, never for a message.
    package var url: String {
        let secret = password.map { "\(user.map(Self.escaped) ?? ""):\(Self.escaped($0))@" } ?? ""
        switch address {
        case .unixSocket(let path):
            let path = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
            return "unix://\(secret)\(path)?db=\(database)"
        case .tcp(let host, let port):
            return "redis://\(secret)\(RedisHost(host, port: port))/\(database)"
        case .sentinel(let master, let hosts):
            let items = [("sentinel_user", sentinelUser), ("sentinel_password", sentinelPassword)]
            let query = items.compactMap { name, value in value.map { "\(name)=\(Self.escaped($0))" } }
            return "sentinel://\(secret)\(Self.list(hosts))/\(Self.escaped(master))/\(database)"
                + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        case .cluster(let hosts):
            return "cluster://\(secret)\(Self.list(hosts))"
        }
    }

    private static func list(_ hosts: [RedisHost]) -> String { hosts.map { "\($0)" }.joined(separator: ",") }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

extension RedisEndpoint {
    /// True when one of several servers is meant, another one after a failover or when keys have moved.
    package var isOneOfMany: Bool {
        switch address {
        case .unixSocket, .tcp: false
        case .sentinel, .cluster: true
        }
    }

    /// True when what failed there may work a little later: the server is away, loads its data, or, being one of many, is not
    /// yet what it is to become.
    package func isPassing(_ error: RedisError) -> Bool {
        error.isConnectionLost || error.isRefusal(["LOADING"]) || isOneOfMany && error.isOfChange
    }

    /// One of the servers behind this address, with its user and password.
    func node(at host: RedisHost) -> Self {
        Self(.tcp(host: host.name, port: host.port), user: user, password: password, database: database)
    }

    /// One of the Sentinels.
    func sentinel(at host: RedisHost) -> Self {
        Self(.tcp(host: host.name, port: host.port), user: sentinelUser, password: sentinelPassword)
    }
}
