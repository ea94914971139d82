import Glibc
import Processes
import ReliableQueue
import Workload

/// The processes that a run starts: workers, monitors, and the generator. They are direct children of this process, end
/// with it, and are reaped here.
///
/// The parent's death ends them through setpriv(1), which execs; the signal follows the thread that started them, so
/// every method here belongs to the main thread.
final class WorkerFleet {
    /// Something that happened to a child.
    enum Event {
        /// A child ended without being told to and without an error: by a signal, or because somebody else stopped it.
        case left(name: String, status: ExitStatus, isRestarted: Bool)
        /// A child died again and again, and nothing was done meanwhile.
        case keepsDying(name: String)
        /// A child ended by itself with an error.
        case failed(name: String, status: ExitStatus)
    }

    private struct Member {
        let arguments: [String]
        /// What it may use of the processors.
        let confinement: Confinement
        let index: Int
        var incarnation: Int
        var process: ChildProcess?
        var isWorker: Bool
        var hasEnded = false
        /// The place in the fleet, which a process started in its stead takes over.
        var seat: String { "\(isWorker ? "worker" : "monitor")-\(index)" }
        var name: String { incarnation == 1 ? seat : "\(seat).\(incarnation)" }

        init(
            arguments: [String], confinement: Confinement, index: Int, incarnation: Int, isWorker: Bool
        ) {
            self.arguments = arguments
            self.confinement = confinement
            self.index = index
            self.incarnation = incarnation
            self.isWorker = isWorker
        }
    }

    /// What a process may use of the processors.
    private struct Confinement {
        /// The only ones that it may use; `nil` for all.
        var processors: [Int]?
        /// How much of one; `nil` for as much as there is.
        var group: ControlGroup?

        /// What stands before its command line.
        func launcher() throws(ProcessError) -> [String] {
            let list = processors?.map(String.init).joined(separator: ",")
            let affinity = try list.map { list throws(ProcessError) in
                [try ExecutableSearch.path(of: "taskset"), "--cpu-list", list]
            }
            return try (group?.launcher() ?? []) + (affinity ?? [])
        }
    }

    private let restarts: Bool
    private let instance: InstanceBox?
    /// Where the next process of a seat is to hit itself, by its name; asked at each start.
    var probe: (_ seat: String, _ name: String) -> String? = { _, _ in nil }
    /// Seats whose process was asked to make room for another.
    private var replaced: Set<String> = []
    private var members: [Member] = []
    private(set) var deaths = 0
    private(set) var restartCount = 0
    private var vainDeaths = 0
    private var progressAtDeath = 0
    /// CPU time of the workers that have ended.
    private(set) var endedCPUSeconds = 0.0

    /// A poisonous task may take more workers than it has redeliveries, and does no harm; a program that can't run
    /// would be started for ever.
    private static let mostVainDeaths = 20

    /// - Parameter instance: the machine that workers and monitors may be on; `nil` for this one.
    init(restarts: Bool, instance: InstanceBox? = nil) {
        self.restarts = restarts
        self.instance = instance
    }

    /// The workers that live: the place that each has in the fleet, and its process id.
    var livingWorkers: [(seat: String, process: pid_t)] {
        living.filter(\.isWorker).map { ($0.seat, $0.process.processID) }
    }

    /// True when there were workers, none lives, and none will be started.
    var hasLostItsWorkers: Bool {
        members.contains(where: \.isWorker) && members.allSatisfy { !$0.isWorker || $0.hasEnded }
    }

    /// Starts workers; their names are `worker-1` and so on.
    ///
    /// - Parameters:
    ///   - cores: how many processors each may use, its own ones while there are any; `nil` for all.
    ///   - cpuLimit: how much of one processor each may use; `nil` for as much as there is.
    func startWorkers(
        _ count: Int, cores: Int?, cpuLimit: Double?, arguments: (_ name: String) -> [String]
    ) throws(ProcessError) {
        for index in 1..<(count + 1) {
            try start(
                index: index, incarnation: 1, isWorker: true, arguments: arguments("worker-\(index)"),
                confinement: Confinement(
                    processors: cores.map { Processors.share(index - 1, of: $0) },
                    group: cpuLimit.map { share throws(ProcessError) in try ControlGroup(.init(quota: share)) }))
        }
    }

    /// Starts standalone monitors.
    func startMonitors(_ count: Int, arguments: (_ name: String) -> [String]) throws(ProcessError) {
        for index in 1..<(count + 1) {
            try start(index: index, incarnation: 1, isWorker: false, arguments: arguments("monitor-\(index)"))
        }
    }

    /// The processes that live: the seat that each has, its name, and whether it is a worker.
    var living: [(seat: String, name: String, isWorker: Bool, process: ChildProcess)] {
        members.compactMap { member in
            guard !member.hasEnded, let process = member.process else { return nil }
            return (member.seat, member.name, member.isWorker, process)
        }
    }

    /// Asks the process of a seat to end, so that another is started in its place. It is asked once: a second signal would
    /// end it before it has settled what it holds.
    func replace(_ seat: String) {
        guard let member = living.first(where: { $0.seat == seat }), replaced.insert(seat).inserted else { return }
        member.process.send(signal: SIGTERM)
    }

    /// Starts one child of this program that is not kept here.
    ///
    /// - Parameter launcher: programs and their arguments, each of which execs what follows: so the process that is started
    ///   becomes this program.
    static func launch(_ arguments: [String], behind launcher: [String]) throws(ProcessError) -> ChildProcess {
        try ChildProcess(
            executable: ExecutableSearch.path(of: "setpriv"),
            arguments: ["--pdeathsig", "KILL"] + ParentGuard.launcher() + launcher + [ExecutableSearch.current]
                + arguments)
    }

    /// Notices what has ended, and starts again what was not told to end.
    ///
    /// - Parameter progress: tasks done so far; a child that dies over and over while this stands still is given up.
    func poll(progress: Int) throws(ProcessError) -> [Event] {
        var events: [Event] = []
        for position in members.indices where !members[position].hasEnded {
            guard let status = members[position].process?.poll() else { continue }
            members[position].hasEnded = true
            count(members[position])
            if let event = try replace(position, status, progress) { events.append(event) }
        }
        return events
    }

    /// Asks all to stop, and ends by force those that have not by `grace`. A worker that dies of another signal meanwhile
    /// counts as dead.
    func stop(grace: Duration) {
        for member in members where !member.hasEnded && !replaced.contains(member.seat) {
            member.process?.send(signal: SIGTERM)
        }
        let deadline = ContinuousClock.now + grace
        for position in members.indices where !members[position].hasEnded {
            let left = max(.milliseconds(1), deadline - ContinuousClock.now)
            switch members[position].process?.wait(upTo: left) {
            case .none: members[position].process?.stop(grace: .zero)
            case .signalled(let signal): if members[position].isWorker, signal != SIGTERM { deaths += 1 }
            case .exited: break
            }
            members[position].hasEnded = true
            count(members[position])
        }
    }

    private func start(
        index: Int, incarnation: Int, isWorker: Bool, arguments: [String],
        confinement: Confinement = Confinement()
    ) throws(ProcessError) {
        var member = Member(
            arguments: arguments, confinement: confinement, index: index, incarnation: incarnation, isWorker: isWorker)
        let extra = probe(member.seat, member.name).map { ["--probe", $0] } ?? []
        let launcher = try instance?.launcher(for: isWorker ? .workers : .monitors) ?? []
        member.process = try Self.launch(arguments + extra, behind: launcher + confinement.launcher())
        members.append(member)
    }

    private func replace(_ position: Int, _ status: ExitStatus, _ progress: Int) throws(ProcessError) -> Event? {
        let member = members[position]
        if case .exited(let code) = status, code != 0, code != HarnessError.stuckExitCode {
            return .failed(name: member.name, status: status)
        }
        let seat = member.seat
        let isAsked = replaced.remove(seat) != nil && Self.answersRequest(status)
        if member.isWorker, case .signalled = status, !isAsked { deaths += 1 }
        guard restarts else { return .left(name: member.name, status: status, isRestarted: false) }
        vainDeaths = progress == progressAtDeath ? vainDeaths + 1 : 0
        progressAtDeath = progress
        if vainDeaths > Self.mostVainDeaths { return .keepsDying(name: member.name) }
        if member.isWorker { restartCount += 1 }
        let next = member.incarnation + 1
        let arguments = member.arguments.map { $0 == member.name ? "\(seat).\(next)" : $0 }
        try start(
            index: member.index, incarnation: next, isWorker: member.isWorker, arguments: arguments,
            confinement: member.confinement)
        return isAsked ? nil : .left(name: member.name, status: status, isRestarted: true)
    }

    /// True for the ways in which a process ends that was asked to: one that does not listen yet dies of the signal.
    private static func answersRequest(_ status: ExitStatus) -> Bool {
        status == .exited(0) || status == .signalled(SIGTERM)
    }

    private func count(_ member: Member) {
        if member.isWorker { endedCPUSeconds += member.process?.usage?.cpuSeconds ?? 0 }
    }
}
