/// The part of a run that an instant belongs to.
package enum RunPhase: String, Sendable, CaseIterable {
    /// Caches, connections and queues fill.
    case warmUp = "warm_up"
    /// What is measured.
    case steady
    /// Nothing arrives any more; what is left is done.
    case drain
}

/// The stretch of a run over which rates are measured: after the warm-up, while tasks still arrive.
package struct SteadyWindow: Sendable, Equatable {
    /// Where it begins, in nanoseconds of the monotonic clock.
    package let from: UInt64
    /// Where it ends; the instant itself is not in it.
    package let to: UInt64

    /// How many values of the backlog say whether it has settled.
    package static let leastLook = 10

    /// A window of at least a nanosecond.
    package init(from: UInt64, to: UInt64) {
        precondition(from < to, "a window ends after it begins")
        self.from = from
        self.to = to
    }

    /// The window of an open-loop run whose tasks arrived from `firstArrival` up to `lastArrival`, and of which
    /// `completions` were acked in each `interval` (nanoseconds) since the first arrival.
    ///
    /// The warm-up is what the marginal standard error rule would cut (see ``warmUp(of:)``); where the backlog is not steady
    /// from there on but is in the second half, it is the first half. There is one look at the backlog besides the first, and
    /// of ``leastLook`` values or more: whoever looks often enough finds a steady stretch in any. `nil` when no whole interval is
    /// left.
    ///
    /// - Parameter backlog: how many tasks waited at a time in nanoseconds, in the order of time.
    package init?(
        firstArrival: UInt64, lastArrival: UInt64, completions: [Double], interval: UInt64,
        backlog: [(time: UInt64, tasks: Double)] = []
    ) {
        precondition(interval > 0, "an interval has a length")
        guard lastArrival >= firstArrival else { return nil }
        let whole = Int((lastArrival - firstArrival) / interval)
        let warmUp = Self.warmUp(of: completions.prefix(whole))
        let rate = completions.prefix(whole).reduce(0, +) / (Double(max(1, whole)) * Double(interval) / 1e9)
        func verdict(from intervals: Int, least: Int) -> LoadVerdict? {
            let start = firstArrival + UInt64(intervals) * interval
            let rest = backlog.filter { $0.time >= start && $0.time < lastArrival }
                .map { TimedValue(time: Double($0.time - firstArrival) / 1e9, value: $0.tasks) }
            // A backlog that fills and stays full is nothing but memory: here it is to be noticed.
            return rest.count >= least ? LoadVerdict.judge(backlog: rest, arrivalRate: rate, remembers: false) : nil
        }
        let isUnsettled = verdict(from: warmUp, least: 0).map { $0 != .steady } ?? false
        let settles = isUnsettled && verdict(from: whole / 2, least: Self.leastLook) == .steady
        let start = firstArrival + UInt64(settles ? max(warmUp, whole / 2) : warmUp) * interval
        guard lastArrival >= start + interval else { return nil }
        self.init(from: start, to: lastArrival)
    }

    /// How many values to leave out in front: the number, up to half of them, that gives the mean of the rest the least
    /// standard error. Cost O(n).
    ///
    /// White, An effective truncation heuristic for bias reduction in simulation output, Simulation 69 (1997).
    package static func warmUp(of values: some BidirectionalCollection<Double>) -> Int {
        let count = values.count
        var (best, bestError) = (0, Double.infinity)
        var (kept, mean, squares) = (0.0, 0.0, 0.0)
        for (index, value) in zip((0..<count).reversed(), values.reversed()) {
            kept += 1
            let delta = value - mean
            mean += delta / kept
            squares += delta * (value - mean)
            let error = squares / (kept * kept)
            if index <= count / 2, error <= bestError { (best, bestError) = (index, error) }
        }
        return best
    }

    /// Its length in seconds.
    package var seconds: Double { Double(to - from) / 1e9 }

    /// Whether an instant is in it.
    package func contains(_ instant: UInt64) -> Bool { instant >= from && instant < to }

    /// The phase of an instant.
    package func phase(at instant: UInt64) -> RunPhase {
        if instant < from { return .warmUp }
        return instant < to ? .steady : .drain
    }
}
