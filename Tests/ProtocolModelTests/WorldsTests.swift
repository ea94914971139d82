import ProtocolModel
import Testing

/// Every world comes out as is known. One after the other: each may take some hundred MB.
@Suite("Worlds", .serialized)
struct WorldsTests {
    @Test("lease holds where it must, and breaks where it is known to", arguments: Worlds.lease.map(\.title))
    func lease(_ title: String) throws { try explore(title, in: Worlds.lease) }

    @Test("stream holds where it must, and breaks where it is known to", arguments: Worlds.stream.map(\.title))
    func stream(_ title: String) throws { try explore(title, in: Worlds.stream) }

    @Test("the holes of lock are found, and no loss", arguments: Worlds.lock.filter { $0.kind == .lock }.map(\.title))
    func lock(_ title: String) throws { try explore(title, in: Worlds.lock.filter { $0.kind == .lock }) }

    @Test("so are those of lock-setex", arguments: Worlds.lock.filter { $0.kind == .lockSetex }.map(\.title))
    func lockSetex(_ title: String) throws { try explore(title, in: Worlds.lock.filter { $0.kind == .lockSetex }) }

    @Test("pop loses tasks", arguments: Worlds.pop.map(\.title))
    func pop(_ title: String) throws { try explore(title, in: Worlds.pop) }

    @Test("a rule that is switched off is missed", arguments: Worlds.switchedOff.map(\.title))
    func switchedOff(_ title: String) throws { try explore(title, in: Worlds.switchedOff) }

    @Test("nothing is found while it is in force", arguments: Worlds.switchedOn.map(\.title))
    func switchedOn(_ title: String) throws { try explore(title, in: Worlds.switchedOn) }

    @Test("names are unique")
    func names() {
        let titles = (Worlds.all + Worlds.soak).map(\.title)
        #expect(Set(titles).count == titles.count)
    }

    private func explore(_ title: String, in worlds: [World]) throws {
        let world = try #require(worlds.first { $0.title == title })
        let exploration = world.explore()
        let report = world.report(exploration).joined(separator: "\n")
        #expect(world.isAsKnown(exploration), "\(report)")
    }
}
