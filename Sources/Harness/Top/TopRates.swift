import Redis
import ReliableQueue

/// What happened a second between two readings, as far as the server's counts tell it. Pure.
///
/// `lease` and `stream` count the tasks that come, and those that are handed out. What was done nobody counts: it is what was
/// enqueued, less what the queue has grown by; or, in `lock`, where each task that ends is removed by a command of its own, what
/// the server ran of those. ``isEnqueuedEstimated`` and ``isDoneEstimated`` say where something is concluded from less.
package struct TopRates: Equatable, Sendable {
    /// Seconds between the readings.
    package var seconds: Double
    /// Tasks enqueued.
    package var enqueued: Double?
    /// Batches enqueued.
    package var batches: Double?
    /// Claims made.
    package var claims: Double?
    /// Tasks handed out, at each attempt.
    package var handedOut: Double?
    /// Tasks done.
    package var done: Double?
    /// True where ``enqueued`` is no count.
    package var isEnqueuedEstimated = true
    /// True where ``done`` follows from what is no count: what was enqueued, or what workers hold.
    package var isDoneEstimated = true
    /// By how much tasks that wait have become more, whatever they wait for.
    package var backlog: Double?
    /// By how much dead letters have become more.
    package var dead: Double?
    /// Attempts that ended, by the journals of a run.
    package var finished: Double?
    /// Commands of anybody but the live view, those in scripts with them.
    package var commands: Double?
    /// Processors' worth of time that the server took.
    package var processors: Double?

    /// The fields, for whoever treats all alike.
    static let fields: [any WritableKeyPath<Self, Double?> & Sendable] = [
        \.enqueued, \.batches, \.claims, \.handedOut, \.done, \.backlog, \.dead, \.finished, \.commands, \.processors,
    ]

    /// Without any.
    init(seconds: Double) { self.seconds = seconds }

    /// The rates between two readings; `nil` when the server was started anew in between, or no time went by.
    package init?(from earlier: TopReading, to later: TopReading) {
        guard later.time > earlier.time, earlier.info.runID == later.info.runID else { return nil }
        seconds = Double(later.time - earlier.time) / 1e9
        countWhatIsCounted(earlier, later)
        concludeRest(earlier, later)
    }

    private mutating func countWhatIsCounted(_ earlier: TopReading, _ later: TopReading) {
        let (before, after) = (earlier.sight, later.sight)
        batches = counted(before.counters.batches, after.counters.batches)
        claims = counted(before.counters.claims, after.counters.claims)
        handedOut = counted(before.counters.handedOut, after.counters.handedOut)
        enqueued = counted(before.counters.enqueued, after.counters.enqueued)
        isEnqueuedEstimated = enqueued == nil
        isDoneEstimated = isEnqueuedEstimated || before.isHeldEstimated || after.isHeldEstimated
        backlog = Double(after.depth.backlog - before.depth.backlog) / seconds
        dead = Double(after.depth.dead - before.depth.dead) / seconds
        finished = counted(earlier.run?.finished, later.run?.finished)
        let own = later.ownCommands - earlier.ownCommands
        commands = counted(
            earlier.info.integer("total_commands_processed"), later.info.integer("total_commands_processed") - own)
        processors = (later.info.cpuSeconds - earlier.info.cpuSeconds) / seconds
    }

    /// What was enqueued, and what was done: each follows from the other.
    private mutating func concludeRest(_ earlier: TopReading, _ later: TopReading) {
        if enqueued == nil, batches == 0 { enqueued = 0 }
        if enqueued == nil, later.sight.counters.batches == nil {
            if earlier.hasNoProducer, later.hasNoProducer {
                enqueued = 0
            } else if later.sight.isHeldExact {
                done = counted(earlier.info.commandUse["lrem"]?.calls, later.info.commandUse["lrem"]?.calls)
            }
        }
        let size = (claims ?? 0) > 0 ? handedOut.map { $0 / (claims ?? 1) } : nil
        let (before, after) = (earlier.sight.held(tasksPerClaim: size), later.sight.held(tasksPerClaim: size))
        guard let backlog, let dead, let before, let after else { return }
        let change = backlog + dead + (after - before) / seconds
        if let done {
            enqueued = max(0, done + change)
        } else {
            done = enqueued.map { max(0, $0 - change) }
        }
    }

    /// A count's growth a second; `nil` where nobody counts, or where it became less: the server has lost data.
    private func counted(_ before: Int?, _ after: Int?) -> Double? {
        guard let before, let after, after >= before else { return nil }
        return Double(after - before) / seconds
    }
}

extension QueueSight {
    /// How many tasks workers hold, as far as that is good enough to tell its change. A claim that ended while it was looked at
    /// counts as one of usual size; of more claims than are looked at nothing is told. In `pop`, where nobody knows, it is taken
    /// for always the same.
    fileprivate func held(tasksPerClaim: Double?) -> Double? {
        let missing = depth.claims - claims.count
        if isHeldExact || missing <= 0 { return Double(heldTasks ?? 0) }
        guard depth.claims <= QueueObserver.Limits.claims, let tasksPerClaim else { return nil }
        return Double(heldTasks ?? 0) + Double(missing) * tasksPerClaim
    }
}

extension TopReading {
    /// True when none is connected.
    fileprivate var hasNoProducer: Bool { clients.map { !$0.contains { $0.part == .producer } } ?? false }
}
