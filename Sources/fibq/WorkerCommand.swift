import ArgumentParser
import Harness
import Workload

/// `fibq worker`: one worker process, for several terminals or several hosts.
struct WorkerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "worker", abstract: "Claim and run tasks until told to stop (SIGINT, SIGTERM).")
    }

    @OptionGroup var queue: QueueOptions

    @OptionGroup var journals: JournalOptions

    @OptionGroup var join: JoinOptions

    @Flag(help: "Write no journals. What this worker does can't be audited, and it places no messages.")
    var noJournal = false

    @OptionGroup var probe: ProbeOption

    @Option(help: "How many tasks may run at once.")
    var slots = 1

    @Option(help: "No claim holds more tasks, 1 to 4096.")
    var claim = 256

    @Option(help: "In lock: how many tasks are moved, locked and removed in one pipeline, 1 to 4096.")
    var lockDepth = 1

    @Option(help: "No lease is shorter.")
    var lease = DurationOption(.seconds(5))

    @Option(help: "How often this worker's monitor looks for expired leases.")
    var monitorInterval = DurationOption(.milliseconds(500))

    @Flag(help: "Carry no monitor.")
    var noMonitor = false

    @Option(help: "How long a task may take; one that takes longer fails, and ends the process if it can't be stopped.")
    var timeLimit: DurationOption?

    @OptionGroup var sink: SinkOptions

    @Option(help: "With a sink: how many tasks may compute at once. Default: as many as there are processors.")
    var cores: Int?

    func validate() throws {
        var limited = Scenario()
        limited.cores = cores
        limited.timeLimit = timeLimit?.duration
        (limited.slots, limited.claim, limited.lockDepth) = (slots, claim, lockDepth)
        (limited.lease, limited.monitorInterval) = (lease.duration, monitorInterval.duration)
        try limited.refuseOutOfRange()
    }

    func run() throws {
        let isJoined = try join.carryOut(
            as: .worker, redis: queue.redis, name: journals.name, journals: journals.journals)
        if isJoined { return }
        let signals = TerminationSignals()
        var role = WorkerRole(
            queue: try queue.address(), folder: try journals.folder(), name: journals.name(of: "worker"))
        role.queue.probe = try probe.fault(folder: role.folder, process: role.name)
        role.slots = slots
        role.claim = claim
        role.lockDepth = lockDepth
        role.lease = lease.duration
        role.monitorInterval = noMonitor ? nil : monitorInterval.duration
        role.sink = try sink.given()
        role.keepsJournals = !noJournal
        role.cores = cores
        role.timeLimit = timeLimit?.duration
        try role.run(until: signals.stop)
    }
}
