import Glibc
import Measurement
import Reporting

/// Shows how far a run is: one line that rewrites itself on a terminal, a plain line now and then elsewhere.
final class RunProgress {
    /// How many tasks the run will have, once that is known.
    var total: UInt64?
    /// Since when no task has finished, in nanoseconds of the monotonic clock.
    private(set) var stillSince: UInt64?

    /// When the sending ends, in nanoseconds of the monotonic clock, for a run that is limited by time alone.
    var end: UInt64?

    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let period: UInt64
    private var lastShown: UInt64 = 0
    private var lastFinished = 0
    private var shownFinished = 0
    private var isLineOpen = false

    init(isQuiet: Bool, total: UInt64?) {
        self.isQuiet = isQuiet
        self.total = total
        period = isTerminal ? 250_000_000 : 5_000_000_000
    }

    /// Shows the state, when it is time to.
    func show(_ tail: JournalTail, backlog: Int) {
        show(finished: tail.finished, backlog: backlog) { tail.takeP99() }
    }

    /// The same, by a number of tasks that have ended.
    ///
    /// - Parameter p99: the 99th percentile of their latencies since it was last asked, in µs; `nil` where that is not known.
    func show(finished: Int, backlog: Int, p99: () -> Double? = { nil }) {
        let now = MonotonicClock.nanoseconds()
        if stillSince == nil || finished != lastFinished { stillSince = now }
        lastFinished = finished
        if lastShown == 0 { lastShown = now }
        guard !isQuiet, now - lastShown >= period else { return }
        let rate = Double(finished - shownFinished) / (Double(now - lastShown) / 1e9)
        let line = LiveLine(
            done: finished, total: total.map { Int($0) }, rate: rate, backlog: backlog,
            p99Microseconds: p99(), secondsLeft: secondsLeft(finished, rate, now)
        ).text
        (lastShown, shownFinished) = (now, finished)
        StandardError.write(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
        isLineOpen = isTerminal
    }

    /// Makes room for a line of another kind.
    func interrupt() {
        if isLineOpen { StandardError.write("\n") }
        isLineOpen = false
    }

    private func secondsLeft(_ finished: Int, _ rate: Double, _ now: UInt64) -> Double? {
        if let total { return rate > 0 ? max(0, (Double(total) - Double(finished)) / rate) : nil }
        return end.map { Double($0 - min(now, $0)) / 1e9 }
    }
}

/// The one place that writes to standard error.
package enum StandardError {
    /// Writes `text` as it is. A closed standard error is nobody's to tell.
    package static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
