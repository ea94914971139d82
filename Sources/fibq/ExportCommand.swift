import ArgumentParser
import Harness

/// `fibq export`: turns a run's journals into CSV.
struct ExportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: "Turn a run's journals into CSV.", subcommands: [ExportTasksCommand.self])
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
