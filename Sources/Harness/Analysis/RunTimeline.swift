package import Measurement
import Workload

/// When things happened in a run, in nanoseconds of the monotonic clock.
package struct RunTimeline {
    /// The first task's sending: second 0.
    private(set) var firstSent: UInt64 = .max
    private(set) var lastSent: UInt64 = 0
    private(set) var firstIntended: UInt64 = .max
    private(set) var lastIntended: UInt64 = 0
    private(set) var firstClaim: UInt64 = .max
    private(set) var lastAck: UInt64 = 0
    /// The stretch over which an open-loop run's rates hold: between warm-up and drain.
    package private(set) var steady: SteadyWindow?
    /// Acks by second, from the first intended sending on.
    private var acksBySecond: [Double] = []
    private var acksInSteady = 0
    private(set) var sent = 0
    private(set) var acks = 0
    private let loop: LoadLoop

    /// Reads every journal.
    ///
    /// - Parameter samples: the machine's state, in the order of time, from which the steady window is found.
    init(_ journals: RunJournals, loop: LoadLoop, samples: [RunSample] = []) {
        self.loop = loop
        for generator in journals.generators { generator.enqueues.forEach { _, record in note(record) } }
        for worker in journals.workers {
            worker.cycles.forEach { _, cycle in firstClaim = min(firstClaim, cycle.claimed) }
            worker.forEachAttempt { noteAck($0) }
        }
        guard loop != .backlog, sent > 0 else { return }
        steady = SteadyWindow(
            firstArrival: firstIntended, lastArrival: lastIntended, completions: acksBySecond, interval: 1_000_000_000,
            backlog: samples.map { ($0.time, Double($0.backlog)) })
        guard let steady else { return }
        for worker in journals.workers {
            worker.forEachAttempt { if $0.outcome == .acked, steady.contains($0.acked) { acksInSteady += 1 } }
        }
    }

    /// Seconds from the first sending to an instant; negative before it.
    func seconds(at instant: UInt64) -> Double {
        (Double(instant) - Double(firstSent)) / 1e9
    }

    /// From the first sending to the last ack, in seconds.
    package var duration: Double { sent == 0 ? 0 : max(0, seconds(at: max(lastAck, lastSent))) }

    /// Tasks that should have been sent a second, by the plan; `nil` without a schedule, and for a single task.
    package var offeredPerSecond: Double? {
        loop == .open ? Self.rate(sent - 1, lastIntended, firstIntended) : nil
    }

    /// Tasks sent a second.
    package var sentPerSecond: Double? { Self.rate(sent - 1, lastSent, firstSent) }

    /// Acks a second: over the steady window where there is one, else from the first claim to the last ack.
    package var ackedPerSecond: Double? {
        if let steady { return Double(acksInSteady) / steady.seconds }
        return Self.rate(acks, lastAck, firstClaim)
    }

    /// The part of the run in which an instant lies.
    func phase(at instant: UInt64) -> RunPhase {
        if let steady { return steady.phase(at: instant) }
        return instant < firstClaim ? .warmUp : .steady
    }

    /// Whether rates are measured at an instant: in the steady window, and from a backlog's first claim on.
    func isMeasured(_ instant: UInt64) -> Bool {
        loop == .backlog ? instant >= firstClaim : steady?.contains(instant) ?? false
    }

    private mutating func note(_ record: EnqueueRecord) {
        sent += 1
        firstSent = min(firstSent, record.sent)
        lastSent = max(lastSent, record.sent)
        firstIntended = min(firstIntended, record.intended)
        lastIntended = max(lastIntended, record.intended)
    }

    private mutating func noteAck(_ attempt: AttemptRecord) {
        guard attempt.outcome == .acked else { return }
        acks += 1
        lastAck = max(lastAck, attempt.acked)
        guard attempt.acked >= firstIntended else { return }
        let second = Int((attempt.acked - firstIntended) / 1_000_000_000)
        while acksBySecond.count <= second { acksBySecond.append(0) }
        acksBySecond[second] += 1
    }

    private static func rate(_ count: Int, _ to: UInt64, _ from: UInt64) -> Double? {
        guard count > 0, to > from else { return nil }
        return Double(count) / (Double(to - from) / 1e9)
    }
}
