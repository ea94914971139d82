package import Measurement
package import Reporting
import Workload

/// What a set-up must do to sustain a rate, such as `p99 end_to_end_intended < 50ms`: a figure of a latency's distribution
/// below a limit, for the tasks of each kind.
package struct KneeObjective: Sendable, Equatable, CustomStringConvertible {
    /// A figure of a distribution.
    package enum Figure: String, CaseIterable, Sendable {
        /// Percentiles: that share of the tasks is at or below.
        case p50, p90, p95, p99
        /// The same for 999 of a thousand.
        case p99_9 = "p99.9"
        /// The same for 9,999 of ten thousand.
        case p99_99 = "p99.99"
        /// The greatest value.
        case max
        /// The arithmetic mean.
        case mean

        /// It, in microseconds.
        package func value(of summary: LatencySummary) -> Double {
            switch self {
            case .p50: summary.p50
            case .p90: summary.p90
            case .p95: summary.p95
            case .p99: summary.p99
            case .p99_9: summary.p99_9
            case .p99_99: summary.p99_99
            case .max: summary.max
            case .mean: summary.mean
            }
        }
    }

    /// Which figure.
    package let figure: Figure
    /// Of which latency.
    package let latency: LatencyKind
    /// What it must stay below.
    package let limit: Duration

    /// An objective of the given parts.
    package init(figure: Figure, latency: LatencyKind, limit: Duration) {
        (self.figure, self.latency, self.limit) = (figure, latency, limit)
    }

    /// Reads `p99 end_to_end_intended < 50ms`.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` with what may be said.
    package init(parsing text: String) throws(HarnessError) {
        let sides = text.split(separator: "<", omittingEmptySubsequences: false)
        let words = sides[0].split(whereSeparator: \.isWhitespace)
        guard sides.count == 2, words.count == 2 else { throw Self.complaint(text) }
        guard let figure = Figure(rawValue: String(words[0])), let latency = LatencyKind(rawValue: String(words[1]))
        else { throw Self.complaint(text) }
        guard let limit = try? Duration(parsing: String(sides[1])), limit > .zero else { throw Self.complaint(text) }
        self.init(figure: figure, latency: latency, limit: limit)
    }

    /// The limit in microseconds.
    package var limitMicroseconds: Double { limit / .microseconds(1) }

    /// The text that reads back as this objective.
    package var description: String { "\(figure.rawValue) \(latency.rawValue) < \(limit.textWithUnit)" }

    /// The distribution of the objective's latency: of several task kinds the greatest value of each figure; `nil` when no task
    /// was done.
    package func distribution(_ rows: [LatencyRow]) -> LatencySummary? {
        let kinds = rows.filter { $0.latencyKind == latency }.map(\.summary)
        guard var worst = kinds.first else { return nil }
        for other in kinds.dropFirst() {
            worst.count += other.count
            worst.min = Swift.min(worst.min, other.min)
            for value in [\LatencySummary.mean, \.stddev, \.p50, \.p90, \.p95, \.p99, \.p99_9, \.p99_99, \.max] {
                worst[keyPath: value] = Swift.max(worst[keyPath: value], other[keyPath: value])
            }
        }
        return worst
    }

    private static func complaint(_ text: String) -> HarnessError {
        .usage(
            "the objective '\(text)' is none: say FIGURE LATENCY < LIMIT, such as 'p99 end_to_end_intended < 50ms', with one of "
                + Figure.allCases.map(\.rawValue).joined(separator: " ") + ", and one of "
                + LatencyKind.allCases.map(\.rawValue).joined(separator: " "))
    }
}
