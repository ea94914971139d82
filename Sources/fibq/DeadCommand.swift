import ArgumentParser
import Harness
import ReliableQueue
import Reporting

/// `fibq dead`: a queue's dead letters.
struct DeadCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "dead", abstract: "Look at a queue's dead letters, try them again, or throw them away.",
            subcommands: [List.self, Show.self, Requeue.self, Drop.self])
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "List them, the oldest first: one line of CSV each.")
        }

        @OptionGroup var queue: QueueOptions

        func run() throws {
            let letters = try DeadLetterRole(queue: queue.address()).list()
            print("task,kind,payload_bytes,reason")
            for letter in letters {
                let fields = [letter.name, letter.kind, "\(letter.payload.count)", letter.reason ?? ""]
                print(fields.map { $0.field(in: .text).quoted }.joined(separator: ","))
            }
        }
    }

    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration { CommandConfiguration(abstract: "Show all there is of some.") }

        @OptionGroup var queue: QueueOptions

        @Argument(help: "Their ids, as `fibq dead list` shows them.")
        var tasks: [String]

        func run() throws {
            for letter in try DeadLetterRole(queue: queue.address()).list(.these(tasks)) {
                let hex = letter.payload.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
                print("task     \(letter.name)\nkind     \(letter.kind)\nreason   \(letter.reason ?? "not known")")
                print("payload  \(hex.isEmpty ? "none" : hex)\n")
            }
        }
    }

    /// Which ones: some by their ids, or all.
    struct ChoiceOptions: ParsableArguments {
        @Argument(help: "Their ids, as `fibq dead list` shows them.")
        var tasks: [String] = []

        @Flag(help: "All of them.")
        var all = false

        func validate() throws {
            guard tasks.isEmpty == all else { throw ValidationError("say which tasks, or --all") }
        }

        var choice: DeadLetterRole.Choice { all ? .all : .these(tasks) }
    }

    struct Requeue: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: "Put them back where tasks wait, as if they were new.")
        }

        @OptionGroup var queue: QueueOptions
        @OptionGroup var chosen: ChoiceOptions

        func run() throws { print(try DeadLetterRole(queue: queue.address()).requeue(chosen.choice)) }
    }

    struct Drop: ParsableCommand {
        static var configuration: CommandConfiguration { CommandConfiguration(abstract: "Throw them away.") }

        @OptionGroup var queue: QueueOptions
        @OptionGroup var chosen: ChoiceOptions

        func run() throws { print(try DeadLetterRole(queue: queue.address()).drop(chosen.choice)) }
    }
}

extension DeadLetter {
    /// The task's id, or that it is none.
    fileprivate var name: String { id.map { "\($0)" } ?? "no-task" }
}
