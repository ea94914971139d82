import Redis

/// How often the server has run a command since it started, for anybody, and how long that took.
struct CommandUse: Equatable {
    let calls: Int
    let microseconds: Double
}

extension RedisServerInfo {
    /// Each command that was ever called, by its name in lower case. What scripts call counts by itself, too.
    var commandUse: [String: CommandUse] {
        fields(startingWith: "cmdstat_").mapValues { text in
            let values = Self.values(in: text)
            return CommandUse(calls: Int(values["calls"] ?? 0), microseconds: values["usec"] ?? 0)
        }
    }

    /// The 99th percentile of each command's time since the server started, in µs; none before Redis 7.0.
    var commandP99: [String: Double] {
        fields(startingWith: "latency_percentiles_usec_").compactMapValues { Self.values(in: $0)["p99"] }
    }

    private func fields(startingWith prefix: String) -> [String: String] {
        let pairs = fields.filter { $0.key.hasPrefix(prefix) }.map {
            (String($0.key.dropFirst(prefix.count)), $0.value)
        }
        return Dictionary(pairs, uniquingKeysWith: { one, _ in one })
    }

    /// The numbers of a field such as `calls=1,usec=12`.
    private static func values(in text: String) -> [String: Double] {
        let pairs = text.split(separator: ",").compactMap { part -> (String, Double)? in
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let value = Double(sides[1]) else { return nil }
            return (String(sides[0]), value)
        }
        return Dictionary(pairs, uniquingKeysWith: { one, _ in one })
    }
}
