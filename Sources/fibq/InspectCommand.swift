import ArgumentParser
import Harness
import Reporting

/// `fibq inspect`: a look into a live queue.
struct InspectCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "inspect",
            abstract: "Show a live queue: its lists, its claims and their leases, who is connected.")
    }

    @OptionGroup var queue: QueueOptions

    @Option(help: "How many claims to show at most.")
    var claims = 50

    func validate() throws {
        guard (1...100_000).contains(claims) else { throw ValidationError("--claims takes 1 to 100000") }
    }

    func run() throws {
        var role = InspectRole(queue: try queue.address())
        role.mostClaims = claims
        print(try role.run().render(), terminator: "")
    }
}
