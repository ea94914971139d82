import InstanceLimits
import Processes
import ReliableQueue
import Workload

/// A machine as small as an instance type, for some of a run's processes: a group of processes under its limits, and a
/// governor that keeps its CPU credits from what the group uses and sets its quota by them.
///
/// Where no group can be made the credits are only counted, from what the processes say they used, and nothing is held back.
/// It belongs to the run's thread.
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
    private var use = ProcessUse()

    /// Sets a machine up as the scenario says; `nil` when it names none.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when this machine is smaller than that, or the server is not the run's own.
    init?(_ settings: RunSettings) throws(HarnessError) {
        let scenario = settings.scenario
        guard let name = scenario.instance else { return nil }
        do throws(CatalogueError) { type = try settings.catalogue[name] } catch { throw .catalogue(error) }
        roles = scenario.instanceRoles ?? InstanceRole.standard
        timeScale = scenario.timeScale ?? 1
        let fit = try InstanceFit(here: settings.catalogue)
        do throws(WorkloadError) { try fit.check(scenario) } catch { throw .workload(error) }
        try InstanceFit.check(scenario, hasOwnServer: settings.redis == nil)
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

    /// Stops governing, with a last reading. What still runs in the group keeps the last quota.
    func stop() {
        stopSignal.set()
        thread?.join()
        if let group { keeper?.read(group) }
    }

    /// What stands before the command line of a process of that role.
    func launcher(for role: InstanceRole) throws(ProcessError) -> [String] {
        guard roles.contains(role), let group else { return [] }
        return try group.launcher()
    }

    /// How much memory a server on it may use: what it has, less what the workers and the server's own copies need.
    var serverMemoryBytes: UInt64? { group != nil && roles.contains(.redis) ? type.memoryBytes * 6 / 10 : nil }

    // MARK: Credits

    /// The load begins: so does the account. What was started until then has waited for it.
    func begin(_ processes: [Int32]) {
        use.look(at: processes)
        keeper?.begin(
            used: group.flatMap { try? $0.usedTime() }.map { $0 / .seconds(1) } ?? use.seconds,
            throttled: throttledSeconds)
    }

    /// The load has ended, and what follows is stopping: takes a reading, whether one is due or not.
    func endLoad(_ processes: [Int32]) {
        guard let keeper else { return }
        if let group {
            keeper.read(group)
        } else {
            use.look(at: processes)
            keeper.note(used: use.seconds, throttled: nil)
        }
        keeper.endLoad()
    }

    /// Where no group counts it: looks at how much processor time its processes have used, when that is due.
    func countIfDue(_ processes: () -> [Int32]) {
        guard group == nil, let keeper, keeper.isDue else { return }
        use.look(at: processes())
        keeper.note(used: use.seconds, throttled: nil)
    }

    /// The credits so far; none for a type without.
    var readings: [CreditReading] { keeper?.readings ?? [] }

    /// The credits now; `nil` for a type without, and before the account has begun.
    var credits: CreditSample? {
        keeper?.latest.map { entry in
            CreditSample(
                balance: entry.reading.balance, allowedProcessors: entry.reading.allowedProcessors, timeScale: timeScale
            )
        }
    }

    /// The same, for whoever watches the run.
    var liveCredits: LiveCredits? {
        credits.map { credits in
            LiveCredits(
                instance: type.name, balance: credits.balance, allowedProcessors: credits.allowedProcessors,
                throttledSeconds: throttledSeconds, timeScale: timeScale)
        }
    }

    /// How long its processes were held back so far, in seconds; `nil` where nothing holds them.
    var throttledSeconds: Double? { group.flatMap { try? $0.throttledTime() }.map { $0 / .seconds(1) } }

    // MARK: Limits

    private static func limits(_ type: InstanceType, _ account: CreditAccount?) -> ControlGroup.Limits {
        var limits = ControlGroup.Limits(quota: account?.quota)
        // Short, so that a slow processor stutters less than it lies; but the kernel takes no quota below a millisecond.
        limits.period = max(.milliseconds(10), ControlGroup.shortestQuota / type.sustainedProcessors)
        // The first of this machine's processors is left to the rest of the run, as far as there are others.
        limits.processors = Array(Processors.allowed.suffix(type.processors))
        limits.memoryBytes = type.memoryBytes
        return limits
    }
}

extension Scenario {
    /// Where the credits of its instance begin.
    ///
    /// - Precondition: the scenario was validated.
    var creditStart: CreditAccount.Start {
        guard let credits else { return .launch }
        guard let start = CreditAccount.Start(credits) else {
            preconditionFailure("an unvalidated scenario: credits \(credits)")
        }
        return start
    }
}
