import Redis

/// What a server says of a stream, and of the group that reads it.
struct StreamFacts {
    /// Entries in it, those with them that a claim holds.
    var length = 0
    /// Entries ever added to it; `nil` before Redis 7.0.
    var added: Int?
    /// Entries ever read by the group; `nil` before Redis 7.0, and where the server has lost count.
    var read: Int?
    /// Entries that claims hold.
    var held = 0
    /// Claims.
    var claims = 0
    /// The entry that was read last.
    var lastRead = "0-0"

    /// Reads the answers to XINFO STREAM and XINFO GROUPS.
    init(stream: borrowing RedisReply, groups: borrowing RedisReply) throws(RedisError) {
        let stream = try stream.pairs()
        length = stream["length"].flatMap(Int.init) ?? 0
        added = stream["entries-added"].flatMap(Int.init)
        guard groups.count > 0 else { return }
        let group = try groups.withElement(0) { group throws(RedisError) in try group.pairs() }
        held = group["pending"].flatMap(Int.init) ?? 0
        claims = group["consumers"].flatMap(Int.init) ?? 0
        read = group["entries-read"].flatMap(Int.init)
        lastRead = group["last-delivered-id"] ?? lastRead
    }

    /// Of a stream that is not there.
    init() {}
}

extension RedisReply {
    /// The texts and numbers of an array of names and values.
    func pairs() throws(RedisError) -> [String: String] {
        var pairs: [String: String] = [:]
        for index in stride(from: 0, to: count - 1, by: 2) {
            let name = try text(at: index)
            try withElement(index + 1) { value throws(RedisError) in
                switch value.kind {
                case .integer: pairs[name] = String(try value.integer())
                case .bytes, .status: pairs[name] = try value.text()
                case .null, .array, .error: break
                }
            }
        }
        return pairs
    }
}
