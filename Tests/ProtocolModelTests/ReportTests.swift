import ProtocolModel
import Testing

@Suite("Report")
struct ReportTests {
    @Test("a world that holds takes one line")
    func holds() {
        let world = World("calm", "nothing goes wrong", PopMachine(Bounds()))
        let exploration = Exploration(outcome: .holds, states: 6, transitions: 7, depth: 3, took: .milliseconds(1_234))
        #expect(world.report(exploration) == ["pop: calm: holds (6 states, 7 steps, depth 3, 1.23 s)"])
        #expect(world.isAsKnown(exploration))
    }

    @Test("a counter-example is told step by step, with the state that it ends in")
    func broken() {
        let world = World("death", "a worker dies", PopMachine(Bounds().with { $0.crashes = 1 }), breaks: .lost)
        let exploration = world.explore()
        #expect(world.isAsKnown(exploration))
        let lines = world.report(exploration)
        #expect(lines.first?.hasPrefix("pop: death: broken, as is known (") == true)
        #expect(
            Array(lines.dropFirst()) == [
                "  broken: an acknowledged task is lost", "    1. W1 LPOP t1", "    2. W1 dies at task", "  then:",
                "    Redis: pending []", "    W1: dead", "    W2: has []", "    run and placed at the sink {}",
            ])
        #expect(world.report(exploration, isBrief: true).count == 4)
    }

    @Test("what comes out otherwise than is known is said aloud")
    func surprises() {
        let death = PopMachine(Bounds().with { $0.crashes = 1 })
        let unknown = World("death", "a worker dies", death)
        #expect(!unknown.isAsKnown(unknown.explore()))
        #expect(unknown.report(unknown.explore())[0].contains("BROKEN"))
        let calm = World("calm", "nothing goes wrong", PopMachine(Bounds()), breaks: .lost)
        #expect(!calm.isAsKnown(calm.explore()))
        #expect(calm.report(calm.explore())[0].contains("ALTHOUGH"))
    }
}
