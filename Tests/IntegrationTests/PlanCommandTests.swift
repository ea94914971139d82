import Foundation
import Reporting
import TestSupport
import Testing

/// What a load needs, by the committed studies, from the command line to its files. No server.
@Suite struct PlanCommandTests {
    private static let results: String = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appending(path: "results").path
    }()

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func plan(_ arguments: [String]) throws -> FibqProgram.Ending {
        try FibqProgram.run(
            ["plan", "--scale", "\(Self.results)/scale", "--growth", "\(Self.results)/growth"] + arguments,
            in: folder.path)
    }

    private func rows(of file: String, in path: String) throws -> [CSVRow] {
        try CSVRow.rows(of: String(contentsOfFile: "\(path)/\(file)", encoding: .utf8))
    }

    /// The committed plan is what follows from the committed studies.
    @Test func theCommittedPlanIsMadeAgain() throws {
        let output = folder.path(of: "plan")
        let ending = try plan(["--backlog", "1e9", "--out", output])
        #expect(ending.exitCode == 0, "\(ending.errors)")
        #expect(ending.output.contains("held against cells that it has not seen"))
        for file in ["model.csv", "model_check.csv", "plan.csv"] {
            let (made, committed) = (try rows(of: file, in: output), try rows(of: file, in: "\(Self.results)/plan"))
            #expect(made.count == committed.count)
            for (one, other) in zip(made, committed) {
                for column in one.columns where !["run_id", "cell_id"].contains(column) {
                    if let number = Double(one[column]), let expected = Double(other[column]) {
                        #expect(abs(number - expected) <= 1e-3 * abs(expected), "\(file) \(column)")
                    } else {
                        #expect(one[column] == other[column], "\(file) \(column)")
                    }
                }
            }
        }
        #expect(try Manifest.read(from: output).changedFiles(in: output) == [])
    }

    /// Whoever does more on slower processors needs more of them.
    @Test func moreWorkNeedsMoreMachines() throws {
        func workers(_ arguments: [String]) throws -> Double {
            let output = folder.path(of: "plan-\(arguments.joined())")
            #expect(try plan(["--rate", "1e5", "--out", output] + arguments).exitCode == 0)
            return try #require(try rows(of: "plan.csv", in: output).first).number("workers_for_ever")
        }
        let plain = try workers([])
        #expect(try workers(["--task-cpu", "1ms"]) > plain)
        #expect(try workers(["--speed", "0.1"]) > plain)
    }

    @Test(arguments: [
        (["--rate", "fast"], 64, "--rate takes numbers"), (["--claim", "0"], 64, "--claim takes 1 to 4096"),
        (["--task-wait", "2h"], 64, "take 0 to 1h"), (["--instance", "z9.huge"], 64, "z9.huge"),
        (["--scale", "nowhere"], 65, "nowhere"),
    ])
    func whatMakesNoSenseIsRefused(arguments: [String], exitCode: Int32, message: String) throws {
        let ending = try plan(arguments)
        #expect(ending.exitCode == exitCode, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
    }
}
