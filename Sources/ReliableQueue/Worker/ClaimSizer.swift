import Redis

/// Decides how many tasks to claim: as many as fill a short quantum, by what the worker has seen.
///
/// A value: it is told how long tasks took and asked for the next request. It begins with care: the first claim is of
/// one task, and each later one at most four times as large as the last, until the measured time fills the quantum. A
/// kind that it meets later, and that does not say how long it takes, counts as an average task until it was measured. A task's own word (`expect`) counts only until its kind was measured, so a wrong one corrects
/// itself with the first task.
package struct ClaimSizer {
    /// The weight of the newest claim in a running estimate.
    private static let newest = 0.3
    /// How much larger than the last claim the next may be.
    private static let growth = 4

    /// No claim is larger.
    package let limit: Int
    /// No lease is shorter.
    package let shortestLease: Duration
    /// How much work a claim should hold.
    package let quantum: Duration

    private var kinds: [KindEstimate] = []
    private var average: Double?
    private var lastSize = 0

    private struct KindEstimate {
        var name = ""
        var nanoseconds: Double?
        var sum: UInt64 = 0
        var count: UInt64 = 0
    }

    /// - Parameters:
    ///   - limit: no claim is larger.
    ///   - shortestLease: no lease is shorter.
    ///   - quantum: how much work a claim should hold.
    package init(limit: Int, shortestLease: Duration, quantum: Duration = .milliseconds(10)) {
        self.limit = limit
        self.shortestLease = shortestLease
        self.quantum = quantum
    }

    /// Notes that a task of this kind took this long.
    package mutating func taskTook(_ nanoseconds: UInt64, kind: Int, name: @autoclosure () -> String) {
        // Kinds are numbered as they are met, which need not be the order in which they first run.
        while kinds.count <= kind { kinds.append(KindEstimate()) }
        if kinds[kind].name.isEmpty { kinds[kind].name = name() }
        kinds[kind].sum += nanoseconds
        kinds[kind].count += 1
    }

    /// Takes what was noted since the last claim into the estimates.
    package mutating func claimEnded(size: Int) {
        lastSize = size
        var (sum, count) = (0.0, 0.0)
        for index in kinds.indices where kinds[index].count > 0 {
            sum += Double(kinds[index].sum)
            count += Double(kinds[index].count)
            kinds[index].nanoseconds = Self.blend(
                kinds[index].nanoseconds, Double(kinds[index].sum) / Double(kinds[index].count))
            (kinds[index].sum, kinds[index].count) = (0, 0)
        }
        if count > 0 { average = Self.blend(average, sum / count) }
    }

    /// How many tasks fill the quantum on average, as far as is known.
    package var tasksPerQuantum: Int {
        let size = average.map { Int(max(1, min(Double(limit), quantum.seconds * 1e9 / max($0, 1)))) } ?? limit
        return capped(size)
    }

    private func capped(_ size: Int) -> Int { max(1, min(size, lastSize * Self.growth)) }

    private var isMixed: Bool {
        guard kinds.count > 1 else { return false }
        let longest = kinds.reduce(0) { max($0, $1.nanoseconds ?? 0) }
        return longest * Double(limit) > quantum.seconds * 1e9
    }

    /// What to ask for next. Where tasks differ much in length the server counts them, so that they fill the quantum.
    package func request() -> ClaimRequest {
        var request = ClaimRequest(
            limit: isMixed ? capped(limit) : tasksPerQuantum, shortestLease: shortestLease, quantum: quantum,
            isMixed: isMixed)
        request.averageTask = .nanoseconds(Int64(average ?? 0))
        for kind in kinds {
            if let nanoseconds = kind.nanoseconds { request.kinds[kind.name] = .nanoseconds(Int64(nanoseconds)) }
        }
        return request
    }

    private static func blend(_ old: Double?, _ new: Double) -> Double {
        old.map { $0 * (1 - newest) + new * newest } ?? new
    }
}
