import Redis

/// What a user of Redis must be allowed to work on a queue, and no more: the rules of ACL SETUSER.
///
/// A script runs with the rights of whoever calls it, so what scripts say is among them. A user who may call EVAL may say
/// anything in a script that these rules allow outside of one, on the queue's keys and on no others. Some commands have no keys:
/// by SCAN, INFO and CLIENT LIST such a user sees the names of all keys and all clients, and may wake others by CLIENT UNBLOCK.
public struct QueueRights: Sendable {
    private let configuration: QueueConfiguration

    /// The rights that this queue's producers, workers, monitors and onlookers need.
    public init(for configuration: QueueConfiguration) { self.configuration = configuration }

    /// The commands, and subcommands as `client|id`, in alphabetical order.
    public var commands: [String] {
        var all = Self.common.union(Self.own(of: configuration.queueProtocol))
        if configuration.endpoint.database != 0 { all.insert("select") }
        if case .cluster = configuration.endpoint.address { all.insert("cluster|slots") }
        return all.sorted()
    }

    /// The rules, without a name and without a password: the queue's keys, and its commands.
    public var rules: [String] {
        let patterns = [
            configuration.keys.pattern, QueueKeys.patternOfLaterShards(of: configuration.name),
        ]
        return ["resetkeys"] + patterns.map { "~\($0)" } + ["resetchannels", "-@all"] + commands.map { "+\($0)" }
    }

    /// The rules of the user that asks Sentinels where the master is.
    public static var sentinelRules: [String] {
        ["resetchannels", "-@all"]
            + [
                "client|id", "info", "ping", "sentinel|get-master-addr-by-name", "sentinel|master",
                "sentinel|sentinels",
            ].map { "+\($0)" }
    }

    /// What every protocol says: shaking hands, looking, results and dead letters, and deleting the queue.
    private static let common: Set<String> = [
        "client|id", "client|list", "client|setname", "client|unblock", "del", "evalsha", "get", "hdel", "hget",
        "hmget", "hset", "info",
        "llen",
        "lrange", "lrem", "pexpire", "ping", "rpush", "scan", "script|load", "set", "time", "unlink", "wait", "xadd",
        "xread",
    ]

    /// What those say whose claims are made by scripts.
    private static let scripted: Set<String> = [
        "bzpopmin", "exec", "exists", "hincrby", "hlen", "hscan", "mget", "multi", "zadd", "zcard",
        "zcount",
        "zrange", "zrangebyscore", "zrem",
    ]

    private static func own(of queueProtocol: QueueProtocol) -> Set<String> {
        switch queueProtocol {
        case .lease:
            scripted.union([
                "eval", "lindex", "lpop", "lpush", "lset", "ltrim", "sort", "type", "watch", "zscore",
            ])
        case .stream:
            scripted.union([
                "discard", "xack", "xclaim", "xdel", "xgroup|create", "xgroup|delconsumer", "xinfo|consumers",
                "xinfo|groups",
                "xinfo|stream", "xlen", "xpending", "xrange", "xreadgroup", "xtrim",
            ])
        case .lock: ["blmove", "exists", "hincrby", "lmove", "lpush", "pttl"]
        case .lockSetex: own(of: .lock).union(["setex"])
        case .pop: ["blpop", "lpop", "lpush"]
        }
    }
}
