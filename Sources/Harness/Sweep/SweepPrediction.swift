import Processes
package import Reporting
package import Workload

/// Predicts what each run of a sweep does from the runs of the same cell but for having one slot: what tasks take there of
/// a slot and of a core decides what any number of slots can do.
package struct SweepPrediction {
    /// By scenario, without slots and seed: what tasks take with one slot.
    private var demands: [Scenario: [TaskDemand]] = [:]
    private let processors: Int

    /// Learns from those of the runs that had one slot and did not fail.
    package init(_ runs: [(scenario: Scenario, row: CellRow)], processors: Int = Processors.online) {
        self.processors = processors
        for (scenario, row) in runs where scenario.slots == 1 && row.status == .done {
            if let demand = row.demand { demands[Self.withoutSlots(scenario), default: []].append(demand) }
        }
    }

    /// Tasks a second of a run of this scenario, with the kinds of tasks in the proportion in which they came; `nil` when
    /// no such run with one slot was measured.
    package func perSecond(_ scenario: Scenario, _ row: CellRow) -> Double? {
        guard let own = row.demand,
            let demand = TaskDemand.together(demands[Self.withoutSlots(scenario)] ?? [])?.mixed(like: own)
        else { return nil }
        let cores = min(processors, scenario.workers * min(scenario.cores ?? processors, processors))
        return demand.perSecond(slots: scenario.workers * scenario.slots, cores: cores)
    }

    private static func withoutSlots(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        (scenario.slots, scenario.seed) = (1, 0)
        return scenario
    }
}
