/// Everything that a run can be told, from a file or from the command line, with the defaults of both.
///
/// Fields are set freely, so that options of the command line can override a file; `validate()` checks the outcome.
package struct Scenario: Hashable, Sendable {
    /// A short name for reports.
    package var name = "unnamed"
    /// What the scenario is for.
    package var description = ""
    /// The tasks.
    package var mix = Self.defaultMix
    /// When they are sent.
    package var arrival = ArrivalProcess.backlog
    /// The most tasks that are sent; nil for no such limit.
    package var tasks: UInt64?
    /// How long tasks are sent, or for how long a backlog is worked off; nil for no such limit.
    package var duration: Duration?
    /// How long the queue may take to drain once all of an open load was sent.
    package var drain = Duration.seconds(30)
    /// How many bytes the queue carries for a task at least; nil for as many as it takes.
    package var payload: Int?
    /// How much longer everything takes from the run's processes to Redis and back; nil for no longer than it does.
    package var rtt: Duration?
    /// The number of processes that send tasks.
    package var generators = 1
    /// The number of worker processes.
    package var workers = 2
    /// The number of tasks that a worker runs at the same time.
    package var slots = 1
    /// The most tasks that a worker takes together.
    package var claim = 256
    /// The most tasks that a worker of `lock` moves, locks and removes in one pipeline, each with a lock of its own.
    package var lockDepth = 1
    /// How long a claim is a worker's own without being renewed.
    package var lease = Duration.seconds(5)
    /// The number of monitors that are processes of their own.
    package var monitors = 0
    /// The time between two looks of a monitor.
    package var monitorInterval = Duration.milliseconds(500)
    /// Whether each worker carries a monitor too.
    package var monitorsInWorkers = true
    /// How the queue uses Redis, by the name of the protocol.
    package var queueProtocol = "lease"
    /// What an acknowledged task survives, by the name of the durability.
    package var durability = "none"
    /// How the run's own servers stand together.
    package var topology = Topology.standalone
    /// How many replicas a master must hear from to take writes (min-replicas-to-write); 0 for none.
    package var minReplicas = 0
    /// How many shards the queue has at first.
    package var shards = 1
    /// How many batches a producer keeps that Redis has acknowledged, to send them again should it lose them.
    package var producerKeeps = 64
    /// How many processors each worker may use; nil for all there are.
    package var cores: Int?
    /// How much of one processor each worker may use (0.2 is a fifth), whichever it runs on; nil for as much as there is.
    package var cpuLimit: Double?
    /// The instance type that some of the run's processes are confined to; nil for the machine as it is.
    package var instance: String?
    /// Where its CPU credits begin, by name or number; nil for those of a new machine.
    package var credits: String?
    /// How many seconds of its credits are one that goes by; nil for one.
    package var timeScale: Double?
    /// Which of the processes are confined to it; nil for ``InstanceRole/standard``.
    package var instanceRoles: Set<InstanceRole>?
    /// How the receiver of messages behaves.
    package var sink = SinkConditions()
    /// How long a task may take; nil for as long as it likes.
    package var timeLimit: Duration?
    /// What is done to the run while it works; nil for nothing.
    package var fault: Fault?
    /// How often that is done.
    package var faults = 1
    /// How long the run is left alone after each time, give or take a half.
    package var faultPause = Duration.milliseconds(500)
    /// How long a process may take to come to the point at which it is to be hit.
    package var faultPatience = Duration.seconds(8)
    /// The seed of everything random.
    package var seed: UInt64 = 1

    /// The defaults.
    package init() {}

    /// True when a run needs a sink: tasks place messages, or the scenario says how a sink behaves.
    package var wantsSink: Bool {
        mix.entries.contains { $0.kind == .message } || sink != SinkConditions()
    }

    /// A mix for runs that name none: tasks that are all queue and next to no computing.
    private static let defaultMix: TaskMix = {
        do {
            return try TaskMix(parsing: "fib-iterative:n=1..93")
        } catch {
            preconditionFailure("the default mix is not valid: \(error)")
        }
    }()
}
