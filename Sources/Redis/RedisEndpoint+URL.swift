import Foundation

extension RedisEndpoint {
    private static let redisPort = 6379
    private static let sentinelPort = 26_379

    /// Parses `redis://[user[:password]@]host[:port][/database]`, `unix:///path/to/socket[?db=N]` or a bare path that starts
    /// with `/`; `sentinel://[user:password@]host[:port][,host…]/master[/database][?sentinel_user=…&sentinel_password=…]`; and
    /// `cluster://[user:password@]host[:port][,host…]`.
    ///
    /// As in redis-cli, a URL with one word before the `@` and a colon in front (`redis://:secret@host`) holds a
    /// password only. User and password are those of the Redis servers. Percent escapes are decoded. `rediss://` is refused:
    /// hiredis has TLS from 1.0 on, and this one is older.
    public init(url text: String) throws(RedisError) {
        if text.hasPrefix("/") {
            self.init(.unixSocket(path: text))
            return
        }
        // A list of hosts is no part of a URL as others know it.
        let (hosts, rest) = try Self.takingHosts(from: text)
        guard let parts = URLComponents(string: rest), let scheme = parts.scheme else {
            throw .invalidURL(text: text, reason: "it has no scheme")
        }
        switch scheme {
        case "redis": self = try Self(tcp: parts, text)
        case "unix", "redis+unix": self = try Self(socket: parts, text)
        case "sentinel": self = try Self(sentinel: parts, Self.hosts(hosts, Self.sentinelPort, text), text)
        case "cluster": self = try Self(cluster: parts, Self.hosts(hosts, Self.redisPort, text), text)
        case "rediss":
            throw .invalidURL(
                text: text, reason: "TLS needs hiredis 1.0 or later, and this program has \(hiredisVersion)")
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
        let port = parts.port ?? Self.redisPort
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

    private init(sentinel parts: URLComponents, _ hosts: [RedisHost], _ text: String) throws(RedisError) {
        let path = parts.percentEncodedPath.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard let master = path.first?.removingPercentEncoding, !master.isEmpty else {
            throw .invalidURL(text: text, reason: "it does not say which master: sentinel://host:port/master")
        }
        self.init(.sentinel(master: master, at: hosts))
        database = try Self.database(in: path.dropFirst().joined(separator: "/")[...], text)
        for item in parts.queryItems ?? [] {
            switch item.name {
            case "sentinel_user": sentinelUser = item.value
            case "sentinel_password": sentinelPassword = item.value
            default: throw .invalidURL(text: text, reason: "'\(item.name)' means nothing in it")
            }
        }
        if sentinelUser != nil, sentinelPassword == nil {
            throw .invalidURL(text: text, reason: "it has a sentinel_user without a sentinel_password")
        }
    }

    private init(cluster parts: URLComponents, _ hosts: [RedisHost], _ text: String) throws(RedisError) {
        guard parts.path.isEmpty || parts.path == "/" || parts.path == "/0" else {
            throw .invalidURL(text: text, reason: "a cluster has no database but 0")
        }
        self.init(.cluster(at: hosts))
    }

    private static func database(in digits: Substring, _ text: String) throws(RedisError) -> Int {
        if digits.isEmpty { return 0 }
        guard let number = Int(digits), number >= 0 else {
            throw .invalidURL(text: text, reason: "'\(digits)' is not a database number")
        }
        return number
    }

    /// The hosts of a `sentinel://` or `cluster://` URL, and the URL with one name in their place.
    private static func takingHosts(from text: String) throws(RedisError) -> (hosts: Substring, rest: String) {
        guard let scheme = text.firstRange(of: "://"), ["sentinel", "cluster"].contains(text[..<scheme.lowerBound])
        else { return ("", text) }
        let authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
        guard !text[authority.endIndex...].contains("@") else {
            throw .invalidURL(text: text, reason: "write /, ?, # and @ of a password as %2F, %3F, %23 and %40")
        }
        let hosts = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return (hosts, text[..<hosts.startIndex] + "hosts" + text[hosts.endIndex...])
    }

    private static func hosts(
        _ list: Substring, _ defaultPort: Int, _ text: String
    ) throws(RedisError) -> [RedisHost] {
        guard !list.isEmpty else { throw .invalidURL(text: text, reason: "it has no host") }
        var hosts: [RedisHost] = []
        for item in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let host = RedisHost(item, defaultPort: defaultPort) else {
                throw .invalidURL(text: text, reason: "'\(item)' is not host:port")
            }
            hosts.append(host)
        }
        return hosts
    }
}
