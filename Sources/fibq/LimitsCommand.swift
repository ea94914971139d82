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

    @Option(help: "A YAML file with types of your own, in the form of the catalogue that comes with fibq.")
    var catalogue: String?

    func run() throws {
        print(try LimitsRole(adding: catalogue).table.render(), terminator: "")
    }
}
