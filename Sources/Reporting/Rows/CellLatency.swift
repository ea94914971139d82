package import Measurement

/// The latencies of a run's tasks, in µs: each percentile of each latency, with several task kinds that of the kind where it is
/// greatest. Percentiles of different kinds are never averaged.
package struct CellLatency: Codable, Sendable, Equatable {
    /// By the names of the latency and the percentile.
    private var percentiles: [String: [String: Double]]

    /// The latencies that a run's rows tell; `nil` when no task was acked.
    package init?(_ rows: [LatencyRow]) {
        guard rows.contains(where: { $0.latencyKind == .endToEndIntended }) else { return nil }
        percentiles = [:]
        for row in rows {
            let values = LatencySummary.Percentile.allCases.map { ($0.rawValue, row.summary[$0]) }
            percentiles[row.latencyKind.rawValue, default: [:]].merge(values, uniquingKeysWith: max)
        }
    }

    /// A percentile of a latency; `nil` when it was not measured.
    package private(set) subscript(kind: LatencyKind, percentile: LatencySummary.Percentile) -> Double? {
        get { percentiles[kind.rawValue]?[percentile.rawValue] }
        set { percentiles[kind.rawValue, default: [:]][percentile.rawValue] = newValue }
    }

    /// The median from the intended start to the end.
    package var p50: Double? {
        get { self[.endToEndIntended, .p50] }
        set { self[.endToEndIntended, .p50] = newValue }
    }

    /// The 99th percentile from the intended start to the end.
    package var p99: Double? {
        get { self[.endToEndIntended, .p99] }
        set { self[.endToEndIntended, .p99] = newValue }
    }
}

extension CellLatency: CSVPart {
    private init() { percentiles = [:] }

    package static var blank: CellLatency { CellLatency() }
}
