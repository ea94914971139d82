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
        ("zip:\n- workers: [1, 2]\n  slots: [1]", 3, "slots cannot be a list of 1, where workers has 2"),
        ("axes: {workers: [1]}\ncells:\n- {workers: 2}", 2, "the axis \"workers\" is given more than once"),
        ("axes: {workers: [1, 2]}\nexclude:\n- {slots: 1}", 3, "unknown axis \"slots\""),
        ("axes: {workers: [1, 2]}\nexclude:\n- {workers: 3}", 3, "unknown value of the axis workers \"3\""),
        ("axes: {workers: [1]}\nexclude:\n- {workers: 1}", 2, "exclude cannot be \"every cell\""),
        (
            "zip: [{workers: [1, 2], slots: [1, 2]}]\nexclude:\n- {workers: 1, slots: 2}", 3,
            "an exclusion cannot be \"workers 1, slots 2\""
        ),
        ("scenario: {tasks: 1, arrival: 'constant:1'}\naxes:\n  rate: [0]", 3, "rate cannot be \"0\""),
        (
            "scenario: {tasks: 1}\naxes:\n  rate: [5]", 3,
            "the arrival whose rate is varied cannot be \"backlog\" in cell c001 (rate 5)"
        ),
        ("scenario: {tasks: 1}\naxes:\n  instance: [t9.huge]", 3, "unknown instance \"t9.huge\""),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, within: 5%, most: 2}", 2, "most cannot be \"2\""),
    ]

    /// Also when nothing is to be run.
    @Test(arguments: Self.plans.indices, [[], ["--dry-run"]])
    func aBadPlanEndsWith65(index: Int, option: [String]) throws {
        let (text, line, message) = Self.plans[index]
        let folder = try TemporaryFolder()
        _ = try folder.write(text, to: "bad.yaml")
        let ending = try FibqProgram.run(["sweep", "bad.yaml"] + option, in: folder.path)
        #expect(ending.exitCode == 65, "\(text)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.hasPrefix("fibq: bad.yaml:\(line): "), "\(text): \(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    }

    /// The first cell could be run: the second one is found out before.
    @Test(
        arguments: [("processors: 4096", "memory_gib: 0.5"), ("processors: 1", "memory_gib: 4194304")],
        ["", "--dry-run"])
    func anInstanceThatIsTooLargeEndsWith65(size: (processors: String, memory: String), option: String) throws {
        let folder = try TemporaryFolder()
        let type = "\(size.processors), \(size.memory), processor: none, network_gbps: 1, network_burst_gbps: 1"
        let types = """
            - source: a test
              date: 2026-01-01
              types:
              - {name: huge, \(type), usd_per_hour: 1}
              - {name: tiny, \(type.replacing(size.processors, with: "processors: 1").replacing(size.memory, with: "memory_gib: 0.5")), usd_per_hour: 1}
            """
        _ = try folder.write(types, to: "types.yaml")
        _ = try folder.write("scenario: {tasks: 1}\naxes:\n  instance:\n  - tiny\n  - huge", to: "plan.yaml")
        let arguments = ["sweep", "plan.yaml", "--catalogue", "types.yaml", option].filter { !$0.isEmpty }
        let ending = try FibqProgram.run(arguments, in: folder.path)
        #expect(ending.exitCode == 65, "\(ending.errors)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        let expected =
            "fibq: plan.yaml:5: instance cannot be \"huge\" in cell c002 (instance huge); allowed: a smaller type"
        #expect(ending.errors.hasPrefix(expected), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    }

    @Test(
        arguments: [
            ("sweep none.yaml", "the plan none.yaml cannot be read"),
            ("sweep plan.yaml --resume", "--resume needs to know the sweep's folder: say --out DIR"),
            ("sweep plan.yaml --resume --out none", "none holds no sweep to resume"),
            ("sweep plan.yaml --resume --dry-run --out .", ". holds no sweep to resume"),
            (
                "sweep plan.yaml --resume --out cut",
                "the sweep in cut was ended before its first run: remove the folder and begin anew"
            ),
            ("sweep plan.yaml --force", "--force says nothing without --resume"),
            ("sweep plan.yaml --out .", "the output folder . is in use"),
            ("sweep plan.yaml --redis gopher://x", "unknown scheme 'gopher'"),
            ("sweep", "Missing expected argument '<plan>'"),
        ])
    func badUsageEndsWith64(arguments: String, message: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(SweepUnderTest.tiny, to: "plan.yaml")
        // Killed between its folder and the first line of its journal.
        try FileManager.default.createDirectory(atPath: folder.path(of: "cut"), withIntermediateDirectories: false)
        _ = try folder.write("{\"sweep\":{\"run", to: "cut/cells.journal")
        let ending = try FibqProgram.run(arguments.split(separator: " ").map(String.init), in: folder.path)
        #expect(ending.exitCode == 64, "\(ending.errors)")
        #expect(ending.errorLines.count == 1, "\(ending.errors)")
        #expect(ending.errors.contains(message), "\(ending.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    }
}
