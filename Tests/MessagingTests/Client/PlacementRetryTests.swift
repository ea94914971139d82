import Messaging
import TestSupport
import Testing

/// When to try again, decided without a clock.
@Suite("Placement retry")
struct PlacementRetryTests {
    @Test("pauses double, each between half and the whole of its step, one fewer than tries")
    func pauses() {
        var random = SeededRandom()
        var pauses = PlacementRetry().pauses()
        for step in [50, 100, 200, 400, 800] {
            guard let pause = pauses.next(using: &random) else {
                Issue.record("too few pauses")
                return
            }
            #expect((.milliseconds(step) / 2 ... .milliseconds(step)).contains(pause))
        }
        #expect(pauses.next(using: &random) == nil)
    }

    @Test("one try has no pause, and there is always one try")
    func singleTry() {
        var random = SeededRandom()
        var pauses = PlacementRetry(tries: 0).pauses()
        #expect(pauses.next(using: &random) == nil)
    }

    @Test("statuses have the specification's names and codes")
    func statuses() {
        #expect(MessageStatus.deadlineExceeded.name == "DEADLINE_EXCEEDED")
        #expect(MessageStatus(name: "unavailable") == .unavailable)
        #expect(MessageStatus(name: "OK") == nil)
        #expect(MessageStatus.allCases.map(\.rawValue) == Array(1...16))
        #expect(MessageStatus.internal.name == "INTERNAL")
    }

    @Test("what the sink said about the request is not asked again")
    func transience() {
        let transient = MessageStatus.allCases.filter(\.isTransient)
        #expect(transient == [.cancelled, .unknown, .deadlineExceeded, .aborted, .internal, .unavailable])
    }
}
