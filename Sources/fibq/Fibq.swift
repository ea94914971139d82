import ArgumentParser
import Harness
import Processes

/// The command line: parses, hands over, prints, and turns errors into exit codes.
@main
struct Fibq: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fibq",
            abstract: "A reliable queue on nothing but Redis, and what it can carry.",
            discussion: """
                Exit codes: 0 done; 1 the run itself failed (lost tasks, wrong results); 64 bad usage; 65 a bad input \
                file; 69 a service is unavailable or unfit; 130 interrupted, with what was measured written out.
                """,
            subcommands: [
                RunCommand.self, SweepCommand.self, FaultsCommand.self, RecoveryCommand.self, GrowthCommand.self,
                KneeCommand.self, QueueingCommand.self, ScaleCommand.self, PlanCommand.self,
                LimitsCommand.self, CheckCommand.self, FibCommand.self, WorkerCommand.self, LoadCommand.self,
                MonitorCommand.self,
                SinkCommand.self, LinkCommand.self, PlaceCommand.self, EnqueueCommand.self, InspectCommand.self,
                ShardsCommand.self,
                TopCommand.self, DeadCommand.self, AclCommand.self,
                ExportCommand.self, AccuracyCommand.self, ReportCommand.self, CompareCommand.self, VerifyCommand.self,
            ])
    }

    static func main() {
        do {
            if ParentGuard.isOrphan { throw HarnessError.unanswered("the run that this process belongs to has ended") }
            var command = try parseAsRoot()
            try command.run()
            try StandardOutput.finish()
        } catch let error as HarnessError {
            StandardError.write("fibq: \(error)\n")
            exit(withError: ExitCode(error.exitCode))
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            // A request for help is no error; everything else is one line.
            if exitCode(for: error) == .success { exit(withError: error) }
            StandardError.write("fibq: \(message(for: error)); see 'fibq --help'\n")
            exit(withError: exitCode(for: error))
        }
    }
}
