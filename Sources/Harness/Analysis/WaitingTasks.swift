import Measurement

/// How many tasks waited, four times a second: those that were due and had not begun. Exact, since the journals know each task.
struct WaitingTasks {
    private static let interval: UInt64 = 250_000_000

    private let timeline: RunTimeline
    private let looks: Int
    /// Tasks of each generator that came to be due between a look and the one before.
    private var due: [[Int]] = []
    /// The same by when they were sent.
    private var sent: [[Int]] = []
    private var begun: [Int]

    /// None so far.
    init(_ timeline: RunTimeline) {
        self.timeline = timeline
        looks = timeline.sent == 0 ? 0 : Int(timeline.duration * 1e9 / Double(Self.interval)) + 1
        begun = Array(repeating: 0, count: looks)
    }

    /// Adds a task that a generator sent.
    mutating func add(_ enqueue: EnqueueRecord, of generator: Int) {
        while due.count <= generator {
            due.append(Array(repeating: 0, count: looks))
            sent.append(Array(repeating: 0, count: looks))
        }
        if let look = firstLook(from: enqueue.intended) { due[generator][look] += 1 }
        if let look = firstLook(from: enqueue.sent) { sent[generator][look] += 1 }
    }

    /// Takes away a task that began.
    mutating func begin(at instant: UInt64) {
        if let look = firstLook(from: instant) { begun[look] += 1 }
    }

    /// The numbers while rates are measured, by seconds since the first sending.
    ///
    /// - Parameter lateByThemselves: the generators whose tasks count from when they were sent, and not from when they were due.
    func course(lateByThemselves: Set<Int>) -> [TimedValue] {
        let came = due.indices.map { lateByThemselves.contains($0) ? sent[$0] : due[$0] }
        var waiting = 0
        return (0..<looks).compactMap { look in
            waiting += came.reduce(0) { $0 + $1[look] } - begun[look]
            let instant = timeline.firstSent + UInt64(look) * Self.interval
            return timeline.isMeasured(instant)
                ? TimedValue(time: timeline.seconds(at: instant), value: Double(waiting)) : nil
        }
    }

    /// The first look at or after an instant; `nil` when there is none.
    private func firstLook(from instant: UInt64) -> Int? {
        let since = max(instant, timeline.firstSent) - timeline.firstSent
        let look = (since + Self.interval - 1) / Self.interval
        return look < UInt64(looks) ? Int(look) : nil
    }
}
