import Crypto

/// A Lua script that the server runs as one atomic step.
///
/// It is called by its digest and sent in full only when the server does not know it (after a restart, a failover or
/// SCRIPT FLUSH), which is the one case in which resending is safe: NOSCRIPT means that nothing ran.
public struct RedisScript: Sendable {
    /// A name for messages.
    public let name: String
    private let plain: Source
    private let flagged: Source

    private struct Source: Sendable {
        let text: String
        let digest: String

        init(_ text: String) {
            self.text = text
            digest = Insecure.SHA1.hash(data: [UInt8](text.utf8)).map { byte in
                let hex = String(byte, radix: 16)
                return byte < 16 ? "0" + hex : hex
            }.joined()
        }
    }

    /// - Parameter allowsOOM: run even when the server is over its memory limit. Takes effect from Redis 7.0 on, which
    ///   reads it from a first line that older servers would not understand.
    public init(name: String, source: String, allowsOOM: Bool = false) {
        self.name = name
        plain = Source(source)
        flagged = allowsOOM ? Source("#!lua flags=allow-oom\n" + source) : plain
    }

    /// Appends a call of the script to the pipeline: `write` adds `keys` key names, then `arguments` arguments.
    public func append(
        to connection: RedisConnection, keys: Int, arguments: Int, _ write: (inout CommandWriter) -> Void
    ) {
        append(to: connection, keys: keys, arguments: arguments, called: name, write)
    }

    /// The same.
    ///
    /// - Parameter nickname: what probes know it by; nothing for a part of something.
    package func append(
        to connection: RedisConnection, keys: Int, arguments: Int, called nickname: String?,
        _ write: (inout CommandWriter) -> Void
    ) {
        let source = source(for: connection.server)
        connection.append { writer in
            writer.command("EVALSHA", arguments: 2 + keys + arguments, called: nickname)
            writer.argument(source.digest)
            writer.argument(keys)
            write(&writer)
        }
    }

    /// Appends a call of the script that carries it: for a short one that must not fail for being unknown, since what follows in
    /// the pipeline depends on it.
    ///
    /// - Parameter nickname: what probes know it by; nothing for a part of something.
    package func appendInFull(
        to connection: RedisConnection, keys: Int, arguments: Int, called nickname: String? = nil,
        _ write: (inout CommandWriter) -> Void
    ) {
        let source = source(for: connection.server)
        connection.append { writer in
            writer.command("EVAL", arguments: 2 + keys + arguments, called: nickname)
            writer.argument(source.text)
            writer.argument(keys)
            write(&writer)
        }
    }

    /// Makes the script known to the server.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func load(on connection: RedisConnection) throws(RedisError) {
        _ = try connection.call("SCRIPT", "LOAD", source(for: connection.server).text)
    }

    /// Runs the script by itself; sends it in full when the server does not know it.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func call(
        on connection: RedisConnection, keys: Int, arguments: Int, _ write: (inout CommandWriter) -> Void
    ) throws(RedisError) -> RedisReply {
        do {
            append(to: connection, keys: keys, arguments: arguments, write)
            return try connection.receive()
        } catch {
            guard error.serverCode == "NOSCRIPT" else { throw error }
            appendInFull(to: connection, keys: keys, arguments: arguments, called: name, write)
            return try connection.receive()
        }
    }

    private func source(for server: RedisServerInfo) -> Source {
        server.release.major >= 7 ? flagged : plain
    }
}
