import Measurement

/// What a task takes of its worker on average: time of a slot, and time of a core.
package struct TaskDemand: Codable, Sendable, Equatable {
    /// Wall time of a slot, from the start of the task to its end, in µs: claims and acks happen beside it.
    package var wallMicroseconds: Double
    /// CPU time, in µs, that of claims and acks included.
    package var cpuMicroseconds: Double
    /// How many slots would keep a core busy: 1 + I/O wait ÷ CPU.
    package var suggestedSlots: Double

    /// A demand of the given values.
    package init(wallMicroseconds: Double, cpuMicroseconds: Double, suggestedSlots: Double) {
        self.wallMicroseconds = wallMicroseconds
        self.cpuMicroseconds = cpuMicroseconds
        self.suggestedSlots = suggestedSlots
    }

    /// The demand of an average task of a mix, by what tasks of each kind cost the workers; `nil` when a kind of the mix
    /// was never run.
    ///
    /// Each kind counts as often as the mix has it and not as often as chance brought it, which with few tasks is another
    /// thing.
    ///
    /// - Parameters:
    ///   - io: what the tasks cost.
    ///   - latencies: how long they took.
    ///   - shares: the part of the tasks that are of each kind, by name.
    package init?(_ io: [IORow], _ latencies: [LatencyRow], shares: [String: Double]) {
        self.init(wallMicroseconds: 0, cpuMicroseconds: 0, suggestedSlots: 0)
        var wait = 0.0
        for (kind, share) in shares {
            guard let row = io.first(where: { $0.role == "worker" && $0.taskKind == kind }), row.tasks > 0,
                let service = latencies.first(where: { $0.latencyKind == .service && $0.taskKind == kind })
            else { return nil }
            let weight = share * 1e6 / Double(row.tasks)
            wallMicroseconds += service.summary.mean * share
            cpuMicroseconds += row.cpuSeconds * weight
            wait += row.ioWaitSeconds * weight
        }
        guard cpuMicroseconds > 0 else { return nil }
        suggestedSlots = 1 + wait / cpuMicroseconds
    }

    /// The tasks a second that a worker does with so many slots and cores: as many as its slots let through, or as its
    /// cores can compute, whichever is less. The asymptotic bounds of a closed system (P. J. Denning, J. P. Buzen, The
    /// Operational Analysis of Queueing Network Models, 1978); near the point where both are equal it does somewhat less.
    package func perSecond(slots: Int, cores: Int) -> Double {
        min(Double(slots) / wallMicroseconds, Double(cores) / cpuMicroseconds) * 1e6
    }

    /// The mean of several; `nil` of none.
    package static func mean(_ demands: [TaskDemand]) -> TaskDemand? {
        guard !demands.isEmpty else { return nil }
        func mean(_ value: KeyPath<TaskDemand, Double>) -> Double {
            demands.reduce(0) { $0 + $1[keyPath: value] } / Double(demands.count)
        }
        return TaskDemand(
            wallMicroseconds: mean(\.wallMicroseconds), cpuMicroseconds: mean(\.cpuMicroseconds),
            suggestedSlots: mean(\.suggestedSlots))
    }
}
