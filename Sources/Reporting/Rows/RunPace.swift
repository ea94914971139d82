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
    /// How well the generators did; `nil` when nothing was sent.
    package var generators: GeneratorSummary?

    /// A pace of the given values.
    package init(
        durationSeconds: Double, offeredPerSecond: Double?, sentPerSecond: Double?, ackedPerSecond: Double?,
        steadyFromSeconds: Double?, steadyToSeconds: Double?, backlogSlopePerSecond: Double?, verdict: LoadVerdict?,
        generators: GeneratorSummary? = nil
    ) {
        self.durationSeconds = durationSeconds
        self.offeredPerSecond = offeredPerSecond
        self.sentPerSecond = sentPerSecond
        self.ackedPerSecond = ackedPerSecond
        self.steadyFromSeconds = steadyFromSeconds
        self.steadyToSeconds = steadyToSeconds
        self.backlogSlopePerSecond = backlogSlopePerSecond
        self.verdict = verdict
        self.generators = generators
    }
}

/// How well a run's generators did, in short.
package struct GeneratorSummary: Sendable, Equatable {
    /// How many sent something.
    package var count: Int
    /// The greatest 99th percentile of how late they sent, in microseconds.
    package var lagP99: Double
    /// Of the time of a core, the most that one of them computed.
    package var cpuShare: Double?
    /// The worst of their verdicts; `nil` without a schedule.
    package var verdict: GeneratorVerdict?

    /// That of these rows; `nil` of none.
    package init?(_ rows: [GeneratorRow]) {
        guard let lagP99 = rows.map(\.lag.p99).max() else { return nil }
        count = rows.count
        self.lagP99 = lagP99
        cpuShare = rows.compactMap(\.cpuShare).max()
        let verdicts = Set(rows.compactMap(\.verdict))
        verdict = GeneratorVerdict.allCases.last { verdicts.contains($0) }
    }

    /// False when what was measured is the generators and not the queue.
    package var isUsable: Bool { verdict != .fellBehind }
}

extension GeneratorSummary: CSVPart {
    private init(count: Int, lagP99: Double) { (self.count, self.lagP99) = (count, lagP99) }

    package static var blank: GeneratorSummary { GeneratorSummary(count: 0, lagP99: 0) }
}

extension LoadVerdict: CSVValue {}
