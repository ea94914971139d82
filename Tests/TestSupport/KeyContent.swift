package import Redis

/// What one key holds, decoded far enough to be compared and read.
///
/// Text is shown as it is. Bytes that are not printable go through the snapshot's `label` first, and are shown in
/// hexadecimal when that has no name for them.
package enum KeyContent: Equatable, Sendable {
    /// A string.
    case text(String)
    /// A list, from head to tail.
    case list([String])
    /// A hash.
    case hash([String: String])
    /// The members of a sorted set, lowest score first.
    case sorted([String])
}

/// Reads every key with a prefix, so that a test can compare the whole state and not only a return value.
package struct KeySnapshot {
    /// The connection that reads.
    package let connection: RedisConnection
    /// What every key's name begins with; it is cut off in the result.
    package let prefix: String
    /// Names for bytes that are not text.
    package var label: ([UInt8]) -> String? = { _ in nil }

    /// Reads with this connection.
    package init(_ connection: RedisConnection, prefix: String, label: @escaping ([UInt8]) -> String? = { _ in nil }) {
        self.connection = connection
        self.prefix = prefix
        self.label = label
    }

    /// Every key, by the rest of its name. Consistent only while nobody writes.
    @available(*, noasync, message: "blocks its thread")
    package func keys() throws(RedisError) -> [String: KeyContent] {
        var contents: [String: KeyContent] = [:]
        for name in try names() {
            let short = String(name.dropFirst(prefix.count))
            if try connection.call("TYPE", name).text() == "stream" {
                for (part, entries) in try stream(name) { contents[short + part] = .list(entries) }
            } else if let content = try content(of: name) {
                contents[short] = content
            }
        }
        return contents
    }

    private func names() throws(RedisError) -> Set<String> {
        var names: Set<String> = []
        var cursor = "0"
        repeat {
            let reply = try connection.call("SCAN", cursor, "MATCH", prefix + "*", "COUNT", "1000")
            cursor = try reply.text(at: 0)
            try reply.withElement(1) { page throws(RedisError) in
                for index in 0..<page.count { names.insert(try page.text(at: index)) }
            }
        } while cursor != "0"
        return names
    }

    private func content(of key: String) throws(RedisError) -> KeyContent? {
        switch try connection.call("TYPE", key).text() {
        case "string":
            let reply = try connection.call("GET", key)
            return reply.isNull ? nil : .text(text(try reply.bytes()))
        case "list": return .list(try texts(connection.call("LRANGE", key, "0", "-1")))
        case "zset": return .sorted(try texts(connection.call("ZRANGE", key, "0", "-1")))
        case "hash":
            let parts = try texts(connection.call("HGETALL", key))
            let pairs = stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) }
            return .hash(Dictionary(uniqueKeysWithValues: pairs))
        default: return nil
        }
    }

    /// The entries of a stream, each by the value of its only field: under "" those that no consumer of its group
    /// `workers` holds, under ":consumer" what one holds.
    private func stream(_ key: String) throws(RedisError) -> [String: [String]] {
        let holders = try holders(in: key)
        var parts: [String: [String]] = [:]
        let entries = try connection.call("XRANGE", key, "-", "+")
        for index in 0..<entries.count {
            let (id, value) = try entries.withElement(index) { entry throws(RedisError) in
                let id = try entry.text(at: 0)
                let value = try entry.withElement(1) { fields throws(RedisError) in
                    text(try fields.withElement(1) { field throws(RedisError) in try field.bytes() })
                }
                return (id, value)
            }
            parts[holders[id] ?? "", default: []].append(value)
        }
        return parts
    }

    /// Who holds which entry of a stream; nobody where it has no group.
    private func holders(in key: String) throws(RedisError) -> [String: String] {
        var holders: [String: String] = [:]
        guard try connection.call("XINFO", "GROUPS", key).count > 0 else { return holders }
        let pending = try connection.call("XPENDING", key, "workers", "-", "+", "100000")
        for index in 0..<pending.count {
            let (id, holder) = try pending.withElement(index) { entry throws(RedisError) in
                (try entry.text(at: 0), try entry.text(at: 1))
            }
            holders[id] = ":" + holder
        }
        return holders
    }

    private func texts(_ reply: borrowing RedisReply) throws(RedisError) -> [String] {
        var texts: [String] = []
        for index in 0..<reply.count {
            texts.append(text(try reply.withElement(index) { element throws(RedisError) in try element.bytes() }))
        }
        return texts
    }

    private func text(_ bytes: [UInt8]) -> String {
        if let name = label(bytes) { return name }
        let isPrintable = bytes.allSatisfy { (32...126).contains($0) }
        return isPrintable ? String(decoding: bytes, as: UTF8.self) : bytes.map { String($0, radix: 16) }.joined()
    }
}
