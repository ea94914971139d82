import ArgumentParser
import Harness
import Reporting

/// `fibq limits`: what instance types give.
struct LimitsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limits",
            abstract: "Show the instance types that are known: processors, memory, CPU credits, network, price.")
    }

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        print(try LimitsRole(adding: instances.catalogue).table.render(), terminator: "")
    }
}
