extension LatencySummary {
    /// A percentile that a summary has, by the name of its column without the unit.
    package enum Percentile: String, CaseIterable, Codable, Sendable {
        case p50, p90, p95, p99, p99_9, p99_99
    }

    /// The value of a percentile in microseconds.
    package subscript(percentile: Percentile) -> Double {
        switch percentile {
        case .p50: p50
        case .p90: p90
        case .p95: p95
        case .p99: p99
        case .p99_9: p99_9
        case .p99_99: p99_99
        }
    }
}
