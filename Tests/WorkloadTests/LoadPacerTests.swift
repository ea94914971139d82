import Testing
import Workload

@Suite("The load pacer")
struct LoadPacerTests {
    @Test("waits for the next intended time, sends what is due, and finishes")
    func steps() throws {
        var pacer = LoadPacer(plan: try plan(.constant(perSecond: 1000), tasks: 3))
        var batch: [PlannedTask] = []
        #expect(pacer.next(at: 0, into: &batch) == .send)
        #expect(batch.map(\.sequence) == [0])
        #expect(pacer.next(at: 0, into: &batch) == .wait(until: 1_000_000))
        #expect(batch.isEmpty)
        #expect(pacer.next(at: 999_999, into: &batch) == .wait(until: 1_000_000))
        #expect(pacer.next(at: 1_000_000, into: &batch) == .send)
        #expect(batch.map(\.sequence) == [1])
        #expect(pacer.next(at: 5_000_000, into: &batch) == .send)
        #expect(batch.map(\.sequence) == [2])
        #expect(pacer.next(at: 5_000_000, into: &batch) == .finished)
        #expect(pacer.next(at: 6_000_000, into: &batch) == .finished)
        #expect(batch.isEmpty)
    }

    @Test("catches up after a stall in full batches with unchanged intended times")
    func stall() throws {
        let plan = try plan(.constant(perSecond: 1000), duration: .seconds(1))
        var pacer = LoadPacer(plan: plan)
        var batch: [PlannedTask] = []
        var sizes: [Int] = []
        var sent: [PlannedTask] = []
        while pacer.next(at: 699_500_000, into: &batch) == .send {
            sizes.append(batch.count)
            sent += batch
        }
        #expect(sizes == [256, 256, 188])
        #expect(sent == Array(plan.prefix(700)))
        #expect(pacer.next(at: 699_500_000, into: &batch) == .wait(until: 700_000_000))
    }

    @Test("a backlog comes in full batches at once")
    func backlog() throws {
        var pacer = LoadPacer(plan: try plan(.backlog, tasks: 600), batchLimit: 250)
        var batch: [PlannedTask] = []
        var sizes: [Int] = []
        while pacer.next(at: 0, into: &batch) == .send { sizes.append(batch.count) }
        #expect(sizes == [250, 250, 100])
        #expect(pacer.next(at: 0, into: &batch) == .finished)
    }

    @Test("sends the plan's tasks once each and none early, however it is asked", arguments: [UInt64(1), 2, 3, 4])
    func anyClock(seed: UInt64) throws {
        let plan = try plan(.poisson(perSecond: 5000), tasks: 2000, seed: seed)
        var random = SplitMix64(seed: seed)
        var pacer = LoadPacer(plan: plan, batchLimit: 1 + Int(random.next() % 64))
        var batch: [PlannedTask] = []
        var sent: [PlannedTask] = []
        var now: UInt64 = 0
        while true {
            let step = pacer.next(at: now, into: &batch)
            if step == .finished { break }
            #expect(batch.allSatisfy { $0.offsetNanoseconds <= now }, "seed \(seed)")
            sent += batch
            if case .wait(let until) = step {
                #expect(until > now, "seed \(seed)")
                now = until + random.next() % 3_000_000
            }
        }
        #expect(sent == Array(plan), "seed \(seed)")
    }

    @Test("an empty plan is finished at once")
    func empty() throws {
        var pacer = LoadPacer(plan: try plan(.backlog, tasks: 0))
        var batch: [PlannedTask] = []
        #expect(pacer.next(at: 0, into: &batch) == .finished)
    }

    @Test("a batch limit of 0 is a programmer's error")
    func noBatch() async {
        await #expect(processExitsWith: .failure) {
            let mix = try TaskMix(parsing: "fib-gmp:n=1")
            let plan = try TaskPlan(mix: mix, arrival: .backlog, tasks: 1, duration: nil, seed: 1)
            _ = LoadPacer(plan: plan, batchLimit: 0)
        }
    }

    private func plan(
        _ arrival: ArrivalProcess, tasks: UInt64? = nil, duration: Duration? = nil, seed: UInt64 = 1
    ) throws -> TaskPlan {
        let mix = try TaskMix(parsing: "fib-iterative:n=1..93:weight=3,sleep:ms=1..5")
        return try TaskPlan(mix: mix, arrival: arrival, tasks: tasks, duration: duration, seed: seed)
    }
}
