import ArgumentParser
import Harness
import Reporting

/// `fibq limits check`: is throttling real, and does it go as forecast?
struct LimitsCheckCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check", abstract: "Hold throttled runs against their forecasts, and against bars.",
            discussion: """
                Among the runs there must be one that was not held back, such as one with full credits: forecasts are made from \
                it. Exit code 1 when a bar is missed.
                """)
    }

    @Argument(help: "Folders of runs, or of sweeps such as that of scenarios/t2-small-throttled.yaml.")
    var folders: [String]

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        let runs = try folders.flatMap(ThrottleCheck.runs).map(RecordedRun.init)
        try Self.show(ThrottleCheck(runs, in: instances.catalogued).table)
    }

    /// Prints a table.
    ///
    /// - Throws: ``HarnessError/run(_:)`` when a bar was missed.
    static func show(_ table: ThrottleTable) throws(HarnessError) {
        print(table.render(), terminator: "")
        guard table.missed.isEmpty else {
            throw .run("\(table.missed.count) of \(table.bars.count) bars missed")
        }
    }
}
