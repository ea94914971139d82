import ArgumentParser
import Harness
import ReliableQueue
import Reporting

/// `fibq scale`: what a task costs over shards and servers.
struct ScaleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "scale",
            abstract: "Measure what a task costs over shards, Redis processes, round trips and workers.",
            discussion: """
                Tasks go round in a queue of 1 to 8 shards on 1 to 4 private servers: claimed, run (F(90) by additions), acked, \
                and replaced by new ones, at a pace that saturates nothing (paced-…), at four times that (brisk-…), and as fast as can \
                be (limit-…). plain-… is the same with protocol pop, whose claims and batches are no more than a pop and a push. \
                Tables go to standard output, a row a trial to scale_trials.csv. fibq plan makes a model of them.
                """)
    }

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease, lock, lock-setex, stream or pop.")
    var queueProtocol: QueueProtocol = .lease

    @Option(help: "How many tasks a second go round in the paced trials; in some of them four times as many.")
    var rate = 16_000

    @Option(help: "How often each trial is made.")
    var repetitions = 5

    @Option(help: "How long a trial goes round.")
    var length = DurationOption(.seconds(2))

    @Option(help: "How many tasks wait, in all shards together.")
    var backlog = 32_768

    @Option(help: "Only shapes of this many servers at most, 1 to 4.")
    var servers: Int?

    @Option(help: "Only cells whose names begin with one of these, separated by commas, such as paced-1x1,limit.")
    var only: String?

    @OptionGroup var study: StudyOptions

    func run() throws {
        try study.make { signals, report in
            try ScaleStudy(settings, signals: signals, report: report).run()
        } tables: { outcome in
            [ScaleTable(trials: outcome.trials).render()]
        }
    }

    private var settings: ScaleSettings {
        var settings = ScaleSettings()
        settings.queueProtocol = queueProtocol
        settings.rate = rate
        settings.repetitions = repetitions
        settings.length = length.duration
        settings.backlog = backlog
        settings.mostServers = servers
        settings.prefixes = only?.split(separator: ",").map(String.init)
        settings.output = study.out
        settings.commandLine = CommandLine.stated
        return settings
    }
}
