import ProtocolModel

/// Searches the states of the protocols in small worlds, as `fibq check` shows it.
package struct CheckRole: Sendable {
    /// The protocol whose worlds are searched; `nil` for all.
    package var queueProtocol: String?
    /// Larger worlds, too: minutes and a gigabyte.
    package var isSoak = false

    /// A check of all protocols in the small worlds.
    package init() {}

    /// The protocols that have worlds.
    package static let protocols = ProtocolKind.allCases.map(\.rawValue)

    /// Searches one world after the other.
    ///
    /// - Parameter report: told of each, in lines of text, once it is searched.
    /// - Throws: ``HarnessError/run(_:)`` when a search came out otherwise than is known.
    package func run(report: ([String]) -> Void) throws(HarnessError) {
        let worlds = (Worlds.all + (isSoak ? Worlds.soak : [])).filter { world in
            queueProtocol.map { $0 == world.kind.rawValue } ?? true
        }
        var surprises = 0
        for world in worlds {
            let exploration = world.explore()
            report(world.report(exploration, isBrief: true))
            if !world.isAsKnown(exploration) { surprises += 1 }
        }
        if surprises > 0 { throw .run("\(surprises) of \(worlds.count) worlds are not as they are known to be") }
    }
}
