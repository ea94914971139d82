import Foundation
import Glibc
import TestSupport
import Testing

/// One `fibq sweep` in a temporary folder: while it runs, and what it leaves.
final class SweepUnderTest {
    /// Four cells that take a fraction of a second each.
    static let tiny = """
        name: tiny
        seed: 5
        scenario: {tasks: 200, workers: 1, mix: "fib-iterative:n=1..93"}
        axes:
          slots: [1, 2]
          claim: [1, 16]
        """
    /// Four cells that take a second each.
    static let slow = """
        scenario: {arrival: "constant:200", duration: 1s, workers: 1, mix: "fib-iterative:n=90"}
        axes:
          slots: [1, 2]
          claim: [1, 16]
        """

    /// The sweep's own folder.
    let folder: String
    private let temporary: TemporaryFolder
    private(set) var program: FibqProgram

    /// Starts a sweep of this plan.
    init(_ plan: String, _ arguments: String...) throws {
        temporary = try TemporaryFolder()
        folder = temporary.path(of: "sweep")
        _ = try temporary.write(plan, to: "plan.yaml")
        program = try FibqProgram(["sweep", "plan.yaml", "--out", folder] + arguments, in: temporary.path)
    }

    /// Goes on with it, by this plan if it is to be another one.
    func resume(_ plan: String? = nil, _ arguments: String...) throws {
        if let plan { _ = try temporary.write(plan, to: "plan.yaml") }
        program = try FibqProgram(["sweep", "plan.yaml", "--resume", "--out", folder] + arguments, in: temporary.path)
    }

    /// Waits for the end, which must be this one.
    @discardableResult
    func end(
        exitCode: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> FibqProgram.Ending {
        let ending = try program.end()
        #expect(ending.exitCode == exitCode, "\(ending.errors)", sourceLocation: sourceLocation)
        return ending
    }

    /// What another command says of its folder.
    func ending(of command: String) throws -> FibqProgram.Ending {
        try FibqProgram.run([command, folder], in: temporary.path)
    }

    /// Waits until `count` runs have ended and the next one is under way, with its workers at work.
    func awaitRun(after count: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let isReached = eventually(within: .seconds(60)) {
            !program.isRunning
                || finishedRuns == count && !ProcessTable.children(of: program.processID, role: "worker").isEmpty
        }
        try #require(isReached && program.isRunning, "\(program.printedErrors)", sourceLocation: sourceLocation)
    }

    /// How many runs the journal calls ended.
    var finishedRuns: Int {
        let text = (try? String(contentsOfFile: "\(folder)/cells.journal", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count { $0.hasPrefix("{\"cell\":") }
    }

    /// The rows of `cells.csv`.
    func cells() throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(folder)/cells.csv", encoding: .utf8))
    }

    /// The rows of `estimates.csv`.
    func estimates() throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(folder)/estimates.csv", encoding: .utf8))
    }

    /// The names of the folders of its runs, in order.
    func runs() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.wholeMatch(of: /c\d+-r\d+/) != nil }
            .sorted()
    }

    /// The files in a run's folder, in order.
    func files(of run: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(run)").sorted()
    }

    /// When the files of a run were last written.
    func date(of run: String) throws -> Date {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(run)/manifest.json")
        return try #require(attributes[.modificationDate] as? Date)
    }

    /// Whatever is in the temporary folder besides the plan, the sweep and what was printed: folders of servers.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: temporary.path).filter {
            $0 != "plan.yaml" && $0 != "sweep" && !$0.hasSuffix(".out") && !$0.hasSuffix(".err")
        }
    }
}
