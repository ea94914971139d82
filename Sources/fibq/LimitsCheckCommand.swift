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
                it. Exit code 1 when a bar is missed, or nothing was held against it.
                """)
    }

    @Argument(help: "Folders of runs, or of sweeps such as that of scenarios/t2-small-throttled.yaml.")
    var folders: [String]

    @OptionGroup var instances: CatalogueOption

    func run() throws {
        let runs = try folders.flatMap(ThrottleCheck.runs).map(RecordedRun.init)
        try Self.show(ThrottleCheck(runs, in: instances.catalogued).table, demandsAll: true)
    }

    /// Prints a table.
    ///
    /// - Parameter demandsAll: whether a bar that nothing was held against counts as missed.
    /// - Throws: ``HarnessError/run(_:)`` when a bar was missed.
    static func show(_ table: ThrottleTable, demandsAll: Bool = false) throws(HarnessError) {
        print(table.render(), terminator: "")
        if demandsAll, table.bars.contains(where: { $0.holds == nil }) {
            throw .run("nothing was held against some of the bars: these runs do not show that throttling is real")
        }
        guard table.missed.isEmpty else {
            throw .run("\(table.missed.count) of \(table.bars.count) bars missed")
        }
    }
}
