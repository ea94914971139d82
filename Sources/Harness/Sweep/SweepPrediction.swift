import Processes
import Reporting
import Workload

/// Predicts what each cell of a sweep does from the cell that is the same but for having one slot: what a task takes
/// there of a slot and of a core decides what any number of slots can do.
struct SweepPrediction {
    /// By scenario, without slots and seed: what a task takes with one slot.
    private var demands: [Scenario: [TaskDemand]] = [:]

    /// Learns from those of the runs that had one slot.
    init(_ runs: [(scenario: Scenario, row: CellRow)]) {
        for (scenario, row) in runs where scenario.slots == 1 {
            if let demand = row.demand { demands[Self.withoutSlots(scenario), default: []].append(demand) }
        }
    }

    /// Tasks a second of a run of this scenario; `nil` when none with one slot was measured.
    func perSecond(_ scenario: Scenario) -> Double? {
        guard let demand = TaskDemand.mean(demands[Self.withoutSlots(scenario)] ?? []) else { return nil }
        let cores = min(scenario.cores ?? Processors.online, Processors.online)
        // Several workers share what cores there are.
        let coresOfEach = max(1, min(cores, Processors.online / scenario.workers))
        return Double(scenario.workers) * demand.perSecond(slots: scenario.slots, cores: coresOfEach)
    }

    private static func withoutSlots(_ scenario: Scenario) -> Scenario {
        var scenario = scenario
        (scenario.slots, scenario.seed) = (1, 0)
        return scenario
    }
}

extension TaskMix {
    /// The part of the tasks that are of each kind, by the kind's name.
    var shares: [String: Double] {
        let total = entries.reduce(0) { $0 + $1.weight }
        return entries.reduce(into: [:]) { shares, entry in
            shares[entry.kind.name, default: 0] += entry.weight / total
        }
    }
}
