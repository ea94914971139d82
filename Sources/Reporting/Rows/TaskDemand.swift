import Measurement

/// What the tasks of a run took of their workers, by kind: time of a slot, and time of a core.
package struct TaskDemand: Codable, Sendable, Equatable {
    /// What a task of one kind takes.
    package struct OfKind: Codable, Sendable, Equatable {
        /// How many were run to their end.
        package var tasks: Double
        /// Wall time of a slot, in µs.
        package var wallMicroseconds: Double
        /// CPU time, that of claims and acks included, in µs.
        package var cpuMicroseconds: Double
        /// Time that it waited for others, in µs.
        package var waitMicroseconds: Double

        /// A demand of the given values.
        package init(
            tasks: Double, wallMicroseconds: Double, cpuMicroseconds: Double, waitMicroseconds: Double
        ) {
            self.tasks = tasks
            self.wallMicroseconds = wallMicroseconds
            self.cpuMicroseconds = cpuMicroseconds
            self.waitMicroseconds = waitMicroseconds
        }
    }

    /// By the kinds' names; at least one.
    package var kinds: [String: OfKind]

    /// The demand that is told by what tasks cost the workers, and how long they took; `nil` when none was run.
    ///
    /// - Parameter areClaimsBeside: true when claims and acks do not happen in the slots, so that a task occupies one
    ///   from its start to its end only.
    package init?(_ io: [IORow], _ latencies: [LatencyRow], areClaimsBeside: Bool) {
        kinds = [:]
        for row in io where row.role == "worker" && row.tasks > 0 {
            let service = latencies.first { $0.latencyKind == .service && $0.taskKind == row.taskKind }
            guard let service else { continue }
            let each = 1e6 / Double(row.tasks)
            kinds[row.taskKind] = OfKind(
                tasks: Double(row.tasks),
                wallMicroseconds: areClaimsBeside ? service.summary.mean : row.wallSeconds * each,
                cpuMicroseconds: row.cpuSeconds * each, waitMicroseconds: row.ioWaitSeconds * each)
        }
        if kinds.isEmpty { return nil }
    }

    private init(kinds: [String: OfKind]) { self.kinds = kinds }

    /// Wall time of a slot for an average task, in µs.
    package var wallMicroseconds: Double { mean(\.wallMicroseconds) }
    /// CPU time of an average task, in µs.
    package var cpuMicroseconds: Double { mean(\.cpuMicroseconds) }
    /// How many slots would keep a core busy: 1 + wait ÷ CPU; `nil` without any CPU time.
    package var suggestedSlots: Double? {
        cpuMicroseconds > 0 ? 1 + mean(\.waitMicroseconds) / cpuMicroseconds : nil
    }

    private func mean(_ value: KeyPath<OfKind, Double>) -> Double {
        let tasks = kinds.values.reduce(0) { $0 + $1.tasks }
        return kinds.values.reduce(0) { $0 + $1[keyPath: value] * $1.tasks } / tasks
    }

    /// The same tasks in the proportion of another run; `nil` when that had a kind that this one had not.
    package func mixed(like other: TaskDemand) -> TaskDemand? {
        var mixed: [String: OfKind] = [:]
        for (kind, count) in other.kinds {
            guard var demand = kinds[kind] else { return nil }
            demand.tasks = count.tasks
            mixed[kind] = demand
        }
        return TaskDemand(kinds: mixed)
    }

    /// That of several runs together; `nil` of none.
    package static func together(_ demands: [TaskDemand]) -> TaskDemand? {
        guard var sum = demands.first else { return nil }
        for demand in demands.dropFirst() {
            sum.kinds.merge(demand.kinds) { one, other in
                let tasks = one.tasks + other.tasks
                func mean(_ value: KeyPath<OfKind, Double>) -> Double {
                    (one[keyPath: value] * one.tasks + other[keyPath: value] * other.tasks) / tasks
                }
                return OfKind(
                    tasks: tasks, wallMicroseconds: mean(\.wallMicroseconds), cpuMicroseconds: mean(\.cpuMicroseconds),
                    waitMicroseconds: mean(\.waitMicroseconds))
            }
        }
        return sum
    }

    /// The tasks a second that so many slots on so many cores do: as many as the slots let through, or as the cores can
    /// compute, whichever is less. The asymptotic bounds of a closed system (P. J. Denning, J. P. Buzen, The Operational
    /// Analysis of Queueing Network Models, 1978); near the point where both are equal it is somewhat less.
    package func perSecond(slots: Int, cores: Int) -> Double {
        min(Double(slots) / wallMicroseconds, Double(cores) / cpuMicroseconds) * 1e6
    }
}
