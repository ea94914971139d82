import Harness
import Reporting
import Testing

/// Who is in a run, by what parts say.
@Suite struct PartCastTests {
    private static let second: UInt64 = 1_000_000_000
    private static let origin = PartOrigin(
        host: HostFacts(
            name: "box", kernel: "6.1", cpuModel: "CPU", cores: 2, memoryBytes: 1 << 30,
            cgroup: CGroupLimits(cpus: nil, memoryBytes: nil, cpuset: nil)),
        versions: [:], programSHA256: "", clock: nil)
    private var cast = PartCast(run: "trial", needed: [.worker: 2, .load: 1])

    private static func card(_ role: PartRole, nonce: UInt64 = 1, beat: Int = 1, _ stage: PartCard.Stage = .ready)
        -> PartCard
    {
        var card = PartCard(role: role, nonce: nonce, origin: origin)
        (card.beat, card.stage) = (beat, stage)
        return card
    }

    /// A full cast at second 0.
    private static func full() -> PartCast {
        var cast = PartCast(run: "trial", needed: [.worker: 2, .load: 1])
        _ = cast.see(["a": card(.worker), "b": card(.worker), "x": card(.load)], at: 0, isOpen: true)
        return cast
    }

    @Test mutating func seatsAreTakenInTurnAndNumbered() {
        #expect(cast.shortfall == "2 workers, 1 generator (fibq load)")
        #expect(
            cast.see(["b": Self.card(.worker)], at: 0, isOpen: true) == [.joined(name: "b", .worker, host: "box")])
        #expect(cast.shortfall == "1 worker, 1 generator (fibq load)")
        let all = ["a": Self.card(.worker), "b": Self.card(.worker), "x": Self.card(.load)]
        #expect(cast.see(all, at: Self.second, isOpen: true).count == 2)
        #expect(cast.shortfall == nil)
        #expect(cast.members(of: .worker).map(\.name) == ["b", "a"])
        #expect(cast.members(of: .worker).map(\.number) == [1, 2])
        #expect(cast.all.map(\.name) == ["b", "a", "x"])
    }

    @Test func whoComesBeyondThatIsRefusedOnce() {
        var cast = Self.full()
        var cards = ["a": Self.card(.worker), "b": Self.card(.worker), "x": Self.card(.load)]
        cards["c"] = Self.card(.worker, nonce: 7)
        cards["s"] = Self.card(.sink, nonce: 8)
        #expect(cast.see(cards, at: 1, isOpen: true) == [.refused(name: "c"), .refused(name: "s")])
        #expect(cast.refusals["c"] == "the run trial has its 2 workers already")
        #expect(cast.refusals["s"] == "the run trial has no place for a sink")
        #expect(cast.see(cards, at: 2, isOpen: true) == [])
        // Another process may try that name once somebody has made room.
        cards["a"] = nil
        cards["c"] = Self.card(.worker, nonce: 9)
        #expect(cast.see(cards, at: 3, isOpen: true).contains(.left(name: "a")))
        cards["c"] = Self.card(.worker, nonce: 10)
        #expect(cast.see(cards, at: 4, isOpen: true) == [.joined(name: "c", .worker, host: "box")])
        #expect(cast.refusals["c"] == nil)
    }

    @Test func whoComesTooLateIsRefused() {
        var cast = Self.full()
        #expect(cast.see(["c": Self.card(.worker, nonce: 5)], at: 1, isOpen: false) == [.refused(name: "c")])
        #expect(cast.refusals["c"] == "the run trial has begun: it takes no more parts")
        #expect(cast.members.count == 3)
    }

    @Test func whoseCardStandsStillHasVanished() {
        var cast = Self.full()
        let limit = PartCast.longestSilence
        var cards = ["a": Self.card(.worker), "b": Self.card(.worker, beat: 2), "x": Self.card(.load, beat: 2)]
        for second in 1...limit / Self.second {
            cards["b"]?.beat += 1
            cards["x"]?.beat += 1
            #expect(cast.see(cards, at: second * Self.second, isOpen: false) == [])
        }
        #expect(cast.see(cards, at: limit + 1, isOpen: false) == [.vanished(name: "a")])
        #expect(cast.see(cards, at: limit + 2, isOpen: false) == [])
        #expect(cast.isPast(.stopped, .worker) == false)
        cards["b"]?.stage = .stopped
        cards["b"]?.beat += 1
        _ = cast.see(cards, at: limit + 3, isOpen: false)
        #expect(cast.isPast(.stopped, .worker))
        #expect(!cast.isPast(.stopped, .worker, .load))
        cards["a"]?.beat = 2
        #expect(cast.see(cards, at: limit + 4, isOpen: false) == [.returned(name: "a")])
        #expect(cast.members["a"]?.isVanished == false)
    }

    /// While the server was away nobody could be heard.
    @Test func whatNobodyListenedToIsNoSilence() {
        var cast = Self.full()
        let cards = ["a": Self.card(.worker), "b": Self.card(.worker), "x": Self.card(.load)]
        #expect(cast.see(cards, at: Self.second, isOpen: false) == [])
        #expect(cast.see(cards, at: 60 * Self.second, isOpen: false) == [])
        #expect(cast.see(cards, at: 61 * Self.second, isOpen: false) == [])
    }

    /// Its card goes with the key that all are in, should Redis lose it, and comes again with the next beat.
    @Test func aCardThatIsGoneForAMomentIsNoReason() {
        var cast = Self.full()
        #expect(cast.see([:], at: 1, isOpen: false) == [])
        #expect(cast.see(["a": Self.card(.worker, beat: 2)], at: 2, isOpen: false) == [])
        #expect(cast.members.count == 3)
        // Before the run has begun it is as if the part had left, and come again.
        cast = Self.full()
        #expect(cast.see([:], at: 1, isOpen: true).count == 3)
        #expect(cast.see(["a": Self.card(.worker, beat: 2)], at: 2, isOpen: true).count == 1)
    }

    @Test func whatGoesWrongIsSaidOnce() {
        var cast = Self.full()
        var card = Self.card(.worker, beat: 2)
        card.problem = "the disk is full"
        #expect(cast.see(["a": card], at: 1, isOpen: false) == [.failed(name: "a", problem: "the disk is full")])
        card.beat = 3
        #expect(cast.see(["a": card], at: 2, isOpen: false) == [])
    }

    /// Who has handed everything in may go.
    @Test func nobodyVanishesAtTheEnd() {
        var cast = Self.full()
        let cards = ["a", "b", "x"].map { ($0, Self.card($0 == "x" ? .load : .worker, beat: 2, .handedIn)) }
        _ = cast.see(Dictionary(uniqueKeysWithValues: cards), at: 1, isOpen: false)
        #expect(cast.see([:], at: 10 * PartCast.longestSilence, isOpen: false) == [])
    }
}
