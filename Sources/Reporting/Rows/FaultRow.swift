/// A row of `faults.csv`: a fault that was injected into a run.
package struct FaultRow: CSVTable, Codable, Sendable, Equatable {
    package static let fileName = "faults.csv"
    package static let rowMeaning =
        "an injected fault; runs without faults have no such file, and a sweep of runs with some has one of all"

    package var key: RunKey
    /// The queue's protocol and durability, by their names.
    package var protocolName: String
    package var durability: String
    /// What was done.
    package var fault: String
    /// Where in its course the process was; empty for any moment.
    package var boundary: String
    /// Which process, or the server.
    package var target: String
    /// When, from the run's first sending.
    package var atSeconds: Double
    /// Tasks that the target held.
    package var inFlight: Int
    /// Acknowledged tasks that nobody saw after it; `nil` when Redis could not be asked.
    package var lost: Int?
    /// Second executions that followed it.
    package var duplicated: Int
    /// Until one of the tasks in flight was claimed again; `nil` when none was.
    package var detectSeconds: Double?
    /// Until the last of them was claimed again, or acked after all.
    package var recoverSeconds: Double?
    /// How long it lasted, or the server was away; `nil` when another process took the target's place.
    package var lastedSeconds: Double?
    /// Bytes of its files that the server lost.
    package var lostBytes: Int?
    /// How the Redis servers stood together; `nil` when that is not known.
    package var topology: String?
    /// How many replicas a master had to hear from to take writes; `nil` when that is not known.
    package var minReplicas: Int?
    /// The longest time without an ack, from the fault on; `nil` when none came after it.
    package var stallSeconds: Double?

    /// A row of the given values.
    package init(
        key: RunKey, protocolName: String, durability: String, fault: String, boundary: String, target: String,
        atSeconds: Double, inFlight: Int, lost: Int?, duplicated: Int, detectSeconds: Double?, recoverSeconds: Double?,
        lastedSeconds: Double?, lostBytes: Int?, topology: String?, minReplicas: Int?, stallSeconds: Double?
    ) {
        self.key = key
        self.protocolName = protocolName
        self.durability = durability
        self.fault = fault
        self.boundary = boundary
        self.target = target
        self.atSeconds = atSeconds
        self.inFlight = inFlight
        self.lost = lost
        self.duplicated = duplicated
        self.detectSeconds = detectSeconds
        self.recoverSeconds = recoverSeconds
        self.lastedSeconds = lastedSeconds
        self.lostBytes = lostBytes
        self.topology = topology
        self.minReplicas = minReplicas
        self.stallSeconds = stallSeconds
    }

    package static let attributes: [CSVAttribute<FaultRow>] = [
        CSVAttribute("protocol", .text, \.protocolName, "queue protocol"),
        CSVAttribute("durability", .text, \.durability, "what an acknowledged task survives"),
        CSVAttribute("fault", .text, \.fault, "what was done, by its name in scenarios"),
        CSVAttribute(
            "boundary", .text, \.boundary,
            "where in its course the process was: `task`, `effect` (not acked yet), or a command and `before` it was sent, "
                + "`sent`, or `after` its reply; empty for any moment"),
        CSVAttribute("target", .text, \.target, "the process that was hit, or `redis`"),
        CSVAttribute("at_s", .seconds, \.atSeconds, "when, from the run's first sending"),
        CSVAttribute(
            "in_flight", .tasks, \.inFlight,
            "tasks that the target held: claimed and not acked, or claimed without a record of it, as far as a later attempt shows; "
                + "all workers' for `redis`"
        ),
        CSVAttribute(
            "lost", .tasks, \.lost,
            "acknowledged tasks that are nowhere, and whose last trace is before this fault and after the one before it; "
                + "empty when Redis could not be asked"
        ),
        CSVAttribute(
            "duplicated", .tasks, \.duplicated,
            "executions beyond a task's first that were claimed after this fault and before the next"),
        CSVAttribute(
            "detect_s", .seconds, \.detectSeconds,
            "from the fault until the first of the tasks in flight was claimed anew; empty when none was"),
        CSVAttribute(
            "recover_s", .seconds, \.recoverSeconds,
            "until the last of them was claimed anew, or acked after all; empty when there was none"),
        CSVAttribute(
            "lasted_s", .seconds, \.lastedSeconds,
            "how long the fault lasted, or the server was away; empty when another process took the target's place"),
        CSVAttribute(
            "lost_bytes", .bytes, \.lostBytes,
            "bytes of its files that the server lost, of a group its master; empty where none could be"),
        CSVAttribute(
            "topology", .text, \.topology, "how the Redis servers stood together: `standalone`, `sentinel`, `cluster`"
        ).newer,
        CSVAttribute(
            "min_replicas", .count, \.minReplicas,
            "replicas that a master had to hear from to take writes (`min-replicas-to-write`)"
        ).newer,
        CSVAttribute(
            "stall_s", .seconds, \.stallSeconds,
            "time without progress: the longest without an ack of any task, from the fault until the first ack after it was over and "
                + "its tasks in flight had recovered; empty when none came"
        ).newer,
    ]
}
