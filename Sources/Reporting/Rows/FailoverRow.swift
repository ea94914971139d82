import Measurement

/// A row of `failover.csv`: what one kind of fault did to a set-up, over all of its runs.
package struct FailoverRow: CSVTable, Sendable, Equatable {
    package static let fileName = "failover.csv"
    package static let rowMeaning =
        "a cell × kind of fault, of a sweep whose servers are Sentinel's or a Cluster, or in which another server becomes the "
        + "queue's master"

    /// Of the last repetition.
    package var key: RunKey
    /// How the Redis servers stood together.
    package var topology: String
    /// The queue's protocol and durability, by their names.
    package var protocolName: String
    package var durability: String
    /// How many replicas a master had to hear from to take writes.
    package var minReplicas: Int?
    /// What was done.
    package var fault: String
    /// Runs with such a fault.
    package var repetitions: Int
    /// Such faults in all of them.
    package var faults: Int
    /// Acknowledged tasks that nobody saw afterwards; `nil` when Redis could not be asked in one of the runs.
    package var lost: Int?
    /// Second executions that followed.
    package var duplicated: Int
    /// Faults that lost a task; `nil` likewise.
    package var faultsWithLoss: Int?
    /// How long no task was acked: the median, and the longest; `nil` where that is known of none.
    package var stallMedianSeconds: Double?
    package var stallMaxSeconds: Double?
    /// Until a task in flight was claimed anew: the median; `nil` when none was.
    package var detectMedianSeconds: Double?
    /// Until the last of them was claimed anew, or acked: the median, and the longest; `nil` when there was none.
    package var recoverMedianSeconds: Double?
    package var recoverMaxSeconds: Double?
    /// How long the fault lasted: the median.
    package var lastedMedianSeconds: Double?
    /// The 99th percentile of the tasks' time from their intended start to their end, in microseconds: the median of the runs'.
    package var p99Microseconds: Double?

    /// A row of the given values.
    package init(
        key: RunKey, topology: String, protocolName: String, durability: String, minReplicas: Int?, fault: String,
        repetitions: Int, faults: Int, lost: Int?, duplicated: Int, faultsWithLoss: Int?, stallMedianSeconds: Double?,
        stallMaxSeconds: Double?, detectMedianSeconds: Double?, recoverMedianSeconds: Double?,
        recoverMaxSeconds: Double?, lastedMedianSeconds: Double?, p99Microseconds: Double?
    ) {
        self.key = key
        self.topology = topology
        self.protocolName = protocolName
        self.durability = durability
        self.minReplicas = minReplicas
        self.fault = fault
        self.repetitions = repetitions
        self.faults = faults
        self.lost = lost
        self.duplicated = duplicated
        self.faultsWithLoss = faultsWithLoss
        self.stallMedianSeconds = stallMedianSeconds
        self.stallMaxSeconds = stallMaxSeconds
        self.detectMedianSeconds = detectMedianSeconds
        self.recoverMedianSeconds = recoverMedianSeconds
        self.recoverMaxSeconds = recoverMaxSeconds
        self.lastedMedianSeconds = lastedMedianSeconds
        self.p99Microseconds = p99Microseconds
    }

    /// How often a fault may lose something, at most: with 95 % confidence.
    package var lossShareBound: Double? {
        faultsWithLoss.flatMap { BinomialBound.upper(cases: $0, trials: faults) }
    }

    package static let attributes: [CSVAttribute<FailoverRow>] = [
        CSVAttribute(
            "topology", .text, \.topology, "how the Redis servers stood together: `standalone`, `sentinel`, `cluster`"),
        CSVAttribute("protocol", .text, \.protocolName, "queue protocol"),
        CSVAttribute("durability", .text, \.durability, "what an acknowledged task survives"),
        CSVAttribute(
            "min_replicas", .count, \.minReplicas,
            "replicas that a master had to hear from to take writes (`min-replicas-to-write`)"),
        CSVAttribute("fault", .text, \.fault, "what was done, by its name in scenarios"),
        CSVAttribute("repetitions", .count, \.repetitions, "runs with such a fault"),
        CSVAttribute("faults", .count, \.faults, "such faults in all of them"),
        CSVAttribute(
            "lost", .tasks, \.lost,
            "acknowledged tasks that are nowhere, as in `faults.csv`; empty when Redis could not be asked in one of the runs, as is "
                + "`faults_with_loss`"),
        CSVAttribute(
            "duplicated", .tasks, \.duplicated, "executions beyond a task's first that followed, as in `faults.csv`"),
        CSVAttribute("faults_with_loss", .count, \.faultsWithLoss, "faults that lost a task or more"),
        CSVAttribute(
            "loss_share_bound_95", .share, derived: \.lossShareBound,
            "the greatest share of such faults that may lose something, with 95 % confidence: one-sided, exact (Clopper and Pearson)"
        ),
        CSVAttribute(
            "stall_p50_s", .seconds, \.stallMedianSeconds,
            "time without progress, `stall_s` of `faults.csv`: its median, of two in the middle the lower, as in all that follows"
        ),
        CSVAttribute("stall_max_s", .seconds, \.stallMaxSeconds, "the longest"),
        CSVAttribute("detect_p50_s", .seconds, \.detectMedianSeconds, "median of `detect_s` of `faults.csv`"),
        CSVAttribute("recover_p50_s", .seconds, \.recoverMedianSeconds, "median of `recover_s`"),
        CSVAttribute("recover_max_s", .seconds, \.recoverMaxSeconds, "the longest"),
        CSVAttribute("lasted_p50_s", .seconds, \.lastedMedianSeconds, "median of `lasted_s`"),
        CSVAttribute(
            "end_to_end_intended_p99_us", .microseconds, \.p99Microseconds,
            "99th percentile of end_to_end_intended, as in `cells.csv`: the median of the repetitions"),
    ]
}

extension FailoverRow {
    /// The rows of a sweep's runs, in the order given.
    package static func rows(of runs: [CellRow]) -> [FailoverRow] {
        var groups: [[String]: [CellRow]] = [:]
        var order: [[String]] = []
        for run in runs {
            for (fault, faults) in Dictionary(grouping: run.faults ?? [], by: \.fault).sorted(by: { $0.key < $1.key }) {
                let name = [run.key.cellID, fault]
                if groups[name] == nil { order.append(name) }
                var part = run
                part.faults = faults
                groups[name, default: []].append(part)
            }
        }
        return order.compactMap { groups[$0].flatMap(FailoverRow.init) }
    }

    /// The row of one cell's runs, each with its faults of one kind; `nil` when there are none.
    private init?(_ runs: [CellRow]) {
        let faults = runs.flatMap { $0.faults ?? [] }
        guard let last = runs.last, let first = faults.first else { return nil }
        let losses = faults.compactMap(\.lost)
        let isKnown = losses.count == faults.count
        self.init(
            key: last.key, topology: first.topology ?? "", protocolName: first.protocolName,
            durability: first.durability, minReplicas: first.minReplicas, fault: first.fault, repetitions: runs.count,
            faults: faults.count, lost: isKnown ? losses.reduce(0, +) : nil,
            duplicated: faults.reduce(0) { $0 + $1.duplicated },
            faultsWithLoss: isKnown ? losses.count { $0 > 0 } : nil,
            stallMedianSeconds: faults.compactMap(\.stallSeconds).lowerMedian,
            stallMaxSeconds: faults.compactMap(\.stallSeconds).max(),
            detectMedianSeconds: faults.compactMap(\.detectSeconds).lowerMedian,
            recoverMedianSeconds: faults.compactMap(\.recoverSeconds).lowerMedian,
            recoverMaxSeconds: faults.compactMap(\.recoverSeconds).max(),
            lastedMedianSeconds: faults.compactMap(\.lastedSeconds).lowerMedian,
            p99Microseconds: runs.compactMap { $0.latency?.p99 }.lowerMedian)
    }
}
