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
                and replaced by new ones, at a pace that saturates nothing, and as fast as can be. Tables go to standard output, \
                a row a trial to scale_trials.csv. fibq plan makes a model of them.
                """)
    }

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease, lock, lock-setex, stream or pop.")
    var queueProtocol: QueueProtocol = .lease

    @Option(help: "How many tasks a second go round in the paced trials.")
    var rate = 16_000

    @Option(help: "How often each trial is made.")
    var repetitions = 3

    @Option(help: "How long a trial goes round.")
    var length = DurationOption(.seconds(3))

    @Option(help: "How many tasks wait in each shard.")
    var backlog = 4_096

    @Option(help: "Only shapes of this many servers at most, 1 to 4.")
    var servers: Int?

    @Option(help: "The study's own folder; it must be empty or not exist. Default: results/<run id>.")
    var out: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        let signals = TerminationSignals()
        do {
            let study = try ScaleStudy(settings, signals: signals) { line in
                if !quiet { StandardError.write(line + "\n") }
            }
            let outcome = try study.run()
            if !outcome.isEmpty {
                print(ScaleTable(trials: outcome.trials).render())
                print("Files: \(outcome.folder)\n")
            }
            guard outcome.wasInterrupted else { return }
            let words = outcome.isEmpty ? "nothing was measured" : "what was measured so far is in \(outcome.folder)"
            StandardError.write("fibq: interrupted; \(words)\n")
            throw ExitCode(outcome.exitStatus)
        } catch let code as ExitCode {
            throw code
        } catch {
            throw HarnessError(error)
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
        settings.output = out
        settings.commandLine = CommandLine.stated
        return settings
    }
}
