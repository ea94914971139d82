import Glibc
import Measurement
import Reporting
import Workload

/// Shows how far a sweep is: a bar that rewrites itself on a terminal, a plain line for each run elsewhere.
final class SweepProgress {
    private let plan: SweepPlan
    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let endedBefore: Int
    private var ended = 0
    /// Runs that are known to come, the one under way among them.
    private var left: Int
    private var forecast: SweepForecast
    private let start = MonotonicClock.nanoseconds()
    private var runStart: UInt64 = 0
    private var isLineOpen = false

    /// That of a plan of which `pending` are known to come, and so many runs have ended before.
    init(_ plan: SweepPlan, isQuiet: Bool, pending: some Collection<SweepTrial>, endedBefore: Int) throws {
        self.plan = plan
        self.isQuiet = isQuiet
        self.endedBefore = endedBefore
        left = pending.count
        let planned = try (0..<plan.cellCount).map { cell in
            try plan.scenario(of: SweepTrial(cell: cell, repetition: 1)).plannedDuration.map { $0 / .seconds(1) }
        }
        var counts = [Int](repeating: 0, count: plan.cellCount)
        for trial in pending { counts[trial.cell] += 1 }
        forecast = SweepForecast(planned: planned, left: counts)
        if endedBefore > 0 { say("\(endedBefore) of \(endedBefore + left) runs have ended before") }
    }

    /// A run begins, after which those are known to come.
    func begin(_ trial: SweepTrial, pending: some Collection<SweepTrial>) {
        if left == 0 {
            forecast.add(trial.cell)
            for trial in pending { forecast.add(trial.cell) }
            left = pending.count + 1
        }
        runStart = MonotonicClock.nanoseconds()
        let gone = Double(runStart - start) / 1e9
        let secondsLeft = forecast.secondsLeft
        let line = SweepLine(
            name: plan.name(of: trial), rank: endedBefore + ended + 1, total: endedBefore + ended + left,
            isOpen: plan.stopRule != nil, share: secondsLeft.map { gone / max(gone + $0, .leastNonzeroMagnitude) },
            secondsLeft: secondsLeft,
            parameters: zip(plan.axisNames, plan.labels(of: trial.cell)).map { "\($0) \($1)" })
        guard isTerminal, !isQuiet else { return say(line.text) }
        StandardError.write("\r\u{1B}[K\(line.bar(width: Self.terminalWidth))")
        isLineOpen = true
    }

    /// It has ended.
    func end(_ trial: SweepTrial, _ row: CellRow) {
        left -= 1
        ended += 1
        forecast.end(trial.cell, seconds: Double(MonotonicClock.nanoseconds() - runStart) / 1e9)
        if row.status != .done { say("\(row.name) \(row.status == .failed ? "failed" : "is unusable"): \(row.reason)") }
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

    /// Columns of the terminal, less the last one, in which some begin a new line.
    private static var terminalWidth: Int {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return LiveLine.width }
        return Int(size.ws_col) - 1
    }
}
