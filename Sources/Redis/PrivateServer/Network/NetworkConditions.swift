/// How a network is at a moment: how long a way takes, and who is cut off from whom.
///
/// A value. It knows servers by their addresses; whoever comes from another address is a client.
package struct NetworkConditions: Equatable, Sendable {
    /// How long a round trip takes, half of it each way.
    package var delay = Duration.zero
    private var sides: [LoopbackAddress: Side] = [:]

    /// Quick and not divided.
    package init() {}

    /// Servers that reach each other and no others.
    private struct Side: Equatable {
        let number: Int
        let isCutFromClients: Bool
    }

    /// Puts servers on a side of their own: they reach each other, and nobody else.
    ///
    /// - Parameter fromClients: whether clients don't reach them either.
    package mutating func isolate(_ servers: [LoopbackAddress], fromClients: Bool) {
        let number = 1 + (sides.values.map(\.number).max() ?? 0)
        for server in servers { sides[server] = Side(number: number, isCutFromClients: fromClients) }
    }

    /// Puts all on one side.
    package mutating func heal() { sides = [:] }

    /// Whether nothing passes between `source` and a server.
    package func isCut(_ source: LoopbackAddress, from server: LoopbackAddress) -> Bool {
        guard source == .home else { return sides[source]?.number != sides[server]?.number }
        return sides[server]?.isCutFromClients ?? false
    }
}
