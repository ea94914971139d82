/// What a server promises about a write that it has answered.
public enum Durability: String, CaseIterable, Sendable {
    /// Memory only: nothing outlives the process.
    case none
    /// An append-only file, synced each second: a crash of the machine may take the last second or two.
    case everysec
    /// An append-only file, synced before the reply.
    case always

    /// The server's settings that make it so.
    var settings: [(name: String, value: String)] {
        switch self {
        case .none: [("appendonly", "no")]
        case .everysec, .always: [("appendonly", "yes"), ("appendfsync", rawValue)]
        }
    }
}
