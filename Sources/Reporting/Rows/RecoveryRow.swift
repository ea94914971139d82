package import Measurement

/// A row of `recovery.csv`: how monitors caught up with tasks that nobody had watched.
package struct RecoveryRow: CSVTable, Sendable, Equatable {
    package static let fileName = "recovery.csv"
    package static let rowMeaning =
        "a trial of `fibq recovery`: tasks in claims whose leases have run out, and then monitors"

    package var key: RunKey
    package var protocolName: String
    package var durability: String
    package var monitors: Int
    package var intervalSeconds: Double
    package var tasks: Int
    package var claims: Int
    package var leaseSeconds: Double
    package var outageSeconds: Double
    /// `nil` when some were never put back.
    package var caughtUpSeconds: Double?
    package var recovered: Int
    /// `nil` when no call was long enough to be noted.
    package var longestCallMicroseconds: Double?
    package var callsOverOneMillisecond: Int
    package var waitDuring: LatencySummary?
    package var waitAfter: LatencySummary?
    package var drainedSeconds: Double?
    package var acked: Int
    package var doubled: Int
    package var redisMemoryBytes: UInt64

    /// A row of the given values.
    package init(
        key: RunKey, protocolName: String, durability: String, monitors: Int, intervalSeconds: Double, tasks: Int,
        claims: Int, leaseSeconds: Double, outageSeconds: Double, caughtUpSeconds: Double?, recovered: Int,
        longestCallMicroseconds: Double?, callsOverOneMillisecond: Int, waitDuring: LatencySummary?,
        waitAfter: LatencySummary?, drainedSeconds: Double?, acked: Int, doubled: Int, redisMemoryBytes: UInt64
    ) {
        self.key = key
        self.protocolName = protocolName
        self.durability = durability
        self.monitors = monitors
        self.intervalSeconds = intervalSeconds
        self.tasks = tasks
        self.claims = claims
        self.leaseSeconds = leaseSeconds
        self.outageSeconds = outageSeconds
        self.caughtUpSeconds = caughtUpSeconds
        self.recovered = recovered
        self.longestCallMicroseconds = longestCallMicroseconds
        self.callsOverOneMillisecond = callsOverOneMillisecond
        self.waitDuring = waitDuring
        self.waitAfter = waitAfter
        self.drainedSeconds = drainedSeconds
        self.acked = acked
        self.doubled = doubled
        self.redisMemoryBytes = redisMemoryBytes
    }

    package static let attributes: [CSVAttribute<RecoveryRow>] = [
        CSVAttribute("protocol", .text, \.protocolName, "queue protocol"),
        CSVAttribute("durability", .text, \.durability, "what the server promises about a write"),
        CSVAttribute("monitors", .count, \.monitors, "monitors that start at once"),
        CSVAttribute(
            "monitor_interval_s", .seconds, \.intervalSeconds, "how often each looks while it has nothing to do"),
        CSVAttribute("tasks", .tasks, \.tasks, "tasks whose workers are gone"),
        CSVAttribute("claims", .count, \.claims, "claims that hold them"),
        CSVAttribute("lease_s", .seconds, \.leaseSeconds, "length of each claim's lease"),
        CSVAttribute(
            "outage_s", .seconds, \.outageSeconds, "time over which the claims were made, evenly; 0 is at once"),
        CSVAttribute(
            "caught_up_s", .seconds, \.caughtUpSeconds,
            "from the start of the monitors until every task was put back; empty when nothing was put back for 5 s"),
        CSVAttribute("recovered", .tasks, \.recovered, "tasks that were put back"),
        CSVAttribute(
            "longest_call_us", .microseconds, \.longestCallMicroseconds,
            "the longest single call of anybody that Redis carried out meanwhile, by its own slow log; empty below 500 µs"
        ),
        CSVAttribute("calls_over_1_ms", .count, \.callsOverOneMillisecond, "calls that took it 1 ms or more"),
        CSVAttribute(
            "wait_p50_us", .microseconds, \.waitDuring, \.p50,
            "how long a worker that only claims and acks waited for an answer until then"),
        CSVAttribute("wait_p99_us", .microseconds, \.waitDuring, \.p99, "99th percentile of it"),
        CSVAttribute("wait_max_us", .microseconds, \.waitDuring, \.max, "greatest of it"),
        CSVAttribute("wait_after_p50_us", .microseconds, \.waitAfter, \.p50, "the same once all was put back"),
        CSVAttribute("wait_after_p99_us", .microseconds, \.waitAfter, \.p99, "99th percentile of it"),
        CSVAttribute("wait_after_max_us", .microseconds, \.waitAfter, \.max, "greatest of it"),
        CSVAttribute(
            "drained_s", .seconds, \.drainedSeconds, "from the start of the monitors until that worker had acked all"),
        CSVAttribute(
            "acked", .tasks, \.acked, "tasks that it acked; the others are lost unless they were never put back"),
        CSVAttribute("acked_twice", .count, \.doubled, "acks of a task beyond its first"),
        CSVAttribute(
            "redis_memory_bytes", .bytes, \.redisMemoryBytes, "memory that Redis used at the start (`used_memory`)"),
    ]
}
