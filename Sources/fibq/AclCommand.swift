import ArgumentParser
import Harness
import Redis
import ReliableQueue

/// `fibq acl`: the rights that a queue's user needs.
struct AclCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "acl",
            abstract: "Print the least rights that a queue's user needs, as lines for redis-cli.",
            discussion: """
                Nothing is connected to: what is printed follows from the queue's name, its protocol, and the kind of \
                the address (a Cluster's nodes are asked for their map, Sentinels for the master). Run the lines at each \
                server, with a password for PASSWORD; in a Cluster at each node, replicas too.
                """)
    }

    @OptionGroup var queue: QueueOptions

    @Option(help: "The user's name.")
    var user = "fibq"

    func validate() throws {
        guard !user.isEmpty, !user.contains(where: \.isWhitespace) else {
            throw ValidationError("--user takes a name without spaces")
        }
        guard !queue.queue.contains(where: \.isWhitespace) else {
            throw ValidationError(
                "Redis takes no spaces in the pattern of a user's keys: no rights for a --queue with some")
        }
    }

    func run() throws {
        let address = try queue.addressToDescribe()
        print(Self.line(user, QueueRights(for: address.configuration).rules))
        if case .sentinel = address.endpoint.address {
            print("# At each Sentinel:")
            print(Self.line(user, QueueRights.sentinelRules))
        }
    }

    private static func line(_ user: String, _ rules: [String]) -> String {
        let rules = (["reset", "on", ">PASSWORD"] + rules).map(quoted)
        return "ACL SETUSER \(quoted(user)) \(rules.joined(separator: " "))"
    }

    /// As redis-cli reads a word: with quotes where it holds what separates words, or quotes.
    private static func quoted(_ word: String) -> String {
        guard word.contains(where: { $0.isWhitespace || "\"'\\".contains($0) }) else { return word }
        return "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
