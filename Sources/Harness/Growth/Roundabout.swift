import Measurement
import Redis
import ReliableQueue
import Synchronization

/// Where the workers of a trial meet: they start together once all are warm, and end once enough tasks went round.
final class Roundabout: Sendable {
    /// What the workers did from start to end, together.
    struct Sum {
        /// Tasks that were claimed, run, acked, and replaced by as many new ones.
        var tasks = 0
        /// Claims that held them.
        var claims = 0
        /// CPU time of their threads, in nanoseconds.
        var cpu: UInt64 = 0
        /// Their traffic with Redis.
        var traffic = RedisTraffic()
        /// When the first began and the last ended.
        var began = UInt64.max
        var ended: UInt64 = 0
    }

    private struct State {
        var ready = 0
        var done = 0
        var sum = Sum()
    }

    /// Lets them start.
    let start = StopSignal()
    /// Given once whoever waits for the workers has read what servers used.
    private let readings = StopSignal()
    private let stop: StopSignal
    private let wanted: Int
    private let limit: UInt64
    private let deadline = Atomic(UInt64.max)
    private let claimed = Atomic(0)
    private let isGivenUp = Atomic(false)
    private let failure = FirstFailure()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - tasks: how many are to go round.
    ///   - limit: no longer than that.
    ///   - stop: ends it early.
    init(tasks: Int, limit: Duration, stop: StopSignal) {
        wanted = tasks
        self.limit = UInt64(limit.seconds * 1e9)
        self.stop = stop
    }

    /// How many workers wait for the start, and how many have ended.
    var ready: Int { state.withLock { $0.ready } }
    var done: Int { state.withLock { $0.done } }
    /// What they did.
    var sum: Sum { state.withLock { $0.sum } }
    /// Why one of them could not go on.
    var problem: HarnessError? { failure.first }

    /// True when everything is to end at once.
    var isOver: Bool { stop.isSet || isGivenUp.load(ordering: .relaxed) }

    /// Ends it: one of the workers could not go on, or whoever waits for them.
    func giveUp(_ error: (any Error)?) {
        if let error { failure.note(error) }
        isGivenUp.store(true, ordering: .relaxed)
        start.set()
        readings.set()
    }

    /// Waits until whoever waits for the workers has read what servers used, and gives it up.
    func awaitReadings() {
        while !readings.wait(upTo: .seconds(1)) {}
    }

    /// Waits for the workers to come so far; false when it was told to stop.
    func wait(until isReached: () -> Bool) throws -> Bool {
        while !isReached() {
            if let problem { throw problem }
            if stop.wait(upTo: .milliseconds(2)) { return false }
        }
        return true
    }

    /// A worker is warm: waits for the others. False when it is all over.
    func awaitStart() -> Bool {
        state.withLock { $0.ready += 1 }
        while !start.wait(upTo: .milliseconds(50)) { if isOver { return false } }
        return !isOver
    }

    /// Lets the workers start.
    func begin() {
        deadline.store(MonotonicClock.nanoseconds() &+ limit, ordering: .relaxed)
        start.set()
    }

    /// True while a worker is to claim more.
    var isGoingOn: Bool {
        claimed.load(ordering: .relaxed) < wanted && !isOver
            && MonotonicClock.nanoseconds() < deadline.load(ordering: .relaxed)
    }

    /// A worker has claimed some.
    func noteClaim(_ tasks: Int) { claimed.add(tasks, ordering: .relaxed) }

    /// A worker has ended, but for its farewell.
    func noteEnd(
        tasks: Int, claims: Int, _ used: ThreadSample, _ traffic: RedisTraffic, endedAt end: UInt64
    ) {
        state.withLock { state in
            state.done += 1
            state.sum.tasks += tasks
            state.sum.claims += claims
            state.sum.cpu += used.cpu
            state.sum.traffic = state.sum.traffic + traffic
            state.sum.began = min(state.sum.began, end - used.wall)
            state.sum.ended = max(state.sum.ended, end)
        }
    }
}
