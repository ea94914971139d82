/// What a server says of itself: the answer to INFO.
public struct RedisServerInfo: Equatable, Sendable {
    /// Every field of INFO by its name.
    public private(set) var fields: [String: String] = [:]

    init() {}

    /// Reads the text that INFO answers: `name:value` lines, and `#` headings that are passed over.
    package init(parsing text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[String(line[..<colon])] = String(line[line.index(after: colon)...])
        }
    }

    /// The version, such as "7.0.15", or "valkey 9.1.2" of a server that is none of Redis.
    public var version: String {
        fields["valkey_version"].map { "valkey \($0)" } ?? fields["redis_version"] ?? "unknown"
    }

    /// The first two numbers of the version of Redis that it is, or works like.
    public var release: (major: Int, minor: Int) {
        let numbers = (fields["redis_version"] ?? "").split(separator: ".").map { Int($0) ?? 0 } + [0, 0]
        return (numbers[0], numbers[1])
    }

    /// Random at each start of the process.
    public var runID: String { fields["run_id"] ?? "" }

    /// Names the history of the data: it changes when a replica is promoted, and the server's run id does not.
    public var replicationID: String { fields["master_replid"] ?? "" }

    /// What the server does when memory is full.
    public var evictionPolicy: String { fields["maxmemory_policy"] ?? "unknown" }

    /// An integer field, or 0 when it is missing or is none.
    public func integer(_ name: String) -> Int { fields[name].flatMap { Int($0) } ?? 0 }

    /// A fractional field, or 0 when it is missing or is none.
    public func number(_ name: String) -> Double { fields[name].flatMap { Double($0) } ?? 0 }

    /// LMOVE and LPOP with a count came with 6.2.
    package func requireSupportedVersion() throws(RedisError) {
        guard release >= (6, 2) else { throw .serverTooOld(version: version, needed: "6.2") }
    }

    /// What several servers say together: as the first of them, but for what they have used and carried, which is added up.
    package static func together(_ infos: [RedisServerInfo]) -> RedisServerInfo {
        guard var all = infos.first, infos.count > 1 else { return infos.first ?? RedisServerInfo() }
        for name in ["used_cpu_user", "used_cpu_sys"] {
            all.fields[name] = "\(infos.reduce(0) { $0 + $1.number(name) })"
        }
        for name in [
            "total_commands_processed", "total_net_input_bytes", "total_net_output_bytes", "used_memory",
            "used_memory_rss", "instantaneous_ops_per_sec",
        ] {
            all.fields[name] = "\(infos.reduce(0) { $0 + $1.integer(name) })"
        }
        return all
    }
}
