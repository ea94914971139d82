import Messaging
import Testing

/// A sink's bad days, decided without a sink.
@Suite("Sink faults")
struct SinkFaultsTests {
    @Test("the same seed brings the same faults, another one others")
    func determinism() {
        #expect(faults(bad(seed: 7), 1_000) == faults(bad(seed: 7), 1_000))
        #expect(faults(bad(seed: 7), 1_000) != faults(bad(seed: 8), 1_000))
    }

    @Test("an obliging sink has none")
    func none() {
        #expect(faults(SinkBehaviour(), 100) == Array(repeating: .none, count: 100))
    }

    @Test("fractions are kept, and half of the faults come after placing")
    func fractions() {
        let faults = faults(bad(seed: 1), 100_000)
        let failed = faults.filter { $0.ending == .failed }
        let dropped = faults.filter { $0.ending == .dropped }
        let slow = faults.filter { $0.delay == .seconds(9) }
        #expect((9_500...10_500).contains(failed.count))
        #expect((4_700...5_300).contains(dropped.count))
        #expect((1_800...2_200).contains(slow.count))
        let late = (failed + dropped).filter { $0.moment == .afterPlacing }
        #expect((7_200...7_800).contains(late.count))
        #expect(faults.allSatisfy { $0.ending != nil || $0.moment == .beforePlacing })
    }

    @Test("a delay is never negative")
    func negativeDelay() {
        var behaviour = SinkBehaviour()
        behaviour.delay = { _ in .seconds(-1) }
        #expect(faults(behaviour, 1) == [.none])
    }

    @Test("delays are drawn from the same sequence")
    func drawnDelays() {
        var behaviour = SinkBehaviour()
        behaviour.delay = { random in .milliseconds(Int.random(in: 0...1_000, using: &random)) }
        behaviour.seed = 3
        let delays = faults(behaviour, 100).map(\.delay)
        #expect(delays == faults(behaviour, 100).map(\.delay))
        #expect(Set(delays).count > 50)
    }

    private func bad(seed: UInt64) -> SinkBehaviour {
        var behaviour = SinkBehaviour()
        behaviour.delay = { _ in .milliseconds(1) }
        behaviour.verySlowFraction = 0.02
        behaviour.verySlowDelay = { _ in .seconds(9) }
        behaviour.failedFraction = 0.1
        behaviour.droppedFraction = 0.05
        behaviour.seed = seed
        return behaviour
    }

    private func faults(_ behaviour: SinkBehaviour, _ count: Int) -> [SinkFault] {
        var faults = SinkFaults(behaviour)
        return (0..<count).map { _ in faults.next() }
    }
}
