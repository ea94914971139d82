import ArgumentParser

/// `fibq sweep`: every combination of some values of a scenario's fields, as a run each.
struct SweepCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sweep", abstract: "Run every cell of a plan, in a random order, and resume after a break.",
            discussion: """
                Each cell is a run of its own. The table goes to standard output, a row a run to cells.csv, and what the \
                repetitions of each cell say together to estimates.csv.
                """)
    }

    @OptionGroup var plan: PlanOptions

    func run() throws { try plan.carryOut() }
}
