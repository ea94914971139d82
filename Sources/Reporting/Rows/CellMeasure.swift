package import Measurement

/// A figure of a run of a sweep that is estimated over the repetitions of its cell.
package enum CellMeasure: Hashable, Sendable {
    /// The throughput.
    case ackedPerSecond
    /// A percentile of a latency.
    case latency(LatencyKind, LatencySummary.Percentile)

    /// Those that are columns of `cells.csv`.
    package static let ofCells: [CellMeasure] = [
        .ackedPerSecond, .latency(.endToEndIntended, .p50), .latency(.endToEndIntended, .p99),
    ]

    /// Those that every sweep estimates.
    package static let standard: [CellMeasure] =
        ofCells + [.latency(.endToEndIntended, .p99_9), .latency(.endToEndActual, .p99)]

    /// Its name, as a column without the unit.
    package var name: String {
        switch self {
        case .ackedPerSecond: "acked_per_s"
        case .latency(let kind, let percentile): "\(kind.rawValue)_\(percentile.rawValue)"
        }
    }

    /// What it is counted in.
    package var unit: CSVUnit {
        switch self {
        case .ackedPerSecond: .perSecond
        case .latency: .microseconds
        }
    }
}

extension CellRow {
    /// The figure of the run; `nil` when it failed, or has no such figure.
    package subscript(measure: CellMeasure) -> Double? {
        guard status == .done else { return nil }
        return switch measure {
        case .ackedPerSecond: summary["acked_per_s"].flatMap { Double($0) }
        case .latency(let kind, let percentile): latency?[kind, percentile]
        }
    }
}
