import Foundation

/// Where a Redis server is, and as whom to speak to it.
public struct RedisEndpoint: Hashable, Sendable {
    /// The way to the server.
    public enum Address: Hashable, Sendable {
        /// A unix socket's path.
        case unixSocket(path: String)
        /// A host name or address, and a port.
        case tcp(host: String, port: Int)
    }

    /// The way to the server.
    public var address: Address
    /// The ACL user; `nil` is the default one.
    public var user: String?
    /// The password; `nil` sends no AUTH.
    public var password: String?
    /// The database that is selected on connecting.
    public var database: Int

    /// A server at `address`.
    public init(_ address: Address, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.address = address
        self.user = user
        self.password = password
        self.database = database
    }

    /// Parses `redis://[user[:password]@]host[:port][/database]`, `unix:///path/to/socket[?db=N]` or a bare path that
    /// starts with `/`.
    ///
    /// As in redis-cli, a URL with one word before the `@` and a colon in front (`redis://:secret@host`) holds a
    /// password only. Percent escapes are decoded. `rediss://` is refused: this hiredis has no TLS.
    public init(url text: String) throws(RedisError) {
        if text.hasPrefix("/") {
            self.init(.unixSocket(path: text))
            return
        }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme else {
            throw .invalidURL(text: text, reason: "it has no scheme")
        }
        switch scheme {
        case "redis": self = try Self(tcp: parts, text)
        case "unix", "redis+unix": self = try Self(socket: parts, text)
        case "rediss": throw .invalidURL(text: text, reason: "TLS is not supported")
        default: throw .invalidURL(text: text, reason: "unknown scheme '\(scheme)'")
        }
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
        if user != nil, password == nil {
            throw .invalidURL(text: text, reason: "it has a user without a password")
        }
    }

    private init(tcp parts: URLComponents, _ text: String) throws(RedisError) {
        guard let host = parts.host, !host.isEmpty else { throw .invalidURL(text: text, reason: "it has no host") }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        let port = parts.port ?? 6379
        guard (1...65_535).contains(port) else { throw .invalidURL(text: text, reason: "no port has number \(port)") }
        self.init(.tcp(host: bare, port: port))
        database = try Self.database(in: parts.path.dropFirst(), text)
    }

    private init(socket parts: URLComponents, _ text: String) throws(RedisError) {
        guard parts.path.hasPrefix("/") else { throw .invalidURL(text: text, reason: "it has no socket path") }
        self.init(.unixSocket(path: parts.path))
        let value = parts.queryItems?.first { $0.name == "db" }?.value ?? ""
        database = try Self.database(in: value[...], text)
    }

    private static func database(in digits: Substring, _ text: String) throws(RedisError) -> Int {
        if digits.isEmpty { return 0 }
        guard let number = Int(digits), number >= 0 else {
            throw .invalidURL(text: text, reason: "'\(digits)' is not a database number")
        }
        return number
    }
}

extension RedisEndpoint: CustomStringConvertible {
    /// The address for messages and manifests: user, never password.
    public var description: String {
        let who = user.map { "\($0)@" } ?? ""
        let place =
            switch address {
            case .unixSocket(let path): "unix://\(path)"
            case .tcp(let host, let port): "redis://\(who)\(host.contains(":") ? "[\(host)]" : host):\(port)"
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
            return "redis://\(secret)\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
