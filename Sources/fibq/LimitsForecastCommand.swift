import ArgumentParser
import Harness
import InstanceLimits
import Reporting

/// `fibq limits forecast`: a recorded run on another machine.
struct LimitsForecastCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "forecast",
            abstract: "Forecast how long CPU credits last, and what is sustained at which price.",
            discussion: """
                It replays what a run used of the processors (of what was on its instance, or of Redis and the workers) on an \
                instance type. With --check it also holds forecasts from that run against runs that were throttled.
                """)
    }

    @Option(help: "The instance type, such as t2.small; see `fibq limits`.")
    var instance: String?

    @Option(name: .customLong("from"), help: "The folder of the run.")
    var folder: String

    @Option(help: "Where its CPU credits begin: launch, full, empty, or a number. Default: each of the three.")
    var credits: String?

    @Option(help: "Tasks a second that arrive. Default: what the run had; all that can be done for a backlog.")
    var rate: Double?

    @Option(help: "How many times as fast its processors are as those of the run.")
    var speed: Double = 1

    @Option(help: "The file for forecast.csv, besides the table.")
    var out: String?

    @Option(parsing: .upToNextOption, help: "Folders of throttled runs to hold the forecast against.")
    var check: [String] = []

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        let run = try RecordedRun(folder)
        guard instance != nil || !check.isEmpty else {
            throw HarnessError.usage("say which --instance to forecast for, or which throttled runs to --check")
        }
        if let instance { try forecast(run, on: instance) }
        guard !check.isEmpty else { return }
        let runs = try check.flatMap(ThrottleCheck.runs).map(RecordedRun.init)
        try LimitsCheckCommand.show(ThrottleCheck(runs, from: run, in: instances.catalogued).table)
    }

    private func forecast(_ run: RecordedRun, on instance: String) throws {
        let rows = try InstanceForecast(
            run, in: instances.catalogued, type: instance, starts: starts, rate: rate, speed: speed
        ).rows
        print(ForecastTable(rows: rows).render(), terminator: "")
        guard let out else { return }
        try CSVDestination(out).write(ForecastRow.self) { emit throws(HarnessError) in
            for row in rows { try emit(row) }
        }
    }

    private var starts: [CreditAccount.Start] {
        get throws {
            guard let credits else { return [.launch, .full, .empty] }
            guard let start = CreditAccount.Start(credits) else {
                let names = CreditAccount.Start.names.joined(separator: ", ")
                throw HarnessError.usage(
                    "--credits cannot be \(credits.debugDescription); allowed: \(names), or a number of credits")
            }
            return [start]
        }
    }
}
