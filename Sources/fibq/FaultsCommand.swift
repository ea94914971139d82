import ArgumentParser
import Workload

/// `fibq faults`: the runs of a plan, each with faults.
struct FaultsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "faults",
            abstract: "Inject faults into the runs of a plan: what is lost, what is run twice, how soon it is mended?",
            discussion: """
                A plan is one of `fibq sweep` whose scenario, or an axis of it, has the field fault. The table goes to standard \
                output, a row a fault to faults.csv, a row a run to cells.csv; where another server becomes the queue's master, \
                as under Sentinel or in a Cluster, a row a set-up to failover.csv, too. Losses are results, and no failure; a \
                run that could not be carried out is one.
                """)
    }

    @OptionGroup var plan: PlanOptions

    func run() throws {
        try plan.carryOut { scenario throws(WorkloadError) in
            guard scenario.fault == nil else { return }
            throw .missing(what: "the fault of a cell", allowed: "the field fault in the scenario, or an axis of it")
        }
    }
}
