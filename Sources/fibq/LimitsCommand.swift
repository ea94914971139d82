import ArgumentParser
import Harness
import Reporting

/// `fibq limits`: what instance types give, and what a run would come to on one.
struct LimitsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limits", abstract: "Show what instance types give, and forecast what a run comes to on one.",
            subcommands: [LimitsListCommand.self, LimitsForecastCommand.self, LimitsCheckCommand.self],
            defaultSubcommand: LimitsListCommand.self)
    }
}

/// `fibq limits list`, and `fibq limits` alone: the catalogue.
struct LimitsListCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "Show the instance types that are known: processors, memory, CPU credits, network, price.")
    }

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        print(try LimitsRole(adding: instances.catalogue).table.render(), terminator: "")
    }
}
