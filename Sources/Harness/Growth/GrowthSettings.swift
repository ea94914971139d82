package import ReliableQueue
import Redis

/// Everything that a study of growth is told.
package struct GrowthSettings: Sendable {
    /// How the queue uses Redis.
    package var queueProtocol = QueueProtocol.lease
    /// What is varied, one after the other.
    package var laws = GrowthLaw.allCases
    /// The sizes of the one law that is studied; `nil` for the usual ones.
    package var sizes: [Int]?
    /// Sizes above it are left out; `nil` for none.
    package var largest: Int?
    /// How often each trial is made.
    package var repetitions = 3
    /// Tasks that go round in a trial.
    package var tasks = 200_000
    /// Tasks that wait, where that is not what is varied.
    package var backlog = 100_000
    /// Workers, where that is not what is varied.
    package var workers = 1
    /// The most tasks of a claim, where that is not what is varied.
    package var claim = 256
    /// No trial goes round for longer.
    package var limit: Duration = .seconds(20)
    /// Tasks that are drained to see what measuring costs.
    package var drain = 2_000_000
    /// The study's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// For the manifest.
    package var commandLine: [String] = []

    /// The defaults.
    package init() {}

    /// The sizes of a law in this study.
    package func sizes(of law: GrowthLaw) -> [Int] {
        (sizes ?? law.usualSizes).filter { $0 <= largest ?? .max }
    }

    /// Throws ``HarnessError/usage(_:)`` for what makes no sense.
    package func validate() throws(HarnessError) {
        guard !laws.isEmpty, Set(laws).count == laws.count else {
            throw .usage("--law takes each of \(GrowthLaw.allCases.map(\.rawValue).joined(separator: ", ")) once")
        }
        guard sizes == nil || laws.count == 1 && laws[0].possibleSizes != nil else {
            throw .usage("--sizes are those of one law that has sizes: name it with --law")
        }
        if laws.contains(.inFlight), queueProtocol == .pop {
            throw .usage("in pop no task is in flight as far as Redis knows: say --law, and leave out in-flight")
        }
        for law in laws { try validateSizes(of: law) }
        try Self.check("--repetitions", repetitions, in: 1...1_000)
        try Self.check("--tasks", tasks, in: 1...100_000_000)
        try Self.check("--backlog", backlog, in: 1...100_000_000)
        try Self.check("--workers", workers, in: 1...1_024)
        try Self.check("--claim", claim, in: 1...TaskBatch.largest)
        try Self.check("--drain", drain, in: 1...100_000_000)
        guard limit >= .milliseconds(10) else { throw .usage("--limit is 10ms or more") }
    }

    private func validateSizes(of law: GrowthLaw) throws(HarnessError) {
        guard let possible = law.possibleSizes else { return }
        let sizes = sizes(of: law)
        guard let least = sizes.min() else {
            throw .usage("no size of the law \(law.rawValue) is left: say a higher --largest, or other --sizes")
        }
        guard Set(sizes).count == sizes.count else { throw .usage("--sizes names a size twice") }
        try Self.check("the law \(law.rawValue)", least, in: possible)
        try Self.check("the law \(law.rawValue)", sizes.max() ?? least, in: possible)
    }

    private static func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(HarnessError) {
        guard range.contains(value) else {
            throw .usage("\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
    }
}
