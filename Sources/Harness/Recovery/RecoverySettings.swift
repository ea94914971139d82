package import Redis
package import ReliableQueue

/// Everything that a study of recovery is told.
package struct RecoverySettings: Sendable {
    /// How the queue uses Redis: `lease` or `stream`.
    package var queueProtocol = QueueProtocol.lease
    /// What the private server promises about a write.
    package var durability = Durability.none
    /// How many tasks are orphaned.
    package var tasks = 1_000_000
    /// How many of them each claim holds.
    package var claim = 256
    /// How long each claim is its vanished worker's own.
    package var lease: Duration = .seconds(1)
    /// For how long workers claim and vanish before a monitor is there; zero is all at once.
    package var outage: Duration = .zero
    /// How many monitors there are then, for each trial.
    package var monitors = [1]
    /// How often a monitor looks.
    package var interval: Duration = .milliseconds(500)
    /// How often each trial is made.
    package var repetitions = 1
    /// The study's own folder; `nil` is `results/<run id>`.
    package var output: String?
    /// For the manifest.
    package var commandLine: [String] = []

    /// The defaults.
    package init() {}

    /// Throws ``HarnessError/usage(_:)`` for what makes no sense.
    package func validate() throws(HarnessError) {
        guard queueProtocol.isFenced else {
            throw .usage(
                "a study of recovery is of the protocols lease and stream: pop has none, and in \(QueueProtocol.lock) two"
                    + " monitors put the same task back twice, so that nobody can say when all were")
        }
        try Self.check("--tasks", tasks, in: 1...100_000_000)
        try Self.check("--claim", claim, in: 1...TaskBatch.largest)
        try Self.check("--repetitions", repetitions, in: 1...1_000)
        for count in monitors { try Self.check("--monitors", count, in: 0...64) }
        guard !monitors.isEmpty else { throw .usage("--monitors takes numbers, such as 0,1,2,8") }
        guard lease >= .milliseconds(10), interval >= .milliseconds(10), outage >= .zero else {
            throw .usage("--lease and --monitor-interval are 10ms or more, --outage 0s or more")
        }
    }

    private static func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(HarnessError) {
        guard range.contains(value) else {
            throw .usage("\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
    }
}
