import InstanceLimits
import Measurement
import Processes
import Reporting
import Synchronization

/// A reading of the credits, and when it was taken.
struct CreditReading {
    /// Nanoseconds of the monotonic clock.
    let time: UInt64
    let reading: Governor.Reading
    /// How long the group was held back so far, in seconds; `nil` where nothing holds it.
    let throttledSeconds: Double?
    /// The part of the run up to it.
    let phase: CreditPhase
}

/// Asks the governor as time goes by, keeps what it says, and sets the quota of a group by it.
///
/// The account begins when it is told to: before that its machine waits, and earns nothing.
final class CreditKeeper: Sendable {
    /// Ten times a second.
    static let period = Duration.milliseconds(100)

    private struct State {
        var governor: Governor
        var readings: [CreditReading] = []
        /// Processor time at the last reading; `nil` before the account has begun.
        var last: (time: UInt64, used: Double)?
        /// What the group has been set to.
        var quota: Double?
        /// The part of the run that the next reading belongs to.
        var phase = CreditPhase.load
    }

    private let state: Mutex<State>

    init(_ governor: Governor) {
        state = Mutex(State(governor: governor, quota: governor.account.quota))
    }

    var readings: [CreditReading] { state.withLock { $0.readings } }
    var latest: CreditReading? { state.withLock { $0.readings.last } }

    /// Begins the account, by when that much processor time was used and the group was held back for so long, both in seconds:
    /// with a reading of where it begins.
    func begin(used: Double, throttled: Double?) {
        let now = MonotonicClock.nanoseconds()
        state.withLock { state in
            state.last = (now, used)
            state.readings.append(
                CreditReading(
                    time: now, reading: state.governor.tick(after: 0, used: 0), throttledSeconds: throttled,
                    phase: .load))
        }
    }

    /// The load has ended: readings from now on are of how the run stops.
    func endLoad() { state.withLock { $0.phase = .stop } }

    /// Reads the group's account, and sets its quota.
    func govern(_ group: ControlGroup) {
        read(group)
        let (quota, isSet) = state.withLock { state in
            let quota = state.governor.account.quota
            return (quota, Self.areClose(quota, state.quota))
        }
        // One that was refused is set the next time.
        guard !isSet, (try? group.setQuota(quota)) != nil else { return }
        state.withLock { $0.quota = quota }
    }

    /// Takes a reading of the group's account.
    func read(_ group: ControlGroup) {
        // An account that can't be read now is read the next time: it only grows.
        guard let used = try? group.usedTime() else { return }
        let throttled = try? group.throttledTime()
        note(used: used / .seconds(1), throttled: throttled.map { $0 / .seconds(1) })
    }

    /// True when a reading is due.
    var isDue: Bool {
        let now = MonotonicClock.nanoseconds()
        return state.withLock { state in
            state.last.map { now - min($0.time, now) >= UInt64(Self.period / .nanoseconds(1)) } ?? false
        }
    }

    /// Takes a reading: that much processor time was used so far, and for so long the group was held back, both in seconds.
    func note(used: Double, throttled: Double?) {
        state.withLock { state in
            // The clock is asked within the lock, so that readings of two threads are in order; and the older of two accounts
            // that cross on the way to it adds nothing.
            let now = MonotonicClock.nanoseconds()
            guard let last = state.last else { return }
            let used = max(used, last.used)
            let reading = state.governor.tick(
                after: Double(now - min(last.time, now)) / 1e9, used: used - last.used)
            state.last = (now, used)
            state.readings.append(
                CreditReading(time: now, reading: reading, throttledSeconds: throttled, phase: state.phase))
        }
    }

    /// True for two quotas that differ by less than a thousandth: nobody would feel the change.
    private static func areClose(_ one: Double?, _ other: Double?) -> Bool {
        guard let one, let other else { return one == nil && other == nil }
        return abs(one - other) <= 0.001 * other
    }
}

extension CreditAccount {
    /// How many processors' worth of time a group of its processes gets; `nil` for all that its processors have.
    var quota: Double? {
        let allowed = allowedProcessors
        return allowed < Double(terms.processors) ? allowed : nil
    }
}
