import Foundation
import TestSupport
import Testing

/// What is wrong with a plan or the command line of a sweep is said in one line, before anything starts.
@Suite struct BadSweepTests {
    private static let plans: [(text: String, line: Int, message: String)] = [
        ("axes:\n  wrokers: [1]", 2, "unknown axis \"wrokers\""),
        ("axes: {workers: []}", 1, "workers cannot be an empty list"),
        ("name: x\naxes: {}", 2, "axes cannot be empty"),
        ("axes:\n  workers: [1, 1]", 2, "the value of workers \"1\" is given more than once"),
        ("repetitions: 1000000\naxes:\n  workers: [1, 2]", 2, "cannot be \"2000000\"; allowed: at most 1000000"),
        ("scenario:\n  tasks: 1\naxes:\n  protocol:\n  - lease\n  - telex", 6, "unknown protocol \"telex\""),
        (
            "scenario: {tasks: 1}\naxes:\n  mix:\n  - fib-gmp:n=1\n  - fib-recursive:n=60", 5,
            "n of fib-recursive cannot be \"60\" in cell c002 (mix fib-recursive:n=60)"
        ),
        ("axes: {workers: [1]}", 1, "the number of tasks of a backlog is missing in cell c001 (workers 1)"),
    ]

    @Test(arguments: Self.plans.indices) func aBadPlanEndsWith65(index: Int) throws {
        let (text, line, message) = Self.plans[index]
        let folder = try TemporaryFolder()
        _ = try folder.write(text, to: "bad.yaml")
        let ending = try FibqProgram.run(["sweep", "bad.yaml"], in: folder.path)
        #expect(ending.exitCode == 65, "\(text)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.hasPrefix("fibq: bad.yaml:\(line): "), "\(text): \(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    }

    @Test(
        arguments: [
            ("sweep none.yaml", "the plan none.yaml cannot be read"),
            ("sweep plan.yaml --resume", "--resume needs to know the sweep's folder: say --out DIR"),
            ("sweep plan.yaml --resume --out none", "none holds no sweep to resume"),
            ("sweep plan.yaml --resume --dry-run --out .", ". holds no sweep to resume"),
            ("sweep plan.yaml --force", "--force says nothing without --resume"),
            ("sweep plan.yaml --out .", "the output folder . is in use"),
            ("sweep plan.yaml --redis gopher://x", "unknown scheme 'gopher'"),
            ("sweep", "Missing expected argument '<plan>'"),
        ])
    func badUsageEndsWith64(arguments: String, message: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(SweepUnderTest.tiny, to: "plan.yaml")
        let ending = try FibqProgram.run(arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == 64, "\(ending.errors)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    }
}
