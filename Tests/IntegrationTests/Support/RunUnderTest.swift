import Foundation
import Glibc
import Measurement
import Testing
import TestSupport

/// One `fibq run` in a temporary folder: while it runs, and what it leaves.
final class RunUnderTest {
    /// The run's own folder.
    let folder: String
    let program: FibqProgram
    private let temporary: TemporaryFolder

    /// Starts `fibq run` with `arguments` and an output folder of its own.
    ///
    /// - Parameter launcher: what stands before its command line.
    init(_ arguments: [String], in temporary: TemporaryFolder? = nil, launcher: [String] = []) throws {
        let temporary = try temporary ?? TemporaryFolder()
        self.temporary = temporary
        folder = temporary.path(of: "run-\(UUID().uuidString.prefix(8))")
        program = try FibqProgram(
            ["run", "--out", folder] + arguments, in: temporary.path, launcher: launcher)
    }

    /// Runs to the end, which must be this one.
    static func finished(
        _ arguments: [String], in temporary: TemporaryFolder? = nil, exitCode: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> RunUnderTest {
        let run = try RunUnderTest(arguments, in: temporary)
        _ = try run.end(exitCode: exitCode, sourceLocation: sourceLocation)
        return run
    }

    /// Waits for the end, which must be this one.
    func end(
        exitCode: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> FibqProgram.Ending {
        let ending = try program.end()
        #expect(ending.exitCode == exitCode, "\(ending.errors)", sourceLocation: sourceLocation)
        return ending
    }

    // MARK: While it runs

    /// The worker processes that live.
    var workers: [pid_t] { ProcessTable.children(of: program.processID, role: "worker") }

    /// Waits until the workers have begun so many attempts.
    func awaitAttempts(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let isReached = eventually(within: .seconds(60)) { !program.isRunning || attempts() >= count }
        try #require(
            isReached && program.isRunning, "\(attempts()) attempts; \(program.printedErrors)",
            sourceLocation: sourceLocation)
    }

    /// Kills a worker that has a task in hand. Tasks must be long enough for that to be seen.
    func killWorkerAtWork(sourceLocation: SourceLocation = #_sourceLocation) throws {
        kill(try haltWorkerAtWork(sourceLocation: sourceLocation), SIGKILL)
    }

    /// Stops a worker (SIGSTOP) at a moment in which it has a task in hand.
    func haltWorkerAtWork(sourceLocation: SourceLocation = #_sourceLocation) throws -> pid_t {
        try Self.haltWorkerAtWork(of: program, in: folder, sourceLocation: sourceLocation)
    }

    /// The same of any program that conducts a run in that folder.
    static func haltWorkerAtWork(
        of program: FibqProgram, in folder: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> pid_t {
        var halted: pid_t?
        let isHalted = eventually(within: .seconds(30)) {
            guard let worker = ProcessTable.children(of: program.processID, role: "worker").first,
                let name = name(of: worker)
            else { return false }
            kill(worker, SIGSTOP)
            halted = worker
            if isAtWork(name, in: folder) { return true }
            kill(worker, SIGCONT)
            return false
        }
        try #require(isHalted, "\(program.printedErrors)", sourceLocation: sourceLocation)
        return try #require(halted, sourceLocation: sourceLocation)
    }

    /// Stops a worker (SIGSTOP) that has tasks of all these kinds in hand.
    func haltWorker(
        withKindsInHand kinds: Set<String>, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> pid_t {
        var halted: pid_t?
        _ = eventually {
            halted = workers.first { worker in
                Self.name(of: worker).map { kinds.isSubset(of: Self.kindsInHand($0, in: folder)) } ?? false
            }
            if let halted { kill(halted, SIGSTOP) }
            return halted != nil
        }
        return try #require(halted, "\(program.printedErrors)", sourceLocation: sourceLocation)
    }

    /// The kinds of the tasks that a worker has begun and not ended.
    private static func kindsInHand(_ worker: String, in folder: String) -> Set<String> {
        guard let journal = try? JournalReader<AttemptRecord>(opening: "\(folder)/\(worker).slot-0.attempts.journal")
        else { return [] }
        let inHand = (0..<journal.count).map { journal[$0] }.filter { $0.finished == 0 && $0.outcome == .started }
        return Set(inHand.map { journal.header.identity.labels[Int($0.kind)] })
    }

    private static func name(of worker: pid_t) -> String? {
        let arguments = ProcessTable.arguments(of: worker)
        guard let option = arguments.firstIndex(of: "--name"), option + 1 < arguments.count else { return nil }
        return arguments[option + 1]
    }

    /// True when one of the last attempts of a worker has begun and not ended; a worker with many slots has some in hand.
    private static func isAtWork(_ worker: String, in folder: String) -> Bool {
        guard let journal = try? JournalReader<AttemptRecord>(opening: "\(folder)/\(worker).slot-0.attempts.journal"),
            journal.count > 0
        else { return false }
        return (max(0, journal.count - 64)..<journal.count).contains { index in
            journal[index].finished == 0 && journal[index].outcome == .started
        }
    }

    /// How many attempts workers have begun so far; those at tasks that had one before only, if so told. A journal that
    /// is being made has none.
    func attempts(repeatedOnly: Bool = false) -> Int {
        journals("attempts").reduce(0) { sum, path in
            guard let journal = try? JournalReader<AttemptRecord>(opening: path) else { return sum }
            guard repeatedOnly else { return sum + journal.count }
            return (0..<journal.count).reduce(sum) { $0 + (journal[$1].attempt > 1 ? 1 : 0) }
        }
    }

    /// How many attempts at tasks of one kind are on record; those at tasks that had one before only, if so told.
    func attempts(atKind kind: String, repeatedOnly: Bool = false) -> Int {
        journals("attempts").reduce(0) { sum, path in
            guard let journal = try? JournalReader<AttemptRecord>(opening: path) else { return sum }
            return (0..<journal.count).reduce(sum) {
                let record = journal[$1]
                let isMeant = record.attempt > 1 || !repeatedOnly
                return $0 + (isMeant && journal.header.identity.labels[Int(record.kind)] == kind ? 1 : 0)
            }
        }
    }

    /// How many requests have arrived at the run's sink, as it writes down every second.
    var requestsAtSink: Int {
        journals("sink").reduce(0) { sum, path in
            guard let journal = try? JournalReader<SinkSecondRecord>(opening: path) else { return sum }
            return (0..<journal.count).reduce(sum) { $0 + Int(journal[$1].received) }
        }
    }

    /// The paths of its journals of one kind.
    func journals(_ kind: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".\(kind).journal") }.sorted().map { "\(folder)/\($0)" }
    }

    // MARK: What it leaves

    /// The rows of one of its CSV files.
    func table(_ name: String) throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
    }

    /// The one row of `summary.csv`.
    func summary() throws -> CSVRow {
        try #require(table("summary.csv").first)
    }

    /// What `fibq export tasks` says: a row an attempt.
    func exportedTasks() throws -> [CSVRow] {
        let ending = try FibqProgram.run(["export", "tasks", folder], in: temporary.path)
        #expect(ending.exitCode == 0, "\(ending.errors)")
        return try CSVRow.rows(of: ending.output)
    }

    /// Every cycle of every worker, in the order of time.
    func workerCycles() throws -> [CycleRecord] {
        var cycles: [CycleRecord] = []
        for path in journals("cycles") where !path.contains("/load") {
            try JournalReader<CycleRecord>(opening: path).forEach { _, cycle in cycles.append(cycle) }
        }
        return cycles.sorted { $0.claimed < $1.claimed }
    }
}

/// One row of a CSV file, by the names of its columns.
struct CSVRow {
    private let values: [String: String]

    /// The rows of a file whose fields hold no line breaks.
    static func rows(of text: String) throws -> [CSVRow] {
        let lines = text.split(separator: "\n")
        let names = fields(of: try #require(lines.first))
        return try lines.dropFirst().map { line in
            let fields = fields(of: line)
            try #require(fields.count == names.count, "\(line)")
            return CSVRow(values: Dictionary(uniqueKeysWithValues: zip(names, fields)))
        }
    }

    /// The fields of a line, without the quotes around them.
    private static func fields(of line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// The names of the columns.
    var columns: [String] { values.keys.sorted() }

    /// The text in a column.
    subscript(_ column: String) -> String { values[column] ?? "no column \(column)" }

    /// The whole number in a column.
    func count(_ column: String) throws -> Int { try #require(Int(self[column]), "\(column) is \(self[column])") }

    /// The number in a column.
    func number(_ column: String) throws -> Double {
        try #require(Double(self[column]), "\(column) is \(self[column])")
    }
}
