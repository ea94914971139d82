import Testing
import Workload

@Suite("Parts of a plan")
struct GeneratorPartTests {
    private func plan(_ part: GeneratorPart, tasks: UInt64 = 20_000) throws -> [PlannedTask] {
        Array(
            try TaskPlan(
                mix: TaskMix(parsing: "fib-iterative:n=1..93,sleep:ms=1"), arrival: .poisson(perSecond: 1000),
                tasks: tasks,
                duration: nil, seed: 3, part: part))
    }

    private struct Work: Hashable {
        let (kind, parameter, offset): (TaskKind, Int64, UInt64)

        init(_ task: PlannedTask) { (kind, parameter, offset) = (task.kind, task.parameter, task.offsetNanoseconds) }
    }

    @Test("all parts together are the plan", arguments: [2, 3, 7])
    func union(count: Int) throws {
        let parts = try (1...count).map { try plan(GeneratorPart($0, of: count)) }
        for part in parts { #expect(part.map(\.sequence) == Array(0..<UInt64(part.count))) }
        let together = parts.joined().map(Work.init).sorted { $0.offset < $1.offset }
        #expect(together == (try plan(.whole).map(Work.init)))
    }

    @Test("each is as large as the others, and its arrivals as independent as the whole plan's")
    func evenness() throws {
        for number in 1...4 {
            let part = try plan(GeneratorPart(number, of: 4))
            #expect((4_700...5_300).contains(part.count))
            let offsets = part.map { Double($0.offsetNanoseconds) }
            let gaps = zip(offsets.dropFirst(), offsets).map { ($0 - $1) / 4e6 }
            #expect(abs(mean(gaps) - 1) < 0.06)
            #expect(abs(mean(gaps.map { $0 * $0 }) - 2) < 0.35)
        }
    }

    @Test("parts read back, and bad ones are refused")
    func text() throws {
        #expect(try GeneratorPart(parsing: "2/4") == GeneratorPart(2, of: 4))
        #expect(GeneratorPart(2, of: 4).description == "2/4")
        for bad in ["", "0/4", "5/4", "2", "2/4/8", "a/b", "1/0", "-1/2"] {
            #expect(message { _ = try GeneratorPart(parsing: bad) }.hasPrefix("part cannot be \(bad.debugDescription)"))
        }
    }
}
