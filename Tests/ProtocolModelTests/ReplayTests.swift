import Foundation
import ProtocolModel
import Testing

/// What a fault probe reads.
@Suite("Replay")
struct ReplayTests {
    @Test("each step says who moves and where it is held")
    func script() throws {
        let bounds = Bounds().with { ($0.tasks, $0.claim, $0.pauses) = (1, 1, 1) }
        let rules = LockRules().with { $0.requeuesAtomically = true }
        let example = try #require(
            Explorer.explore(LockMachine(bounds, rules: rules), for: .runsAtOnce).counterExample)
        let script = example.script
        #expect(script.map(\.actor) == ["W1", "W1", "W1", "M1", "clock", "M1", "M1", "W2", "W2"])
        #expect(
            script.map(\.boundary) == [
                "after:LMOVE", "after:SET", "task", "after:LRANGE", "", "after:EXISTS", "after:requeue", "after:LMOVE",
                "after:SET",
            ])
        #expect(script.map(\.happening)[2] == "pauses")
        #expect(script[4].task == 1)
    }

    @Test("a script survives JSON")
    func json() throws {
        let machine = PopMachine(Bounds().with { $0.lostReplies = 1 })
        let script = try #require(Explorer.explore(machine).counterExample).script
        #expect(script.map(\.boundary) == ["sent:LPOP"])
        #expect(script.map(\.faultPoint) == ["LPOP:sent"])
        let data = try JSONEncoder().encode(script)
        #expect(try JSONDecoder().decode([ReplayStep].self, from: data) == script)
    }

    @Test("a lease is named by its claim, an effect by its boundary")
    func lease() throws {
        let bounds = Bounds().with { ($0.tasks, $0.claim, $0.expiries) = (1, 1, 1) }
        let example = try #require(Explorer.explore(LeaseMachine(bounds), for: .executionTwice).counterExample)
        let expiry = try #require(example.script.first { $0.happening == "expires" })
        #expect(expiry.claim == "c1.1")
        #expect(expiry.task == nil)
        #expect(example.script.last?.boundary == "effect")
    }

    @Test("scripts of stream have their own names")
    func names() {
        #expect(Command.claim.name(in: .lease) == "claim")
        #expect(Command.claim.name(in: .stream) == "stream_claim")
        #expect(Command.ackTasks.name(in: .stream) == "stream_ack")
        #expect(Command.handshake.name(in: .stream) == "handshake")
        #expect(Command.bzpopmin.name(in: .stream) == "BZPOPMIN")
    }
}
