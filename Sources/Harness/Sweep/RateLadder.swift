import Measurement
import Reporting

/// The runs of one set-up by the rate at which tasks came, the lowest first.
struct RateLadder {
    /// The runs at a rate.
    private struct Rung {
        let perSecond: Double
        let runs: [CellRow]

        /// True when each was done, its backlog did not grow, and no task was given up.
        var isSustained: Bool {
            runs.allSatisfy { run in
                let verdict = run.summary["verdict"].flatMap(LoadVerdict.init)
                return run.status == .done && verdict.map { $0 != .overloaded } ?? false && run.summary["dead"] == "0"
            }
        }

        /// True when the queue was too slow in one, or could not be measured; a generator that fell behind says nothing.
        var isMissed: Bool { !isSustained && !runs.contains { $0.status == .unusable } }
    }

    private let sustained: Rung?
    private let missed: Rung?

    /// A ladder of these runs; `nil` without any.
    init?(_ runs: [(perSecond: Double, row: CellRow)]) {
        guard !runs.isEmpty else { return nil }
        let rungs = Dictionary(grouping: runs, by: \.perSecond)
            .map { Rung(perSecond: $0, runs: $1.map(\.row)) }
            .sorted { $0.perSecond < $1.perSecond }
        let climbed = rungs.prefix(while: \.isSustained)
        sustained = climbed.last
        missed = rungs.dropFirst(climbed.count).first.flatMap { $0.isMissed ? $0 : nil }
    }

    /// The runs at the highest rate that was sustained, as was each lower one; none where that was not even the lowest.
    var runs: [CellRow] { sustained?.runs ?? [] }

    /// That rate.
    var rate: SustainedRate {
        SustainedRate(
            perSecond: sustained?.perSecond ?? 0, missedPerSecond: missed?.perSecond,
            p99Microseconds: runs.compactMap { $0.latency?.p99 }.max())
    }
}
