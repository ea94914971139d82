import ArgumentParser
import Harness
import Redis
import ReliableQueue
import Reporting

/// `fibq recovery`: how monitors catch up with what nobody had watched.
struct RecoveryCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "recovery",
            abstract: "Orphan tasks, start monitors, and measure how they catch up and what a worker waits meanwhile.",
            discussion: """
                For each number of monitors a private server is filled, every task is claimed and never acked, and once all \
                leases have run out the monitors start together. The table goes to standard output, a row a trial to \
                recovery.csv.
                """)
    }

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease or stream.")
    var queueProtocol: QueueProtocol = .lease

    @Option(help: "What Redis promises about a write: none, everysec or always.")
    var durability: Durability = .none

    @Option(help: "How many tasks are orphaned.")
    var tasks = 1_000_000

    @Option(help: "How many tasks each claim holds.")
    var claim = 256

    @Option(help: "How long each claim is its worker's own.")
    var lease = DurationOption(.seconds(1))

    @Option(help: "For how long workers claim and vanish, before there is a monitor.")
    var outage = DurationOption(.zero)

    @Option(help: "How many monitors start then, for each trial: numbers separated by commas.")
    var monitors = "0,1,2,8"

    @Option(help: "How often a monitor looks while it has nothing to do.")
    var monitorInterval = DurationOption(.milliseconds(500))

    @Option(help: "How often each trial is made.")
    var repetitions = 1

    @OptionGroup var study: StudyOptions

    func run() throws {
        try study.make { signals, report in
            try RecoveryStudy(try settings(), signals: signals, report: report).run()
        } tables: { outcome in
            [RecoveryTable(rows: outcome.rows).render()]
        }
    }

    private func settings() throws -> RecoverySettings {
        guard durability.replicas == 0 else {
            throw HarnessError.usage("a study of recovery has one server: say --durability none, everysec or always")
        }
        var settings = RecoverySettings()
        settings.queueProtocol = queueProtocol
        settings.durability = durability
        settings.tasks = tasks
        settings.claim = claim
        settings.lease = lease.duration
        settings.outage = outage.duration
        settings.monitors = try monitors.split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let count = Int(text) else {
                throw HarnessError.usage("--monitors takes numbers, such as 0,1,2,8, and not '\(text)'")
            }
            return count
        }
        settings.interval = monitorInterval.duration
        settings.repetitions = repetitions
        settings.output = study.out
        settings.commandLine = CommandLine.stated
        return settings
    }
}
