import Testing
import Workload

/// What a sweep that was broken off still lacks.
@Suite("Resuming sweeps")
struct SweepResumptionTests {
    private let plan: SweepPlan

    init() throws {
        plan = try SweepPlanTests.plan("repetitions: 2\nseed: 3\naxes: {workers: [1, 2, 3], slots: [1, 2]}")
    }

    private func finished(_ trials: some Sequence<SweepTrial>) -> [String: [String]] {
        Dictionary(uniqueKeysWithValues: trials.map { (plan.name(of: $0), plan.labels(of: $0.cell)) })
    }

    @Test("wherever it breaks off, both parts together are the whole, in its order")
    func everyCut() {
        let order = plan.order()
        for cut in 0...order.count {
            #expect(plan.remaining(finished: finished(order[..<cut])) == Array(order[cut...]))
        }
    }

    @Test("runs that ended out of order are not repeated")
    func gaps() {
        let order = plan.order()
        let done = order.enumerated().filter { $0.offset % 3 == 1 }.map(\.element)
        let left = plan.remaining(finished: finished(done))
        #expect(left == order.filter { !done.contains($0) })
    }

    @Test("a run of another cell by the same name, or of no cell, counts for nothing")
    func strangers() {
        let all = finished(plan.order())
        #expect(plan.remaining(finished: all).isEmpty)
        let changed = all.merging(["c002-r1": ["9", "9"]]) { $1 }
        #expect(plan.remaining(finished: changed) == [SweepTrial(cell: 1, repetition: 1)])
        #expect(plan.remaining(finished: all.merging(["c099-r1": ["1", "1"]]) { $1 }).isEmpty)
    }
}
