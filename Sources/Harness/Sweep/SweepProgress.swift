import Glibc
import Measurement
import Reporting

/// Shows how far a sweep is: one line that rewrites itself on a terminal, a plain line for each run elsewhere.
final class SweepProgress {
    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let total: Int
    private var left: Int
    private var ended = 0
    private let start = MonotonicClock.nanoseconds()
    private var isLineOpen = false

    /// Of `total` runs, `left` are still to be made.
    init(isQuiet: Bool, total: Int, left: Int) {
        self.isQuiet = isQuiet
        self.total = total
        self.left = left
        if left < total { say("\(total - left) of \(total) runs have ended before") }
    }

    /// A run begins.
    func begin(_ name: String, _ values: [(axis: String, value: String)]) {
        let line = SweepLine(
            name: name, rank: total - left + 1, total: total, secondsLeft: secondsLeft,
            parameters: values.map { "\($0.axis) \($0.value)" }
        ).text
        guard isTerminal, !isQuiet else { return say(line) }
        StandardError.write("\r\u{1B}[K\(line)")
        isLineOpen = true
    }

    /// It has ended.
    func end(_ row: CellRow) {
        left -= 1
        ended += 1
        if row.status == .failed { say("\(row.name) failed: \(row.reason)") }
    }

    /// Nothing follows.
    func close() {
        if isLineOpen { StandardError.write("\n") }
        isLineOpen = false
    }

    private func say(_ line: String) {
        guard !isQuiet else { return }
        close()
        StandardError.write(line + "\n")
    }

    /// The mean time of the runs so far, which met every cell about equally often, for each of those left.
    private var secondsLeft: Double? {
        guard ended > 0 else { return nil }
        return Double(MonotonicClock.nanoseconds() - start) / 1e9 / Double(ended) * Double(left)
    }
}
