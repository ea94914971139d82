/// One line that shows how far a run is, for a terminal to overwrite.
package struct LiveLine: Sendable, Equatable {
    /// The widest that a line may be.
    package static let width = 80

    /// Attempts that have ended so far: about as many as tasks are done.
    package var done: Int
    /// Tasks to do; `nil` when only time ends the run.
    package var total: Int?
    /// Attempts that ended a second, of late.
    package var rate: Double
    /// Tasks waiting.
    package var backlog: Int
    /// 99th percentile of the end-to-end latency of late, in microseconds; `nil` when none ended.
    package var p99Microseconds: Double?
    /// Seconds left, as far as can be told.
    package var secondsLeft: Double?

    /// A line of the given values.
    package init(
        done: Int, total: Int?, rate: Double, backlog: Int, p99Microseconds: Double?, secondsLeft: Double?
    ) {
        self.done = done
        self.total = total
        self.rate = rate
        self.backlog = backlog
        self.p99Microseconds = p99Microseconds
        self.secondsLeft = secondsLeft
    }

    /// The text, without a line break. A part that would go beyond ``width`` columns is left out.
    package var text: String {
        var parts = [progress, HumanNumber.rate(rate), "backlog " + HumanNumber.count(backlog)]
        if let p99Microseconds { parts.append("p99 " + HumanNumber.time(microseconds: p99Microseconds)) }
        if let secondsLeft { parts.append(HumanNumber.clock(seconds: secondsLeft) + " left") }
        return parts.dropFirst().reduce(parts[0]) { line, part in
            line.count + 3 + part.count <= Self.width ? line + " · " + part : line
        }
    }

    private var progress: String {
        guard let total, total > 0 else { return HumanNumber.count(done) }
        let share = Int(100 * Double(done) / Double(total))
        return "\(share) % · \(HumanNumber.count(done))/\(HumanNumber.count(total))"
    }
}
