/// Runs through the intended times of an arrival process, in nanoseconds from the start of the schedule.
///
/// Times never go back. They are computed, not added up, for a constant rate, so that it does not drift.
struct ArrivalClock: Sendable {
    /// Times from here on are outside the schedule; 2⁶² ns (146 years) when its duration is not limited.
    private let horizon: Double
    private let process: ArrivalProcess
    private var random: RandomSource
    private var index = 0.0
    private var elapsed = 0.0

    /// The clock of a checked process.
    init(_ process: ArrivalProcess, duration: Duration?, random: RandomSource) {
        self.process = process
        self.random = random
        horizon = min(0x1p62, duration.map { Double($0.nanosecondsRoundedDown) } ?? 0x1p62)
    }

    /// The next task's time; nil once the schedule's duration is over. A backlog's is always 0.
    mutating func next() -> UInt64? {
        switch process {
        case .backlog:
            return 0
        case .constant(let rate):
            elapsed = index * 1e9 / rate
            index += 1
        case .poisson(let rate):
            elapsed += random.exponential() * (1e9 / rate)
        }
        let offset = elapsed.rounded()
        return offset < horizon ? UInt64(offset) : nil
    }
}
