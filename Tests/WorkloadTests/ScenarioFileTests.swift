import Testing
import Workload

/// What is wrong with several fields together, and who is told: the file with its line, or the command line.
@Suite("Scenario files")
struct ScenarioFileTests {
    private static let vocabulary = Scenario.Vocabulary(queueProtocols: ["lease", "pop"], durabilities: ["none"])

    @Test(
        "a fault of the file has the line of the field that it is about",
        arguments: [
            ("seed: 2\narrival: constant:5", 2, "the length of the run is missing"),
            ("duration: 5s", 1, "the number of tasks of a backlog is missing"),
            ("tasks: 5\nworkers: 2\nmonitors-in-workers: false\nmonitors: 0", 3, "a monitor is missing"),
            ("tasks: 5\nmix: fib-gmp:n=7", 2, "n cannot be \"7\""),
            ("tasks: 5\nmix:\n  - kind: fib-gmp\n    n: 1\n\n  - n: 7\n    kind: fib-gmp", 6, "n cannot be \"7\""),
        ])
    func faults(yaml: String, line: Int, problem: String) throws {
        let file = try read(yaml)
        let error = try #require(throws: WorkloadError.self) { try check(file.scenario) }
        let located = try #require(file.located(error, checkingEntry: refuseSeven))
        #expect(located.description == "test.yaml:\(line): \(problem); allowed: \(error.allowed)")
    }

    @Test("an override mends what the file lacks")
    func mended() throws {
        var scenario = try read("arrival: constant:5").scenario
        scenario.tasks = 10
        try check(scenario)
    }

    @Test("a protocol without recovery needs no monitor")
    func pop() throws {
        try check(read("tasks: 5\nprotocol: pop\nmonitors-in-workers: false").scenario)
    }

    @Test("what an override brought in is no fault of the file")
    func overrides() throws {
        let file = try read("tasks: 5\nmonitors: 1\nmonitors-in-workers: false\nmix: fib-gmp:n=1")
        let overrides: [(inout Scenario) throws -> Void] = [
            { $0.monitors = 0 }, { $0.tasks = nil }, { $0.slots = 0 }, { $0.queueProtocol = "x" },
            { $0.mix = try TaskMix(parsing: "fib-gmp:n=7") },
        ]
        for override in overrides {
            var scenario = file.scenario
            try override(&scenario)
            let error = try #require(throws: WorkloadError.self) { try check(scenario) }
            #expect(file.located(error, checkingEntry: refuseSeven) == nil, "\(error)")
        }
    }

    private func read(_ yaml: String) throws -> ScenarioFile {
        try ScenarioFile(yaml: yaml, name: "test.yaml", vocabulary: Self.vocabulary)
    }

    private func check(_ scenario: Scenario) throws {
        try scenario.validate(vocabulary: Self.vocabulary)
        for entry in scenario.mix.entries { try refuseSeven(entry) }
    }

    private func refuseSeven(_ entry: MixEntry) throws(WorkloadError) {
        guard entry.distribution != .fixed(7) else { throw .invalid(what: "n", value: "7", allowed: "others") }
    }
}
