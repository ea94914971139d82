import Redis
import Reporting

/// A server's settings that a result must state.
struct RedisServerSettings: Equatable {
    private(set) var values: [String: String] = [:]

    static let names = ["save", "appendonly", "appendfsync", "maxmemory", "maxmemory-policy", "io-threads"]

    var appendonly: String { values["appendonly"] ?? "unknown" }
    var appendfsync: String { values["appendfsync"] ?? "unknown" }

    /// Asks the server. One that forbids CONFIG leaves them unknown.
    init(of connection: RedisConnection) throws(RedisError) {
        for name in Self.names {
            do throws(RedisError) {
                let reply = try connection.call("CONFIG", "GET", name)
                if reply.count == 2 { values[name] = try reply.text(at: 1) }
            } catch {
                guard error.serverCode != nil else { throw error }
                values[name] = "unknown"
            }
        }
    }
}

extension RedisFacts {
    /// What a manifest says of a server.
    init(version: String, _ settings: RedisServerSettings) {
        let values = settings.values
        self.init(
            version: version, save: values["save"] ?? "", appendonly: values["appendonly"] ?? "",
            appendfsync: values["appendfsync"] ?? "", maxmemory: values["maxmemory"] ?? "",
            maxmemoryPolicy: values["maxmemory-policy"] ?? "", ioThreads: values["io-threads"] ?? "")
    }
}
