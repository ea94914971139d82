import ProtocolModel
import Testing

/// A counter that goes up by one or two, and may be stuck at a trap.
private struct Counter: ProtocolMachine {
    var kind: ProtocolKind { .pop }
    var bounds: Bounds { Bounds() }
    var initial: Int { 0 }
    let top: Int
    var lossAt: Int?
    var trap: Int?

    func visitSteps(from state: Int, _ visit: (Transition<Int>) -> Void) {
        guard state != trap else { return }
        for by in 1...2 where state + by <= top {
            visit(Transition(Step(by == 1 ? .firstWorker : .secondWorker, .proceeds, .lpop), state + by))
        }
    }

    func broken(in state: Int) -> Properties { state == lossAt ? .lost : [] }
    func isDrained(_ state: Int) -> Bool { state == top }
    func describe(_ state: Int) -> [String] { ["at \(state)"] }
}

@Suite("Explorer")
struct ExplorerTests {
    @Test("every state is seen once")
    func counts() {
        let exploration = Explorer.explore(Counter(top: 100))
        #expect(exploration.holds)
        #expect(exploration.states == 101)
        #expect(exploration.transitions == 199)
        #expect(exploration.depth == 50)
    }

    @Test("the shortest course is found")
    func shortest() throws {
        let example = try #require(Explorer.explore(Counter(top: 100, lossAt: 7)).counterExample)
        #expect(example.steps.count == 4)
        #expect(example.broken == .lost)
        #expect(example.state == ["at 7"])
    }

    @Test("a property that is not looked after may be broken")
    func unwanted() {
        #expect(Explorer.explore(Counter(top: 100, lossAt: 7), for: .effectTwice).holds)
    }

    @Test("a state that leads nowhere is found, and the way into it")
    func stuck() throws {
        let example = try #require(Explorer.explore(Counter(top: 9, trap: 4)).counterExample)
        #expect(example.broken == .undrainable)
        #expect(example.steps.count == 2)
    }

    @Test("a step that is a misfortune does not count as a way out")
    func misfortune() {
        struct Lucky: ProtocolMachine {
            var kind: ProtocolKind { .pop }
            var bounds: Bounds { Bounds() }
            var initial: Bool { false }
            func visitSteps(from state: Bool, _ visit: (Transition<Bool>) -> Void) {
                if !state { visit(Transition(Step(.firstWorker, .dies), true)) }
            }
            func broken(in state: Bool) -> Properties { [] }
            func isDrained(_ state: Bool) -> Bool { state }
            func describe(_ state: Bool) -> [String] { [] }
        }
        #expect(Explorer.explore(Lucky()).counterExample?.broken == .undrainable)
    }

    @Test("a world that is too large is given up")
    func limit() {
        let exploration = Explorer.explore(Counter(top: 100), limit: 10)
        #expect(!exploration.holds)
        #expect(exploration.counterExample == nil)
    }
}
