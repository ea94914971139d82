import Testing
import Workload

@Suite("Traces")
struct ArrivalTraceTests {
    private let mix = "fib-iterative:n=1..93:weight=3,sleep:ms=exponential(5):expect=5ms"

    private func trace(_ csv: String) throws -> ArrivalTrace {
        try ArrivalTrace(csv: csv, file: "plan.csv", mix: TaskMix(parsing: mix))
    }

    private func plan(_ csv: String, tasks: UInt64? = nil, duration: Duration? = nil) throws -> TaskPlan {
        try TaskPlan(
            mix: TaskMix(parsing: mix), arrival: .trace(file: "plan.csv"), tasks: tasks, duration: duration, seed: 1,
            trace: trace(csv))
    }

    @Test("a plan that was written down is the plan, bit for bit", arguments: ["poisson:500", "burst:900:1s:1s"])
    func replay(arrival: String) throws {
        let written = try TaskPlan(
            mix: TaskMix(parsing: mix), arrival: ArrivalProcess(parsing: arrival), tasks: 2000, duration: nil, seed: 7)
        let lines = [ArrivalTrace.header] + written.map(\.traceLine)
        #expect(Array(try plan(lines.joined(separator: "\n") + "\n")) == Array(written))
    }

    @Test("what a file does not say is drawn from the mix")
    func partial() throws {
        let times = Array(try plan("offset_ns\n0\n5\n5\n900\n"))
        #expect(times.map(\.offsetNanoseconds) == [0, 5, 5, 900])
        #expect(
            times.allSatisfy { $0.kind == .sleep ? $0.expectedMicroseconds == 5000 : (1...93).contains($0.parameter) })
        let kinds = Array(try plan("task_kind,offset_ns\nsleep,1\nfib-iterative,2\nsleep,3\n"))
        #expect(kinds.map(\.kind) == [.sleep, .fibIterative, .sleep])
        #expect((1...93).contains(kinds[1].parameter))
    }

    @Test("limits end it as they end every plan")
    func limits() throws {
        let csv = "offset_ns\n0\n1000000\n2000000\n"
        #expect(try plan(csv, tasks: 2).count { _ in true } == 2)
        #expect(try plan(csv, duration: .milliseconds(2)).count { _ in true } == 2)
        #expect(try plan(csv).count { _ in true } == 3)
    }

    @Test("the greatest parameter of each kind is known")
    func greatest() throws {
        let found = try trace("offset_ns,task_kind,parameter\n0,sleep,9\n1,sleep,700\n2,fib-iterative,93\n")
        #expect(found.greatestParameters.mapValues(\.parameter) == [.sleep: 700, .fibIterative: 93])
        #expect(found.greatestParameters.mapValues(\.line) == [.sleep: 3, .fibIterative: 4])
    }

    @Test(
        "a bad file is refused with the line",
        arguments: [
            ("", "plan.csv:1: the column offset_ns is missing"),
            ("offset_ns\n", "plan.csv:1: a trace without tasks"),
            ("task_kind\nsleep\n", "plan.csv:1: the column offset_ns is missing"),
            ("offset_ns,when\n1,2\n", "plan.csv:1: unknown column \"when\""),
            ("offset_ns,offset_ns\n1,2\n", "plan.csv:1: the column \"offset_ns\" is given more than once"),
            ("offset_ns,parameter\n1,2\n", "plan.csv:1: the column task_kind is missing"),
            ("offset_ns\n1\n-5\n", "plan.csv:3: offset_ns cannot be \"-5\""),
            ("offset_ns\n1\nsoon\n", "plan.csv:3: offset_ns cannot be \"soon\""),
            ("offset_ns\n7\n6\n", "plan.csv:3: offset_ns cannot be \"6\""),
            ("offset_ns,task_kind\n1,sleep\n2,fib-gmp\n", "plan.csv:3: unknown task kind \"fib-gmp\""),
            ("offset_ns,task_kind\n1\n", "plan.csv:2: a line cannot be \"1\""),
            ("offset_ns\n1\n\"2\n", "plan.csv:"),
        ])
    func bad(csv: String, beginning: String) {
        let text = message { _ = try trace(csv) }
        #expect(text.hasPrefix(beginning), "\(text)")
        #expect(!text.contains("\n"))
    }
}
