import ArgumentParser
import Harness
import ReliableQueue
import Workload

/// `fibq monitor`: one monitor process.
struct MonitorCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "monitor", abstract: "Take back what vanished workers hold, until told to stop.")
    }

    @OptionGroup var queue: QueueOptions

    @OptionGroup var probe: ProbeOption

    @OptionGroup var join: JoinOptions

    @Option(help: "With --join, and for fault experiments: its name. Default: a random one.")
    var name: String?

    @Option(help: ArgumentHelp("For fault experiments: where it leaves marks.", visibility: .hidden))
    var journals = "."

    @Option(name: [.customLong("monitor-interval"), .customLong("interval")], help: "How often to look.")
    var interval = DurationOption(.milliseconds(500))

    func validate() throws {
        var limited = Scenario()
        limited.monitorInterval = interval.duration
        try limited.refuseOutOfRange()
    }

    func run() throws {
        if try join.carryOut(as: .monitor, redis: queue.redis, name: name, journals: journals) { return }
        let signals = TerminationSignals()
        var role = MonitorRole(queue: try queue.address(), interval: interval.duration)
        role.queue.probe = try probe.fault(folder: journals, process: name ?? "monitor")
        try role.run(until: signals.stop) { recovery in
            StandardError.write("took back \(recovery.recovered) tasks, buried \(recovery.dead)\n")
        }
    }
}
