import ArgumentParser
import Harness
import ReliableQueue
import Reporting

/// `fibq growth`: what a task costs as a queue grows.
struct GrowthCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "growth",
            abstract: "Measure what a task costs as the queue grows, and fit the exponents of growth.",
            discussion: """
                At each size of a law a private server's queue is filled, and tasks go round while it holds as many as before: \
                claimed, run (F(90) by additions), acked, and replaced by new ones. The enqueue's cost is part of each figure, \
                and the same at each size. The law of measuring drains a backlog by two workers with journals and without. \
                Tables go to standard output; a row a trial to growth_trials.csv and measuring.csv, the fits to exponents.csv.
                """)
    }

    @Option(name: .customLong("protocol"), help: "How the queue uses Redis: lease, lock, lock-setex, stream or pop.")
    var queueProtocol: QueueProtocol = .lease

    @Option(
        name: .customLong("law"), parsing: .upToNextOption,
        help: "What is varied, any of \(GrowthLaw.allCases.map(\.rawValue).joined(separator: ", ")). Default: each.")
    var laws: [String] = []

    @Option(help: "The sizes of the one law that is named, separated by commas. Default: the usual ones.")
    var sizes: String?

    @Option(help: "Leave out larger sizes, of every law.")
    var largest: Int?

    @Option(help: "How often each trial is made.")
    var repetitions = 3

    @Option(help: "How many tasks go round in a trial.")
    var tasks = 200_000

    @Option(help: "How many tasks wait, where that is not what is varied.")
    var backlog = 100_000

    @Option(help: "How many workers there are, where that is not what is varied.")
    var workers = 1

    @Option(help: "How many tasks a claim holds, where that is not what is varied.")
    var claim = 256

    @Option(help: "No trial goes round for longer.")
    var limit = DurationOption(.seconds(20))

    @Option(help: "How many tasks are drained to see what measuring costs.")
    var drain = 2_000_000

    @OptionGroup var study: StudyOptions

    func run() throws {
        try study.make { signals, report in
            try GrowthStudy(try settings(), signals: signals, report: report).run()
        } tables: { outcome in
            [
                QueueGrowthTable(trials: outcome.trials, exponents: outcome.exponents).render(),
                MeasuringTable(rows: outcome.drains).render(),
            ]
        }
    }

    private func settings() throws -> GrowthSettings {
        var settings = GrowthSettings()
        settings.queueProtocol = queueProtocol
        settings.laws = laws.isEmpty ? usualLaws : try laws.map(Self.law)
        settings.sizes = try sizes?.split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let size = Int(text) else {
                throw HarnessError.usage("--sizes takes numbers, such as 1000,10000, and not '\(text)'")
            }
            return size
        }
        settings.largest = largest
        settings.repetitions = repetitions
        settings.tasks = tasks
        settings.backlog = backlog
        settings.workers = workers
        settings.claim = claim
        settings.limit = limit.duration
        settings.drain = drain
        settings.output = study.out
        settings.commandLine = CommandLine.stated
        return settings
    }

    private static func law(_ name: String) throws(HarnessError) -> GrowthLaw {
        guard let law = GrowthLaw(rawValue: name) else {
            throw .usage(
                "there is no law '\(name)': say --law \(GrowthLaw.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return law
    }

    /// Each that the protocol has.
    private var usualLaws: [GrowthLaw] { GrowthLaw.allCases.filter { $0 != .inFlight || queueProtocol != .pop } }
}
