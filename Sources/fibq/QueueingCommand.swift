import ArgumentParser
import Harness
import Reporting

/// `fibq queueing`: measured waits against those that the theory of queues predicts.
struct QueueingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "queueing",
            abstract: "Hold the waits of a queue with one slot against the theory of queues.",
            discussion: """
                One worker with one slot runs tasks that sleep, all equally long (M/D/1) or exponentially distributed (M/M/1), \
                and that arrive at random. A short calibration says for how long a task occupies the slot, and so at which rate \
                it is as loaded as was asked for. The mean wait of each run is held against what Pollaczek and Khinchine say of \
                the arrivals and occupancies that it measured. Each run has so many tasks that chance makes some 3 % of the ratio or \
                less, which at a load of 90 % is more than --tasks (a study with fewer than 100000 is a trial: then it has \
                just those). A table goes to standard output, and a row a run to queueing.csv. Exit code 1: one is more than \
                10 % off.
                """)
    }

    @Option(help: "The loads, percentages separated by commas.")
    var loads = "50,70,90"

    @Option(help: "How many tasks each run has at least.")
    var tasks = 100_000

    @Option(help: "How long a task sleeps, on average; 1ms or more.")
    var service = DurationOption(.milliseconds(5))

    @Option(help: "How many runs go on at the same time: a sleep needs no processor. Default: all.")
    var parallel: Int?

    @Option(help: "The same seed gives the same tasks and arrivals.")
    var seed: UInt64 = 1

    @Flag(
        help: "Instead of that, have `fibq knee` find the knee of such a queue with equally long tasks, which is known."
    )
    var knee = false

    @OptionGroup var study: StudyOptions

    func run() throws {
        if knee {
            try study.make { signals, report in
                try KneeCheck(try settings(), signals: signals, report: report).run()
            } tables: { outcome in
                outcome.row.map { [KneeCheckTable(row: $0).render()] } ?? []
            }
        } else {
            try study.make { signals, report in
                try QueueingStudy(try settings(), signals: signals, report: report).run()
            } tables: { outcome in
                [QueueingTable(rows: outcome.rows).render()]
            }
        }
    }

    private func settings() throws -> QueueingSettings {
        var settings = QueueingSettings()
        settings.loads = try loads.split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let percent = Double(text) else {
                throw HarnessError.usage("--loads takes percentages, such as 50,70,90, and not '\(text)'")
            }
            return percent / 100
        }
        settings.tasks = tasks
        settings.service = service.duration
        settings.parallel = parallel
        settings.seed = seed
        settings.output = study.out
        settings.commandLine = CommandLine.stated
        return settings
    }
}
