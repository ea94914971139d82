import ArgumentParser
import Harness

/// `fibq check`: the protocols' states, searched.
struct CheckCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Search every state of the protocols in small worlds, and print the shortest counter-examples.",
            discussion: """
                A world has a few tasks, workers and monitors, and a budget of what may go wrong: deaths, pauses, leases that \
                run out, lost replies, a Redis that is rolled back. Some are there to break: with a rule of the protocol \
                switched off the hole that it closes must be found.
                """)
    }

    @Option(name: .customLong("protocol"), help: "The worlds of one protocol only.")
    var queueProtocol: String?

    @Flag(help: "Search larger worlds, too: minutes, and a gigabyte of memory.")
    var soak = false

    func validate() throws {
        guard queueProtocol.map(CheckRole.protocols.contains) ?? true else {
            throw ValidationError("--protocol takes \(CheckRole.protocols.joined(separator: ", "))")
        }
    }

    func run() throws {
        var role = CheckRole()
        role.queueProtocol = queueProtocol
        role.isSoak = soak
        try role.run { lines in print(lines.joined(separator: "\n")) }
    }
}
