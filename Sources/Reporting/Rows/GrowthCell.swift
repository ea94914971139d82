import Measurement

/// The trials of one size of a law, and the medians of their figures.
package struct GrowthCell: Sendable, Equatable {
    /// A figure that may grow.
    package enum Figure: String, CaseIterable, Sendable {
        /// CPU time of Redis.
        case redis = "redis_us_per_task"
        /// CPU time of the workers.
        case worker = "worker_us_per_task"
        /// Time.
        case wall = "wall_us_per_task"
        /// Memory of Redis.
        case memory = "redis_memory_bytes_per_task"

        /// Its value in a trial.
        func value(in row: GrowthTrialRow) -> Double {
            switch self {
            case .redis: row.redisMicrosecondsPerTask
            case .worker: row.workerMicrosecondsPerTask
            case .wall: row.wallMicrosecondsPerTask
            case .memory: row.redisMemoryBytesPerTask
            }
        }
    }

    /// What is varied.
    package let law: String
    /// What the server promises.
    package let durability: String
    /// The size.
    package let size: Int
    /// The trials, at least one.
    package let trials: [GrowthTrialRow]

    /// The median of a figure.
    package func median(_ figure: Figure) -> Double { trials.map(figure.value).median ?? .nan }

    /// The cells of each law and durability, in the order in which those come first, by size.
    package static func groups(of rows: [GrowthTrialRow]) -> [[GrowthCell]] {
        var groups: [[GrowthTrialRow]] = []
        for row in rows {
            if let group = groups.firstIndex(where: { $0[0].law == row.law && $0[0].durability == row.durability }) {
                groups[group].append(row)
            } else {
                groups.append([row])
            }
        }
        return groups.map { group in
            Set(group.map(\.size)).sorted().map { size in
                GrowthCell(
                    law: group[0].law, durability: group[0].durability, size: size,
                    trials: group.filter { $0.size == size })
            }
        }
    }
}
