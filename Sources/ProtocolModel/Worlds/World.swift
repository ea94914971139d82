/// A small world with a name: a protocol, what may go wrong, which properties are looked after, and what should come out.
package struct World: Sendable {
    /// A short name, unique in its list.
    package let name: String
    /// Which protocol it is about.
    package let kind: ProtocolKind
    /// What it is there for, in a sentence.
    package let purpose: String
    /// How large it is, and what may go wrong in it.
    package let bounds: Bounds
    /// Which properties the search looks after.
    package let wanted: Properties
    /// Which property is known to break there; empty where all of them hold.
    package let known: Properties
    /// The protocol and the name: unique among all worlds.
    package var title: String { "\(kind.rawValue): \(name)" }
    private let search: @Sendable (Properties) -> Exploration

    /// A world.
    ///
    /// - Parameters:
    ///   - machine: the protocol in this world.
    ///   - wanted: which properties to look after.
    ///   - known: which of them is known to break.
    package init(
        _ name: String, _ purpose: String, _ machine: some ProtocolMachine, for wanted: Properties = .all,
        breaks known: Properties = []
    ) {
        self.name = name
        self.purpose = purpose
        self.wanted = wanted
        self.known = known
        kind = machine.kind
        bounds = machine.bounds
        search = { Explorer.explore(machine, for: $0) }
    }

    /// Searches the world. Takes up to some seconds of one core, and some hundred MB.
    package func explore() -> Exploration { search(wanted) }

    /// Whether the search came out as is known: nothing broken, or just what is known to break.
    package func isAsKnown(_ exploration: Exploration) -> Bool {
        guard let example = exploration.counterExample else { return known.isEmpty && exploration.holds }
        return !example.broken.isDisjoint(with: known)
    }
}
