import ArgumentParser
import Harness
import Reporting

/// `fibq queueing`: measured waits against those that the theory of queues predicts.
struct QueueingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "queueing",
            abstract: "Hold the waits of a queue with one slot against the theory of queues.",
            discussion: """
                One worker with one slot runs tasks that sleep, all equally long (M/D/1) or exponentially distributed (M/M/1), \
                and that arrive at random. A short calibration says for how long a task occupies the slot, and so at which rate \
                it is as loaded as was asked for. The mean wait of each run is held against what Pollaczek and Khinchine say of \
                the arrivals and occupancies that it measured. Each run has so many tasks that chance makes some 3 % of the ratio or \
                less, which at a load of 90 % is more than --tasks (a study with fewer than 100000 is a trial: then it has \
                just those). A table goes to standard output, and a row a run to queueing.csv. Exit code 1: one is more than \
                10 % off.
                """)
    }

    @Option(help: "The loads, percentages separated by commas.")
    var loads = "50,70,90"

    @Option(help: "How many tasks each run has at least.")
    var tasks = 100_000

    @Option(help: "How long a task sleeps, on average; 1ms or more.")
    var service = DurationOption(.milliseconds(5))

    @Option(help: "How many runs go on at the same time: a sleep needs no processor. Default: all.")
    var parallel: Int?

    @Option(help: "The same seed gives the same tasks and arrivals.")
    var seed: UInt64 = 1

    @Flag(
        help: "Instead of that, have `fibq knee` find the knee of such a queue with equally long tasks, which is known."
    )
    var knee = false

    @Option(help: "The study's own folder; it must be empty or not exist. Default: results/<run id>.")
    var out: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() throws {
        let signals = TerminationSignals()
        do {
            let settings = try settings()
            let exitStatus = try knee ? check(settings, signals) : study(settings, signals)
            if exitStatus != 0 { throw ExitCode(exitStatus) }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw HarnessError(error)
        }
    }

    private func report(_ line: String) {
        if !quiet { StandardError.write(line + "\n") }
    }

    private func study(_ settings: QueueingSettings, _ signals: TerminationSignals) throws -> Int32 {
        let outcome = try QueueingStudy(settings, signals: signals, report: report).run()
        print(QueueingTable(rows: outcome.rows).render())
        if !outcome.rows.isEmpty { print("Files: \(outcome.folder)\n") }
        if outcome.wasInterrupted {
            StandardError.write(
                outcome.rows.isEmpty
                    ? "fibq: interrupted; nothing was measured\n"
                    : "fibq: interrupted; the runs that had ended are in \(outcome.folder)\n")
        } else if let problem = outcome.problem {
            StandardError.write("fibq: \(problem)\n")
        }
        return outcome.exitStatus
    }

    private func check(_ settings: QueueingSettings, _ signals: TerminationSignals) throws -> Int32 {
        let outcome = try KneeCheck(settings, signals: signals, report: report).run()
        if let row = outcome.row { print(KneeCheckTable(row: row).render()) }
        if let knee = outcome.knee, !knee.rows.isEmpty { print("Files: \(outcome.folder)\n") }
        if outcome.wasInterrupted {
            StandardError.write("fibq: interrupted; what was probed so far is in \(outcome.folder)\n")
        } else if let row = outcome.row {
            if !row.isWithinTolerance { StandardError.write("fibq: found and known differ by more than 5 %\n") }
        } else {
            StandardError.write("fibq: no knee: \(outcome.knee?.result?.words ?? "the search was not begun")\n")
        }
        return outcome.exitStatus
    }

    private func settings() throws -> QueueingSettings {
        var settings = QueueingSettings()
        settings.loads = try loads.split(separator: ",", omittingEmptySubsequences: false).map { text in
            guard let percent = Double(text) else {
                throw HarnessError.usage("--loads takes percentages, such as 50,70,90, and not '\(text)'")
            }
            return percent / 100
        }
        settings.tasks = tasks
        settings.service = service.duration
        settings.parallel = parallel
        settings.seed = seed
        settings.output = out
        settings.commandLine = CommandLine.stated
        return settings
    }
}
