/// Runs through the intended times of an arrival process, in nanoseconds from the start of the schedule.
///
/// Times never go back. They are computed, not added up, for a constant rate, so that it does not drift. Where the rate
/// changes, arrivals are as independent of each other as in a Poisson process: exponential gaps are laid out along the mean
/// number of arrivals, which is then turned into time.
struct ArrivalClock: Sendable {
    /// Times from here on are outside the schedule; 2⁶² ns (146 years) when its duration is not limited.
    private let horizon: Double
    private let process: ArrivalProcess
    private let profile: RateProfile?
    private let trace: ArrivalTrace?
    private var random: RandomSource
    private var index = 0.0
    private var elapsed = 0.0
    private var position = RateProfile.Position()

    /// The clock of a checked process.
    init(_ process: ArrivalProcess, duration: Duration?, trace: ArrivalTrace?, random: RandomSource) {
        self.process = process
        self.trace = trace
        self.random = random
        profile = process.profile
        horizon = min(0x1p62, duration.map { Double($0.nanosecondsRoundedDown) } ?? 0x1p62)
    }

    /// The next task's time; nil once the schedule's duration is over, or no more tasks come. Always 0 without a schedule.
    mutating func next() -> UInt64? {
        switch process {
        case .backlog, .closed:
            return 0
        case .trace:
            let entries = trace?.entries ?? []
            guard Int(index) < entries.count else { return nil }
            let offset = entries[Int(index)].offset
            index += 1
            return Double(offset) < horizon ? offset : nil
        case .constant(let rate):
            elapsed = index * 1e9 / rate
            index += 1
        case .poisson(let rate):
            elapsed += random.exponential() * (1e9 / rate)
        case .burst, .ramp, .steps:
            let gap = random.exponential()
            guard let profile, let seconds = position.advance(by: gap, in: profile) else { return nil }
            // What is computed stretch by stretch may be off in its last digit.
            elapsed = max(elapsed, seconds * 1e9)
        }
        let offset = elapsed.rounded()
        return offset < horizon ? UInt64(offset) : nil
    }
}
