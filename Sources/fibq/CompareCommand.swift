import ArgumentParser
import Harness
import Reporting

/// `fibq compare`: two recorded set-ups against each other.
struct CompareCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "compare", abstract: "Compare two recorded set-ups, and say what is more than chance.",
            discussion: """
                Each is a run, a sweep, a cell of a sweep (its name after that of the folder: sweep/c001), or a folder of runs that \
                are all repetitions of one set-up. Cells of two sweeps are matched by their parameters. A difference is claimed where the rank test of Mann and Whitney gives it a probability below \
                0.05, which takes four runs of each, or three and five. What else differs between the two is listed. Exit code 0, whatever comes \
                out; 65 for a folder that can't be read.
                """)
    }

    @Argument(help: "The folder that is the base.")
    var base: String

    @Argument(help: "The folder that is compared with it.")
    var compared: String

    @Flag(help: "Print Markdown instead of text for a terminal.")
    var markdown = false

    func run() throws {
        let comparison = try RunComparison(base: base, compared: compared)
        print(comparison.render(as: markdown ? .markdown : .terminal), terminator: "")
    }
}
