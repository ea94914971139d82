import InstanceLimits
import Measurement
import Processes
import ReliableQueue
import Synchronization
import Workload

/// A machine as small as an instance type, for some of a run's processes: a group of processes under its limits, and a
/// governor that keeps its CPU credits from what the group uses and sets its quota by them.
///
/// Where no group can be made the credits are only counted, from what the processes say they used, and nothing is held back.
final class InstanceBox {
    /// The type.
    let type: InstanceType
    /// The parts of the run that are on it.
    let roles: Set<InstanceRole>
    /// How many seconds of its credits are one that goes by.
    let timeScale: Double
    /// Why nothing is held back; `nil` when it is.
    let obstacle: ProcessError?

    private let group: ControlGroup?
    private let keeper: CreditKeeper?
    private let thread: DedicatedThread?
    private let stopSignal: StopSignal

    /// Sets a machine up as the scenario says; `nil` when it names none.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when this machine is smaller than that.
    init?(_ settings: RunSettings) throws(HarnessError) {
        let scenario = settings.scenario
        guard let name = scenario.instance else { return nil }
        do throws(CatalogueError) { type = try settings.catalogue[name] } catch { throw .catalogue(error) }
        roles = scenario.instanceRoles ?? InstanceRole.standard
        timeScale = scenario.timeScale ?? 1
        try Self.check(type, roles, settings)
        let stopSignal = StopSignal()
        self.stopSignal = stopSignal
        let account = type.credits.map { CreditAccount($0, scenario.creditStart) }
        do throws(ProcessError) {
            group = try ControlGroup(Self.limits(type, account))
            obstacle = nil
        } catch {
            (group, obstacle) = (nil, error)
        }
        guard let account else {
            (keeper, thread) = (nil, nil)
            return
        }
        let keeper = CreditKeeper(Governor(account, timeScale: timeScale, grip: group == nil ? .counts : .holds))
        self.keeper = keeper
        thread = group.map { group in
            DedicatedThread(name: "governor") {
                while !stopSignal.wait(upTo: CreditKeeper.period) { keeper.govern(group) }
            }
        }
    }

    deinit { stop() }

    /// Stops governing. What still runs in the group keeps the last quota.
    func stop() {
        stopSignal.set()
        thread?.join()
    }

    /// What stands before the command line of a process of that role.
    func launcher(for role: InstanceRole) throws(ProcessError) -> [String] {
        guard roles.contains(role), let group else { return [] }
        return try group.launcher()
    }

    /// How much memory a server on it may use: what it has, less what the workers and the server's own copies need.
    var serverMemoryBytes: UInt64? { roles.contains(.redis) ? type.memoryBytes * 6 / 10 : nil }

    /// Where no group counts it: tells how much processor time its processes have used so far, in seconds, when that is due.
    func countIfDue(_ used: () -> Double) {
        guard group == nil else { return }
        keeper?.countIfDue(used)
    }

    /// The credits so far; none for a type without.
    var readings: [CreditReading] { keeper?.readings ?? [] }

    /// The credits now; `nil` for a type without, and before the first reading.
    var credits: CreditSample? {
        keeper?.latest.map { entry in
            CreditSample(
                balance: entry.reading.balance, allowedProcessors: entry.reading.allowedProcessors, timeScale: timeScale
            )
        }
    }

    /// How long its processes were held back so far, in seconds; `nil` where nothing holds them.
    var throttledSeconds: Double? { group.flatMap { try? $0.throttledTime() }.map { $0 / .seconds(1) } }

    private static func limits(_ type: InstanceType, _ account: CreditAccount?) -> ControlGroup.Limits {
        var limits = ControlGroup.Limits(quota: account?.allowedProcessors)
        // Short, so that a slow processor stutters less than it lies; but the kernel takes no quota below a millisecond.
        limits.period = max(.milliseconds(10), ControlGroup.shortestQuota / type.sustainedProcessors)
        limits.processors = Processors.share(0, of: type.processors)
        limits.memoryBytes = type.memoryBytes
        return limits
    }

    private static func check(
        _ type: InstanceType, _ roles: Set<InstanceRole>, _ settings: RunSettings
    ) throws(HarnessError) {
        guard type.processors <= Processors.online else {
            throw .usage(
                "\(type.name) has \(type.processors) processors, and this machine \(Processors.online): choose a smaller type"
            )
        }
        let memory = try AvailableMemory.bytes()
        guard type.memoryBytes <= UInt64(memory) else {
            throw .usage(
                "\(type.name) has \(type.memoryGiB) GiB of memory, more than this machine: choose a smaller type")
        }
        guard !roles.contains(.redis) || settings.redis == nil else {
            throw .usage(
                "a server that was given can't be put on an instance: leave out --redis, or say --instance-roles without redis"
            )
        }
    }
}

/// A reading of the credits, and when it was taken.
struct CreditReading {
    /// Nanoseconds of the monotonic clock.
    let time: UInt64
    let reading: Governor.Reading
    /// How long the group was held back so far, in seconds; `nil` where nothing holds it.
    let throttledSeconds: Double?
}

/// Asks the governor as time goes by, and keeps what it says.
private final class CreditKeeper: Sendable {
    /// Ten times a second.
    static let period = Duration.milliseconds(100)

    private struct State {
        var governor: Governor
        var readings: [CreditReading] = []
        /// A new group has used nothing.
        var last: (time: UInt64, used: Double)
        var quota: Double
    }

    private let state: Mutex<State>

    init(_ governor: Governor) {
        state = Mutex(
            State(
                governor: governor, last: (MonotonicClock.nanoseconds(), 0), quota: governor.account.allowedProcessors))
    }

    var readings: [CreditReading] { state.withLock { $0.readings } }
    var latest: CreditReading? { state.withLock { $0.readings.last } }

    /// Reads the group's account, and sets its quota.
    func govern(_ group: ControlGroup) {
        // An account that can't be read now is read the next time: it only grows.
        guard let used = try? group.usedTime() else { return }
        let throttled = try? group.throttledTime()
        guard let allowed = note(used / .seconds(1), throttled.map { $0 / .seconds(1) }) else { return }
        try? group.setQuota(allowed)
    }

    /// The same from what the processes say.
    func countIfDue(_ used: () -> Double) {
        let now = MonotonicClock.nanoseconds()
        let isDue = state.withLock { state in
            now - min(state.last.time, now) >= UInt64(Self.period / .nanoseconds(1))
        }
        if isDue { _ = note(used(), nil) }
    }

    /// Returns the quota when it is to be changed.
    private func note(_ used: Double, _ throttled: Double?) -> Double? {
        let now = MonotonicClock.nanoseconds()
        return state.withLock { state in
            let last = state.last
            // Processes that have ended and are counted otherwise from then on may seem to have used less.
            let reading = state.governor.tick(
                after: Double(now - min(last.time, now)) / 1e9, used: max(0, used - last.used))
            state.last = (now, max(used, last.used))
            state.readings.append(CreditReading(time: now, reading: reading, throttledSeconds: throttled))
            guard abs(reading.allowedProcessors - state.quota) > 0.001 * state.quota else { return nil }
            state.quota = reading.allowedProcessors
            return state.quota
        }
    }
}

extension Scenario {
    /// Where the credits of its instance begin.
    ///
    /// - Precondition: the scenario was validated.
    fileprivate var creditStart: CreditAccount.Start {
        guard let credits else { return .launch }
        guard let start = CreditAccount.Start(credits) else {
            preconditionFailure("an unvalidated scenario: credits \(credits)")
        }
        return start
    }
}
