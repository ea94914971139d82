import Glibc

/// How long an algorithm will take at a greater n, by the last two n that it was timed at.
package struct TimeForecast {
    /// Steeper than this power of n, growth is taken for exponential.
    private static let steepestPower = 3.0

    private var points: [(n: Double, time: Double)] = []

    /// A forecast that knows nothing yet.
    package init() {}

    /// Adds what was measured at an n above all before.
    package mutating func add(_ n: Int, _ time: Double) {
        points = points.suffix(1) + [(Double(n), max(time, 1))]
    }

    /// The last n up to `next` that should take no longer than `limit`; `next` while fewer than two n are known.
    package func lastIndex(upTo next: Int, within limit: Double) -> Int {
        guard points.count == 2 else { return next }
        let (before, last) = (points[0], points[1])
        let growth = log(last.time / before.time)
        guard growth > 0 else { return next }
        let power = growth / log(last.n / before.n)
        let room = log(limit / last.time)
        let reach =
            power > Self.steepestPower
            ? last.n + room / growth * (last.n - before.n) : last.n * exp(room / power)
        return Int(min(reach, Double(next)))
    }
}
