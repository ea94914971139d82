import Fibonacci
import Reporting
import Workload

extension CostAccount {
    /// The rows of `io.csv`.
    func rows(_ key: RunKey) -> [IORow] {
        rows(workers, role: "worker", key) + rows(generators, role: "generator", key)
    }

    private func rows(_ costs: [TaskKind: Cost], role: String, _ key: RunKey) -> [IORow] {
        costs.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, cost in
            IORow(
                key: key, taskKind: kind.name, role: role, tasks: cost.tasks, wallSeconds: cost.wall / 1e9,
                cpuSeconds: cost.cpu / 1e9, ioWaitSeconds: cost.ioWait / 1e9, otherWaitSeconds: cost.otherWait / 1e9,
                traffic: IOTraffic(
                    redisRoundTrips: cost.roundTrips.count, redisCommands: cost.commands.count,
                    redisBytesOut: cost.bytesOut.count, redisBytesIn: cost.bytesIn.count, grpcCalls: cost.grpcCalls,
                    grpcBytesOut: cost.grpcBytesOut, grpcBytesIn: cost.grpcBytesIn,
                    voluntarySwitches: cost.voluntary.count,
                    involuntarySwitches: cost.involuntary.count),
                apportionedTasks: cost.apportionedTasks)
        }
    }
}

extension Double {
    /// A sum of shares as the whole number nearest to it.
    fileprivate var count: UInt64 { UInt64(rounded()) }
}

extension ResultCheck {
    /// The rows of `accuracy.csv`: each n that each algorithm computed in the run, in order.
    func rows(_ key: RunKey) -> [AccuracyRow] {
        seen.sorted { ($0.key.kind.rawValue, $0.key.n) < ($1.key.kind.rawValue, $1.key.n) }.compactMap {
            subject, times in
            guard let algorithm = TaskExecutor.algorithm(of: subject.kind),
                // It was computed in the run, so it can be computed here.
                let seen = try? AccuracyObservation.observing(algorithm, at: subject.n)
            else { return nil }
            return AccuracyRow(key: key, seen, durationNanoseconds: times.nanoseconds / UInt64(times.count))
        }
    }
}

extension AccuracyRow {
    /// The row of one observation.
    init(key: RunKey, _ seen: AccuracyObservation, durationNanoseconds: UInt64?) {
        self.init(
            key: key, n: seen.n, algorithm: seen.algorithm, precisionBits: seen.precisionBits,
            exact: SHA256Text.shortened(integer: seen.exact), computed: SHA256Text.shortened(integer: seen.computed),
            absoluteError: seen.absoluteErrorText, relativeError: seen.relativeError, ulpError: seen.ulpError,
            correctDigits: seen.correctDigits, isExact: seen.isExact, durationNanoseconds: durationNanoseconds)
    }
}
