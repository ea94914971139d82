package import Measurement
package import Reporting

/// What a probe says of its rate, by the objective's figure, the backlog and the generator.
package struct KneeJudgement: Sendable, Equatable {
    /// The distribution of the objective's latency; `nil` when no task was done.
    package let latency: LatencySummary?
    /// The objective's figure, in microseconds; `nil` likewise.
    package let figure: Double?
    /// How late the generator was, 99th percentile, in microseconds; `nil` when nothing was sent.
    package let scheduleLagP99: Double?
    /// True when each task kind met the objective, the backlog did not grow, and everything was done in time.
    package let isMet: Bool
    /// For the search.
    package let finding: KneeSearch.Finding

    /// Judges a run.
    ///
    /// What overloads the queue counts as a miss also when the generator fell behind: even less than was asked for was too much.
    ///
    /// - Parameter leftInRedis: tasks that were not done when the run gave up waiting for them; `nil` when that is not known.
    package init(_ objective: KneeObjective, _ pace: RunPace, _ latencies: [LatencyRow], leftInRedis: Int?) {
        latency = objective.distribution(latencies)
        figure = latency.map(objective.figure.value)
        let generator = GeneratorPace(pace, limit: objective.limitMicroseconds)
        scheduleLagP99 = generator.lagP99
        let isOverloaded = pace.verdict == .overloaded || leftInRedis != 0
        isMet = !isOverloaded && figure.map { $0 < objective.limitMicroseconds } ?? false
        finding = isOverloaded ? .missed : !generator.keptUp ? .unusable : isMet ? .met : .missed
    }
}
