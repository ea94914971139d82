extension Scenario {
    /// How long the sending takes as planned, or the draining of a backlog at most; `nil` when only the machine's speed
    /// decides, or a trace.
    package var plannedDuration: Duration? {
        guard arrival != .backlog else { return duration }
        return [duration, tasks.flatMap(arrival.plannedDuration)].compactMap(\.self).min()
    }
}
