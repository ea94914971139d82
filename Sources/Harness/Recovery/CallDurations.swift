import Redis

/// How long a server took for its longest calls, as it says itself (SLOWLOG).
struct CallDurations {
    /// Shorter calls are not looked at, in µs.
    private static let shortest = 500
    private static let most = 100_000

    /// In µs, the longest first.
    let longest: [Int]

    /// Makes the server note its calls from now on.
    static func begin(on connection: RedisConnection) throws(RedisError) {
        _ = try connection.call("CONFIG", "SET", "slowlog-max-len", String(most))
        _ = try connection.call("CONFIG", "SET", "slowlog-log-slower-than", String(shortest))
        _ = try connection.call("SLOWLOG", "RESET")
    }

    /// What it has noted since then.
    init(from connection: RedisConnection) throws(RedisError) {
        // The call that turned it on is none of them.
        let reply = try connection.call("SLOWLOG", "GET", String(Self.most))
        var durations: [Int] = []
        for index in 0..<reply.count {
            durations.append(try reply.withElement(index) { entry throws(RedisError) in try entry.integer(at: 2) })
        }
        longest = durations.sorted(by: >)
    }

    /// How many took at least so many µs.
    func count(from microseconds: Int) -> Int { longest.prefix { $0 >= microseconds }.count }
}
