import Reporting
import Testing

/// What tasks take, and what is predicted from it.
@Suite("Demand of tasks")
struct TaskDemandTests {
    private func row(_ kind: String, role: String = "worker", tasks: Int, wall: Double, cpu: Double, io: Double)
        -> IORow
    {
        IORow(
            key: .sample, taskKind: kind, role: role, tasks: tasks, wallSeconds: wall, cpuSeconds: cpu,
            ioWaitSeconds: io, otherWaitSeconds: 0, traffic: .sample, apportionedTasks: 0)
    }

    private func service(_ kind: String, mean: Double) -> LatencyRow {
        LatencyRow(key: .sample, taskKind: kind, latencyKind: .service, summary: .sample(mean: mean))
    }

    private var rows: [IORow] {
        [
            row("message", tasks: 10, wall: 1, cpu: 0.002, io: 0.998),
            row("fib", tasks: 30, wall: 0.15, cpu: 0.12, io: 0),
            row("fib", role: "generator", tasks: 40, wall: 9, cpu: 9, io: 0),
        ]
    }

    private var latencies: [LatencyRow] { [service("message", mean: 99_000), service("fib", mean: 4_000)] }

    @Test("a slot is occupied by the task alone, or by its claim and ack too")
    func means() throws {
        let beside = try #require(TaskDemand(rows, latencies, areClaimsBeside: true))
        #expect(abs(beside.wallMicroseconds - (0.25 * 99_000 + 0.75 * 4_000)) < 1e-6)
        #expect(abs(beside.cpuMicroseconds - (0.25 * 200 + 0.75 * 4_000)) < 1e-6)
        #expect(abs(try #require(beside.suggestedSlots) - (1 + 0.25 * 99_800 / beside.cpuMicroseconds)) < 1e-9)
        let within = try #require(TaskDemand(rows, latencies, areClaimsBeside: false))
        #expect(abs(within.wallMicroseconds - (0.25 * 100_000 + 0.75 * 5_000)) < 1e-6)
    }

    @Test("slots let through, cores compute, and the less counts")
    func throughput() throws {
        let demand = try #require(
            TaskDemand(
                [row("message", tasks: 10, wall: 1, cpu: 0.02, io: 0.98)], [service("message", mean: 100_000)],
                areClaimsBeside: true))
        #expect(abs(demand.perSecond(slots: 1, cores: 1) - 10) < 1e-9)
        #expect(abs(demand.perSecond(slots: 16, cores: 1) - 160) < 1e-9)
        #expect(abs(demand.perSecond(slots: 256, cores: 1) - 500) < 1e-9)
        #expect(abs(demand.perSecond(slots: 256, cores: 2) - 1_000) < 1e-9)
    }

    @Test("the kinds count as often as they came in the run that is predicted")
    func proportions() throws {
        let demand = try #require(TaskDemand(rows, latencies, areClaimsBeside: true))
        let other = try #require(
            TaskDemand(
                [row("fib", tasks: 1, wall: 1, cpu: 1, io: 0)], [service("fib", mean: 1)], areClaimsBeside: true))
        #expect(try #require(demand.mixed(like: other)).wallMicroseconds == 4_000)
        #expect(other.mixed(like: demand) == nil)
    }

    @Test("several runs together weigh by their tasks")
    func together() throws {
        let one = try #require(
            TaskDemand(
                [row("fib", tasks: 1, wall: 1, cpu: 3, io: 0)], [service("fib", mean: 10)], areClaimsBeside: true))
        let three = try #require(
            TaskDemand(
                [row("fib", tasks: 3, wall: 1, cpu: 3, io: 0)], [service("fib", mean: 50)], areClaimsBeside: true))
        let both = try #require(TaskDemand.together([one, three]))
        #expect(abs(both.wallMicroseconds - 40) < 1e-9)
        #expect(both.kinds["fib"]?.tasks == 4)
        #expect(TaskDemand.together([]) == nil)
    }

    @Test("nothing that was run tells nothing")
    func unknown() {
        #expect(TaskDemand([row("fib", tasks: 0, wall: 0, cpu: 0, io: 0)], latencies, areClaimsBeside: true) == nil)
        #expect(TaskDemand(rows, [], areClaimsBeside: true) == nil)
    }
}
