import Measurement
import Redis

/// Measures the round trips of one thread with Redis, and what the thread does between them.
///
/// It belongs to the thread that made it.
final class ThreadMeter {
    private let account: ThreadAccount
    private var mark: ThreadSample
    private var lastEnd: ThreadSample
    private var traffic = RedisTraffic()

    /// A meter of the calling thread.
    init() throws(AccountingError) {
        account = try ThreadAccount()
        mark = account.sample()
        lastEnd = mark
    }

    /// When the round trip began, in nanoseconds of the monotonic clock.
    var began: UInt64 { mark.wall }

    /// A round trip begins.
    func begin(on source: any TrafficSource) {
        traffic = source.traffic
        mark = account.sample()
    }

    /// What the thread has done since the last round trip was measuring: it is nobody's cost.
    func skip() { lastEnd = account.sample() }

    /// It ended: what it took, with the thread's own computing since the last one added to both wall and CPU time (its
    /// pauses in between are nobody's).
    func end(on source: any TrafficSource) -> (now: UInt64, cost: ThreadSample, traffic: RedisTraffic) {
        let now = account.sample()
        let between = mark - lastEnd
        var cost = now - mark
        cost.wall += between.cpu + between.runDelay
        cost.cpu += between.cpu
        cost.runDelay += between.runDelay
        lastEnd = now
        return (now.wall, cost, source.traffic - traffic)
    }
}
