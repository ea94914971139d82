extension Scenario {
    /// How long the sending takes as planned, or the draining of a backlog at most; `nil` when only the machine's speed
    /// decides.
    package var plannedDuration: Duration? {
        switch arrival {
        case .backlog: duration
        case .constant(let rate), .poisson(let rate):
            [duration, tasks.map { .seconds(Double($0) / rate) }].compactMap(\.self).min()
        }
    }
}
