import ArgumentParser
import Harness

/// What commands that make a study have in common: where its files go, what is shown of it, and how the command ends.
struct StudyOptions: ParsableArguments {
    @Option(help: "The study's own folder; it must be empty or not exist. Default: results/<run id>.")
    var out: String?

    @Flag(help: "Show no progress.")
    var quiet = false

    /// Makes a study that a signal ends, and shows what came of it.
    func make<Outcome: StudyOutcome>(
        _ study: (TerminationSignals, @escaping (String) -> Void) throws -> Outcome, tables: (Outcome) -> [String]
    ) throws {
        try Self.make(isQuiet: quiet, study, tables: tables)
    }

    /// Makes a study that a signal ends, and shows what came of it: what it is at and what is wrong on standard error, tables and
    /// the folder on standard output. Exits with the outcome's status, or with that of the error that ended it.
    ///
    /// - Parameters:
    ///   - study: makes it; it is given the signals, and whom to tell what it is at.
    ///   - tables: of an outcome that is not empty; those of nothing are left out.
    static func make<Outcome: StudyOutcome>(
        isQuiet: Bool, _ study: (TerminationSignals, @escaping (String) -> Void) throws -> Outcome,
        tables: (Outcome) -> [String]
    ) throws {
        let outcome: Outcome
        do {
            outcome = try study(TerminationSignals()) { line in
                if !isQuiet { StandardError.write(line + "\n") }
            }
        } catch {
            throw HarnessError(error)
        }
        if !outcome.isEmpty {
            for table in tables(outcome) where !table.isEmpty { print(table) }
            print("Files: \(outcome.folder)\n")
        }
        if outcome.exitStatus == 130 {
            let words = outcome.isEmpty ? "nothing was measured" : "what was measured so far is in \(outcome.folder)"
            StandardError.write("fibq: interrupted; \(words)\n")
        } else if let problem = outcome.problem {
            StandardError.write("fibq: \(problem)\n")
        }
        if outcome.exitStatus != 0 { throw ExitCode(outcome.exitStatus) }
    }
}
