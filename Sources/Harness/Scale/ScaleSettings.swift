import Redis
package import ReliableQueue
import Workload

/// Everything that a study of scale is told.
package struct ScaleSettings: Sendable {
    /// How the queue uses Redis.
    package var queueProtocol = QueueProtocol.lease
    /// How many tasks a second go round in the paced trials, which are to saturate nothing.
    package var rate = 16_000
    /// How often each trial is made.
    package var repetitions = 5
    /// How long a trial goes round.
    package var length: Duration = .seconds(2)
    /// Tasks that wait, in all shards together.
    package var backlog = 32_768
    /// Only shapes of this many servers at most; `nil` for all.
    package var mostServers: Int?
    /// Only cells whose names begin with one of these; `nil` for all.
    package var prefixes: [String]?
    /// The study's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// For the manifest.
    package var commandLine: [String] = []

    /// The defaults.
    package init() {}

    /// The shapes of this study.
    package var shapes: [ScaleShape] {
        ScalePlan.shapes(rate: rate, queueProtocol).filter { shape in
            shape.servers <= mostServers ?? .max && prefixes?.contains { shape.cell.hasPrefix($0) } ?? true
        }
    }

    /// How queues of these shapes use Redis.
    var protocols: [String] { Set(shapes.map(\.queueProtocol.rawValue)).sorted() }

    /// Throws ``HarnessError/usage(_:)`` for what makes no sense.
    package func validate() throws(HarnessError) {
        func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(HarnessError) {
            guard range.contains(value) else {
                throw .usage("\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(value)")
            }
        }
        try check("--rate", rate, in: 100...1_000_000)
        try check("--repetitions", repetitions, in: 1...1_000)
        try check("--backlog", backlog, in: 1...10_000_000)
        if let mostServers { try check("--servers", mostServers, in: 1...4) }
        guard !shapes.isEmpty else { throw .usage("there is no such cell: say --only paced-1x1,limit, for example") }
        if let slow = shapes.first(where: { shape in shape.secondsBetweenTurns.map { $0 > length.seconds } ?? false }) {
            throw .usage("at that rate the workers of \(slow.cell) have no turn each in \(length.textWithUnit)")
        }
        guard length >= .milliseconds(100), length <= .seconds(600) else { throw .usage("--length is 100ms to 10m") }
    }
}
