/// What a server, or a server and its replicas, promises about a write that it has acknowledged.
public enum Durability: Hashable, Sendable {
    /// Memory only: nothing outlives the process.
    case none
    /// An append-only file, synced each second: a crash of the machine may take the last second or two.
    case everysec
    /// An append-only file, synced before the reply.
    case always
    /// Memory only, but in that of as many replicas too: a write counts once they have it. It survives the loss of the
    /// master if one of them takes over, and nothing survives a master that comes back empty.
    case replicated(Int)

    /// The forms of their names; `N` is a number from 1 on.
    public static let names = ["none", "everysec", "always", "replicated:N"]

    /// Those that are a matter of one server.
    public static let ofOneServer: [Durability] = [.none, .everysec, .always]

    /// Reads `none`, `everysec`, `always`, `replicated:1`, …; `nil` for anything else.
    public init?(_ name: String) {
        if let known = Self.ofOneServer.first(where: { $0.description == name }) {
            self = known
        } else {
            let parts = name.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "replicated", let replicas = Int(parts[1]), replicas > 0 else {
                return nil
            }
            self = .replicated(replicas)
        }
    }

    /// How many replicas must have a write before it counts.
    public var replicas: Int {
        if case .replicated(let count) = self { count } else { 0 }
    }

    /// The settings of a server that make it so.
    var settings: [(name: String, value: String)] {
        switch self {
        case .none: [("appendonly", "no")]
        // A replica that has become a master would come back with what it was sent when it began to follow.
        case .replicated: [("appendonly", "no"), ("rdb-del-sync-files", "yes")]
        case .everysec, .always: [("appendonly", "yes"), ("appendfsync", description)]
        }
    }
}

extension Durability: CustomStringConvertible {
    /// The name that reads back as this.
    public var description: String {
        switch self {
        case .none: "none"
        case .everysec: "everysec"
        case .always: "always"
        case .replicated(let count): "replicated:\(count)"
        }
    }
}
