package import Measurement

/// How fast a run went.
package struct RunPace: Sendable, Equatable {
    /// From the first sending to the last ack, or to the last sending if that is later.
    package var durationSeconds: Double
    /// Rate that the schedule asked for, from the first task sent to the last; empty for a backlog.
    package var offeredPerSecond: Double?
    /// Rate of the sending, over all of it.
    package var sentPerSecond: Double?
    /// Throughput: acks in the steady window ÷ its length; without one, all acks ÷ time from first claim to last ack.
    package var ackedPerSecond: Double?
    /// Where the steady window begins, since the first sending; empty for a backlog and for a run too short for one.
    package var steadyFromSeconds: Double?
    /// Where the steady window ends, since the first sending; empty likewise.
    package var steadyToSeconds: Double?
    /// Growth of the backlog in the steady window, for a backlog from the first claim on, by least squares.
    package var backlogSlopePerSecond: Double?
    /// `steady`, `overloaded` or `draining`: the slope's 95 % interval against 1 % of the rate offered.
    package var verdict: LoadVerdict?

    /// A pace of the given values.
    package init(
        durationSeconds: Double, offeredPerSecond: Double?, sentPerSecond: Double?, ackedPerSecond: Double?,
        steadyFromSeconds: Double?, steadyToSeconds: Double?, backlogSlopePerSecond: Double?, verdict: LoadVerdict?
    ) {
        self.durationSeconds = durationSeconds
        self.offeredPerSecond = offeredPerSecond
        self.sentPerSecond = sentPerSecond
        self.ackedPerSecond = ackedPerSecond
        self.steadyFromSeconds = steadyFromSeconds
        self.steadyToSeconds = steadyToSeconds
        self.backlogSlopePerSecond = backlogSlopePerSecond
        self.verdict = verdict
    }
}

extension LoadVerdict: CSVValue {}
