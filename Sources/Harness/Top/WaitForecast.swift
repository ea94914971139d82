/// How long a task will wait that comes now. Pure.
struct WaitForecast {
    /// Seconds since something was taken.
    private var idle = 0.0

    /// Takes an interval into account.
    ///
    /// - Returns: seconds, by Little's law: what waits, divided by what is taken a second. Infinite once nothing was taken for as
    ///   long as rates are smoothed over: what is left of a smoothed rate then says when that was, and nothing of the wait. `nil`
    ///   when nothing waits, or nobody knows what is taken.
    mutating func note(waiting: Int, _ latest: TopRates, _ smoothed: TopRates) -> Double? {
        guard let now = latest.taken, let rate = smoothed.taken else {
            idle = 0
            return nil
        }
        idle = now > 0 ? 0 : idle + latest.seconds
        guard waiting > 0 else { return nil }
        return rate > 0 && idle < RateSmoother.seconds ? Double(waiting) / rate : .infinity
    }
}

extension TopRates {
    /// Tasks that waiting ends for: handed out, or else what came of it.
    fileprivate var taken: Double? { handedOut ?? finished ?? done }
}
