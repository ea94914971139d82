import ArgumentParser
import Harness
import Measurement
import Reporting
import Workload

/// `fibq knee`: the highest rate that a set-up sustains.
struct KneeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "knee",
            abstract: "Find the highest rate at which a scenario meets an objective.",
            discussion: """
                The rate is doubled until the objective is missed, the knee narrowed down by bisection, and the rate found \
                repeated: it counts when all repetitions but one in six meet the objective. A probe also misses when its \
                backlog grows, and says nothing when its generator fell behind. The set-up is that of `fibq run` with the same \
                options, but for --arrival, which is poisson (the default) or constant, without a rate. The curve goes to \
                knee.csv, a row a probe, and the files of each probe to folders beside it. Exit code 1: no knee was found.
                """)
    }

    @OptionGroup var setup: RunCommand

    @Option(
        help: "What must hold, such as 'p99 end_to_end_intended < 50ms': p50 to p99.99, max or mean of a latency kind.")
    var objective: String

    @Option(help: "The first rate, in tasks a second.")
    var from = 100.0

    @Option(help: "No rate is higher.")
    var most = 1_000_000.0

    @Option(help: "How far apart the rates met and missed may be in the end.")
    var resolution = ShareOption(0.02)

    @Option(help: "How long tasks are sent in each probe.")
    var probe = DurationOption(.seconds(10))

    @Option(help: "How often the rate found is repeated; from 6 on there is an interval of the figure's median.")
    var repetitions = 6

    func run() throws {
        let settings: KneeSettings
        do { settings = try self.settings() } catch { throw HarnessError(error) }
        let objective = settings.objective
        try StudyOptions.make(isQuiet: setup.quiet) { signals, report in
            try KneeStudy(settings, signals: signals, report: report).run()
        } tables: { outcome in
            [KneeTable(objective: "\(objective)", rows: outcome.rows).render()]
                + (outcome.result.map { [Self.sentence($0, outcome, objective)] } ?? [])
        }
    }

    /// What came of it, with the figure's interval where there is one.
    static func sentence(_ result: KneeOutcome, _ outcome: KneeStudy.Outcome, _ objective: KneeObjective) -> String {
        guard let interval = outcome.interval else { return result.words + "\n" }
        func time(_ microseconds: Double) -> String { HumanNumber.time(microseconds: microseconds) }
        return "\(result.words); \(objective.figure.rawValue) there: median \(time(interval.median)), "
            + "\(time(interval.low)) to \(time(interval.high)) (\(HumanNumber.percent(interval.coverage)))\n"
    }

    private func settings() throws -> KneeSettings {
        guard setup.workload.tasks == nil, setup.workload.duration == nil else {
            throw HarnessError.usage("each probe is --probe long: leave out --tasks and --duration")
        }
        guard setup.gathering.gather == nil else {
            throw HarnessError.usage("--gather makes one run, and a knee takes many: leave it out")
        }
        let objective = try KneeObjective(parsing: objective)
        var setup = setup
        let arrival = try setup.workload.arrival.map { text throws(HarnessError) in
            guard let arrival = KneeSettings.Arrival(rawValue: text) else {
                throw .usage("--arrival is poisson or constant here, without a rate: '\(text)' is neither")
            }
            return arrival
        }
        setup.workload.arrival = nil
        var settings = KneeSettings(run: try setup.settings { try lend(&$0) }, objective: objective)
        if let arrival { settings.arrival = arrival }
        settings.from = from
        settings.most = most
        settings.resolution = resolution.share
        settings.probe = probe.duration
        settings.repetitions = repetitions
        settings.output = setup.out
        try settings.validate()
        return settings
    }

    /// Gives the scenario a rate and a length, for it to be one that can be checked.
    private func lend(_ scenario: inout Scenario) throws {
        scenario.arrival = .poisson(perSecond: 1)
        (scenario.tasks, scenario.duration) = (nil, probe.duration)
    }
}
