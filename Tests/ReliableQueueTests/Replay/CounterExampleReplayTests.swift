import ProtocolModel
import Redis
import ReliableQueue
import TestSupport
import Testing

/// Every counter-example that the search finds in `lock`, `lock-setex` and `pop` comes true on a real Redis.
@Suite struct CounterExampleReplayTests {
    private static let worlds = (Worlds.lock + Worlds.pop).filter { !$0.known.isEmpty }

    @Test(arguments: worlds.map(\.title)) func comesTrue(title: String) throws {
        let world = try #require(Self.worlds.first { $0.title == title })
        let example = try #require(world.explore().counterExample)
        let broken = try Replay(of: example, in: world).play()
        #expect(broken == example.broken, "\(example.lines.joined(separator: "\n"))")
    }

    @Test func allOfThemAreReplayed() {
        #expect(Self.worlds.count == 15)
        #expect(Set(Self.worlds.map(\.kind)) == [.lock, .lockSetex, .pop])
    }

    /// A script can't be played by actors of another protocol: the first SET is a SETEX.
    @Test func whoDoesNotFollowTheScriptIsNoticed() throws {
        let world = try #require(Self.worlds.first { $0.kind == .lock })
        let example = try #require(world.explore().counterExample)
        let replay = try Replay(of: example, in: world, by: .lockSetex)
        let error = #expect(throws: Gate.Strayed.self) { try replay.play() }
        #expect(error?.place == Boundary("SETEX", .before))
    }
}
