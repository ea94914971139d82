import ArgumentParser
import Harness
import Workload

/// `fibq export`: turns a run's journals into CSV.
struct ExportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: "Write tasks as CSV: those of a run, or those of a plan.",
            subcommands: [ExportTasksCommand.self, ExportPlanCommand.self])
    }
}

/// `fibq export tasks`: every attempt of every task.
struct ExportTasksCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "tasks", abstract: "Print a line for each attempt of each task.")
    }

    @Argument(help: "The run's folder.")
    var folder: String

    func run() throws {
        try TaskExport.write(folder) { print($0, terminator: "") }
    }
}

/// `fibq export plan`: the tasks of a plan, before they are sent.
struct ExportPlanCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan",
            abstract: "Print a line for each task of a plan, to be sent so with --arrival trace:FILE.")
    }

    @Argument(help: "The scenario, a YAML file.")
    var scenario: String?

    @OptionGroup var workload: WorkloadOptions

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        do {
            let vocabulary = RunSettings.vocabulary(try instances.catalogued)
            var scenario = try ScenarioFile.read(self.scenario, vocabulary)?.scenario ?? Scenario()
            try workload.apply(to: &scenario)
            try scenario.checkRanges()
            try ParameterLimits.check(scenario.mix, force: workload.force)
            try PlanExport.write(scenario) { print($0, terminator: "") }
        } catch {
            throw HarnessError(error)
        }
    }
}
