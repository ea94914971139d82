import Reporting
import Testing

/// What a task takes on average, and what is predicted from it.
@Suite("Demand of a task")
struct TaskDemandTests {
    private func row(_ kind: String, role: String = "worker", tasks: Int, wall: Double, cpu: Double, io: Double)
        -> IORow
    {
        IORow(
            key: .sample, taskKind: kind, role: role, tasks: tasks, wallSeconds: wall, cpuSeconds: cpu,
            ioWaitSeconds: io, otherWaitSeconds: 0, traffic: .sample, apportionedTasks: 0)
    }

    private var rows: [IORow] {
        [
            row("message", tasks: 10, wall: 1, cpu: 0.002, io: 0.998),
            row("fib", tasks: 40, wall: 0.16, cpu: 0.16, io: 0),
            row("fib", role: "generator", tasks: 50, wall: 9, cpu: 9, io: 0),
        ]
    }

    private func service(_ kind: String, mean: Double) -> LatencyRow {
        LatencyRow(key: .sample, taskKind: kind, latencyKind: .service, summary: .sample(mean: mean))
    }

    private var latencies: [LatencyRow] { [service("message", mean: 99_000), service("fib", mean: 4_000)] }

    /// A quarter of the mix are messages, though by chance only a fifth of the tasks were.
    @Test("each kind counts as often as the mix has it")
    func weights() throws {
        let demand = try #require(TaskDemand(rows, latencies, shares: ["message": 0.25, "fib": 0.75]))
        #expect(abs(demand.wallMicroseconds - (0.25 * 99_000 + 0.75 * 4_000)) < 1e-6)
        #expect(abs(demand.cpuMicroseconds - (0.25 * 200 + 0.75 * 4_000)) < 1e-6)
        #expect(abs(demand.suggestedSlots - (1 + 0.25 * 99_800 / demand.cpuMicroseconds)) < 1e-9)
    }

    @Test("slots let through, cores compute, and the less counts")
    func throughput() {
        let demand = TaskDemand(wallMicroseconds: 100_000, cpuMicroseconds: 2_000, suggestedSlots: 50)
        #expect(demand.perSecond(slots: 1, cores: 1) == 10)
        #expect(demand.perSecond(slots: 16, cores: 1) == 160)
        #expect(demand.perSecond(slots: 256, cores: 1) == 500)
        #expect(demand.perSecond(slots: 256, cores: 2) == 1_000)
    }

    @Test("a kind that was not run, or nothing, tells nothing")
    func unknown() {
        #expect(TaskDemand(rows, latencies, shares: ["sleep": 1]) == nil)
        #expect(TaskDemand(rows, [], shares: ["fib": 1]) == nil)
        #expect(TaskDemand([row("fib", tasks: 0, wall: 0, cpu: 0, io: 0)], latencies, shares: ["fib": 1]) == nil)
        #expect(TaskDemand.mean([]) == nil)
    }

    @Test("the mean of repetitions")
    func mean() throws {
        let both = [1.0, 3.0].map { TaskDemand(wallMicroseconds: $0, cpuMicroseconds: $0 * 2, suggestedSlots: 1) }
        #expect(TaskDemand.mean(both) == TaskDemand(wallMicroseconds: 2, cpuMicroseconds: 4, suggestedSlots: 1))
    }
}
