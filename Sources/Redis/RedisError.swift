/// What can go wrong between a program and its Redis server.
public enum RedisError: Error, Equatable, Sendable {
    /// No connection could be made. `code` is hiredis' `REDIS_ERR_*`.
    case unreachable(endpoint: String, code: Int32, words: String)
    /// The connection broke, or its time ran out, while replies were outstanding: what was sent may or may not have
    /// been carried out. `code` is hiredis' `REDIS_ERR_*`.
    case connectionLost(code: Int32, words: String)
    /// The server refused the user name or password, or demands one.
    case notAuthenticated(endpoint: String, words: String)
    /// The server answered a command with an error; these are its words.
    case server(words: String)
    /// A reply had another shape than its command promises.
    case unexpectedReply(wanted: String, got: String)
    /// The server is older than this code can work with.
    case serverTooOld(version: String, needed: String)
    /// The text is not an address of a server.
    case invalidURL(text: String, reason: String)
    /// The Sentinels watch no master of that name.
    case noSuchMaster(name: String)
    /// A private server could not be started.
    case privateServer(reason: String)
    /// What a private server's crash was to leave behind can't be told or made so.
    case powerCut(reason: String)

    /// True when the outcome of what was sent is unknown and only a new connection can tell.
    public var isConnectionLost: Bool {
        switch self {
        case .connectionLost, .unreachable: true
        default: false
        }
    }

    /// True when what failed may work a little later, wherever: the server is away, loads its data, or is changing places with
    /// others.
    package var isPassing: Bool { isConnectionLost || isRefusal(["LOADING"]) || isOfChange }

    /// True when a server refuses since it is, among others, not yet what it is to become.
    var isOfChange: Bool {
        isRefusal(["READONLY", "UNBLOCKED", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "ASK", "NOREPLICAS"])
            || isOfReplica
    }

    /// True for a refusal with one of these codes, also where a script (before Redis 7) or a transaction was refused for it.
    package func isRefusal(_ codes: [String]) -> Bool {
        guard case .server(let words) = self else { return false }
        // ERR Error running script (…): @user_script:7: -OOM command not allowed …
        // EXECABORT Transaction discarded because of: OOM command not allowed …
        return codes.contains { code in
            words.hasPrefix("\(code) ") || words.contains("-\(code) ") || words.contains(": \(code) ")
        }
    }

    /// True for what a replica answers that was asked to wait for its own.
    var isOfReplica: Bool {
        guard case .server(let words) = self else { return false }
        return words.hasPrefix("ERR WAIT cannot be used with replica instances")
    }

    /// The first word of a server's error ("NOSCRIPT", "OOM"), which names its kind; `nil` for every other error.
    public var serverCode: Substring? {
        guard case .server(let words) = self else { return nil }
        return words.prefix { $0 != " " }
    }
}

extension RedisError: CustomStringConvertible {
    /// One line that says what happened and, where there is one, what to do.
    public var description: String {
        switch self {
        case .unreachable(let endpoint, _, let words):
            "cannot reach Redis at \(endpoint): \(words)"
        case .connectionLost(_, let words):
            "the connection to Redis was lost: \(words)"
        case .notAuthenticated(let endpoint, let words):
            "Redis at \(endpoint) refused the user or password: \(words)"
        case .server(let words) where serverCode == "MOVED":
            "Redis answered: \(words): it is a node of a cluster, which cluster://host:port reaches"
        case .server(let words):
            "Redis answered: \(words)"
        case .unexpectedReply(let wanted, let got):
            "Redis answered with \(got) where \(wanted) was due"
        case .serverTooOld(let version, let needed):
            "Redis \(version) is too old: version \(needed) or later is needed (LMOVE)"
        case .invalidURL(let text, let reason):
            "'\(Self.hidingPassword(in: text))' is not a Redis address: \(reason); use redis://[user:password@]host[:port][/database],"
                + " unix:///path/to/socket, sentinel://host:port,…/master or cluster://host:port,…"
        case .noSuchMaster(let name):
            "the Sentinels watch no master '\(name)': see SENTINEL MASTERS for the names that they know"
        case .privateServer(let reason):
            "a private redis-server could not be started: \(reason)"
        case .powerCut(let reason):
            "the power cut of a private redis-server could not be simulated: \(reason)"
        }
    }

    /// What stands between the user's colon and the last `@` is nobody's business, and what queries say neither.
    private static func hidingPassword(in url: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].contains("@") else { return hidingUserPassword(in: url) }
        let items = parts[1].split(separator: "&").map { item in
            item.firstIndex(of: "=").map { item[...$0] + "***" } ?? item
        }
        return hidingUserPassword(in: String(parts[0])) + "?" + items.joined(separator: "&")
    }

    private static func hidingUserPassword(in url: String) -> String {
        guard let end = url.lastIndex(of: "@"), let scheme = url.firstIndex(of: ":"), scheme < end,
            let colon = url[url.index(after: scheme)..<end].firstIndex(of: ":")
        else { return url }
        return url[...colon] + "***" + url[end...]
    }
}
