import Foundation

/// The redis.conf of a private server. It is written anew before each start, since a server may change its master.
struct PrivateServerSettings: Sendable {
    /// The settings by name; a later one of the same name wins.
    var settings: [(name: String, value: String)]
    /// The address for replicas and masters; `nil` when there can be none.
    let link: ReplicationLink?
    /// Whose replica it is at its next start; `nil` makes it a master.
    var master: ReplicationLink?

    /// Settings for a server that keeps everything in `folder`.
    init(
        folder: String, socket: String, durability: Durability, link: ReplicationLink?, master: ReplicationLink?,
        further: [(String, String)]
    ) {
        settings =
            [
                ("port", "0"), ("unixsocket", socket), ("dir", folder), ("save", ""), ("daemonize", "no"),
                ("maxmemory-policy", "noeviction"), ("loglevel", "notice"),
            ] + durability.settings.map { ($0.name, $0.value) } + (link?.settings ?? []) + further
        self.link = link
        self.master = master
    }

    /// Writes the file, readable for this user only: it may hold a password.
    func write(to path: String) throws(RedisError) {
        var lines = settings.map { name, value in "\(name) \(Self.quoted(value))" }
        if let master {
            lines += ["replicaof 127.0.0.1 \(master.port)", "masterauth \(Self.quoted(master.password))"]
        }
        let text = lines.joined(separator: "\n") + "\n"
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw .privateServer(reason: "\(path) can't be written") }
    }

    /// One argument, whatever it holds.
    private static func quoted(_ value: String) -> String {
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
