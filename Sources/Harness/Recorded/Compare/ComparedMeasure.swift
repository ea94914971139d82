import Reporting

/// A figure that two set-ups are compared by.
enum ComparedMeasure: CaseIterable {
    case ackedPerSecond, latencyP50, latencyP99, redisCPU, workerCPU, commands

    /// Its name, as files have it.
    var name: String {
        switch self {
        case .ackedPerSecond: "acked_per_s"
        case .latencyP50: "end_to_end_intended_p50"
        case .latencyP99: "end_to_end_intended_p99"
        case .redisCPU: "Redis CPU a task"
        case .workerCPU: "worker CPU a task"
        case .commands: "Redis commands a task"
        }
    }

    /// What it is counted in.
    var unit: CSVUnit {
        switch self {
        case .ackedPerSecond: .perSecond
        case .latencyP50, .latencyP99: .microseconds
        case .redisCPU, .workerCPU: .microsecondsPerTask
        case .commands: .commandsPerTask
        }
    }

    /// True for a figure of which more is better.
    var isBetterHigher: Bool { self == .ackedPerSecond }

    /// Its value in a run; `nil` when that is not done, or has no such figure.
    func value(in run: CellRow) -> Double? {
        guard run.status == .done else { return nil }
        func number(_ column: String) -> Double? { run.summary[column].flatMap { Double($0) } }
        return switch self {
        case .ackedPerSecond: number("acked_per_s")
        case .latencyP50: run.latency?.p50
        case .latencyP99: run.latency?.p99
        case .redisCPU: number("redis_cpu_us_per_task")
        case .workerCPU:
            number("cpu_worker_s").flatMap { seconds in
                number("acked").flatMap { $0 > 0 ? seconds / $0 * 1e6 : nil }
            }
        case .commands: number("redis_commands_per_task")
        }
    }
}
