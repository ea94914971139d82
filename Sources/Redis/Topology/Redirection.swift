/// A node's word that a slot is another's for good: `MOVED 3999 10.0.0.2:6379`.
struct Redirection: Equatable {
    /// The node that has it.
    let host: RedisHost

    /// Reads a refusal; `nil` when it is another.
    ///
    /// - Parameter home: the node that answered: one that does not know a name means its own host.
    init?(_ error: RedisError, from home: RedisHost?) {
        guard error.serverCode == "MOVED", case .server(let words) = error else { return nil }
        let parts = words.split(separator: " ")
        guard parts.count >= 3, let colon = parts[2].lastIndex(of: ":"),
            let port = Int(parts[2][parts[2].index(after: colon)...]), (1...65_535).contains(port)
        else { return nil }
        let name = parts[2][..<colon]
        guard let known = name.isEmpty || name == "?" ? home?.name : String(name) else { return nil }
        host = RedisHost(known, port: port)
    }
}

/// What helps when a server refuses a command for what it is, or is no more, among others.
package enum Remedy: Sendable {
    /// Nothing that is known here.
    case none
    /// Another connection: the server is elsewhere.
    case reconnect
    /// Saying it again a little later, on the same connection.
    case wait
}
