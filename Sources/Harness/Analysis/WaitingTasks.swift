import Measurement

/// How many tasks waited, four times a second: those that were due and had not begun. Exact, since the journals know each task.
struct WaitingTasks {
    private static let interval: UInt64 = 250_000_000

    private let timeline: RunTimeline
    private var due: [Int]
    private var sent: [Int]
    private var begun: [Int]

    /// None so far.
    init(_ timeline: RunTimeline) {
        self.timeline = timeline
        let looks = timeline.sent == 0 ? 0 : Int(timeline.duration * 1e9 / Double(Self.interval)) + 1
        due = Array(repeating: 0, count: looks)
        (sent, begun) = (due, due)
    }

    /// Adds a task that was sent.
    mutating func add(_ enqueue: EnqueueRecord) {
        if let look = firstLook(from: enqueue.intended) { due[look] += 1 }
        if let look = firstLook(from: enqueue.sent) { sent[look] += 1 }
    }

    /// Takes away a task that began: by its accepted attempt.
    mutating func add(_ attempt: AttemptRecord) {
        if let look = firstLook(from: attempt.started) { begun[look] += 1 }
    }

    /// The numbers while rates are measured, by seconds since the first sending.
    ///
    /// - Parameter isFromSending: counts tasks from when they were sent, and not from when they were due.
    func course(isFromSending: Bool) -> [TimedValue] {
        var waiting = 0
        return zip(isFromSending ? sent : due, begun).enumerated().compactMap { look, changes in
            waiting += changes.0 - changes.1
            let instant = timeline.firstSent + UInt64(look) * Self.interval
            return timeline.isMeasured(instant)
                ? TimedValue(time: timeline.seconds(at: instant), value: Double(waiting)) : nil
        }
    }

    private func firstLook(from instant: UInt64) -> Int? {
        let since = max(instant, timeline.firstSent) - timeline.firstSent
        let look = (since + Self.interval - 1) / Self.interval
        return look < UInt64(due.count) ? Int(look) : nil
    }
}
