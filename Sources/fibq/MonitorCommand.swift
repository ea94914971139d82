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

    @Option(name: [.customLong("monitor-interval"), .customLong("interval")], help: "How often to look.")
    var interval = DurationOption(.milliseconds(500))

    func validate() throws {
        var limited = Scenario()
        limited.monitorInterval = interval.duration
        try limited.refuseOutOfRange()
    }

    func run() throws {
        let signals = TerminationSignals()
        let role = MonitorRole(queue: try queue.address(), interval: interval.duration)
        try role.run(until: signals.stop) { recovery in
            StandardError.write("took back \(recovery.recovered) tasks, buried \(recovery.dead)\n")
        }
    }
}
