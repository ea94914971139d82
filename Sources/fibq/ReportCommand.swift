import ArgumentParser
import Harness
import Reporting

/// `fibq report`: what a recorded folder shows, from its files.
struct ReportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report", abstract: "Print the tables of recorded runs, sweeps and studies again.",
            discussion: """
                They are those that the command printed which made the folder, made from its CSV files and manifest.json alone. \
                Exit code 65 for a folder that can't be read, or a table that is not the one that manifest.json signs.
                """)
    }

    @Argument(help: "The folders.")
    var folders: [String]

    @Flag(help: "Print Markdown instead of text for a terminal.")
    var markdown = false

    func run() throws {
        let format: ReportFormat = markdown ? .markdown : .terminal
        for (index, folder) in folders.enumerated() {
            let report = try RecordedReport(folder)
            let name: [ReportPart] = folders.count > 1 ? [.heading(folder)] : []
            print((index > 0 ? "\n" : "") + format.text(of: name + report.parts), terminator: "")
        }
    }
}
