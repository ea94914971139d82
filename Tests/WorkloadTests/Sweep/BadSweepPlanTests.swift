import Testing
import Workload

/// What is wrong with a plan is said with its line.
@Suite("Bad sweep plans")
struct BadSweepPlanTests {
    @Test(
        "what one field or value is not allowed to be",
        arguments: [
            ("name: x\nworkers: 2\naxes: {slots: [1]}", 2, "unknown field \"workers\""),
            ("axes:\n  workers: [1]\n  wrokers: [1]", 3, "unknown axis \"wrokers\""),
            ("axes:\n  workers: [1]\n  seed: [1, 2]", 3, "unknown axis \"seed\""),
            ("axes:\n  name: [a, b]", 2, "unknown axis \"name\""),
            ("axes:\n  workers:\n    - 1\n    - 0", 4, "workers cannot be \"0\""),
            ("axes:\n  workers:\n    - 1\n    - {label: none, value: 0}", 4, "workers cannot be \"0\""),
            ("axes:\n  protocol: [lease, telex]", 2, "unknown protocol \"telex\""),
            ("axes:\n  mix:\n    - fib-gmp:n=1\n    - fib-magic:n=1", 4, "unknown task kind \"fib-magic\""),
            ("axes:\n  workers: 2", 2, "workers cannot be a single value"),
            ("axes:\n  workers: []", 2, "workers cannot be an empty list"),
            ("axes:\n  workers: [1, 2, 1]", 2, "the value of workers \"1\" is given more than once"),
            ("axes:\n  lease:\n    - 500ms\n    - 0.5s", 4, "the value of lease \"500ms\" is given more than once"),
            (
                "axes:\n  mix:\n    - {label: a, value: 'fib-gmp:n=1'}\n    - {label: a, value: 'fib-gmp:n=2'}", 4,
                "\"a\" is given"
            ),
            ("axes:\n  workers:\n    - {label: a, valeu: 1}", 3, "unknown part of a value \"valeu\""),
            ("axes:\n  workers:\n    - {label: a}", 3, "the value is missing"),
            ("name: x\naxes: {}", 2, "axes cannot be empty"),
            ("name: x", 1, "the mapping of axes is missing"),
            ("", 1, "the mapping of axes is missing"),
            ("axes: [workers]", 1, "axes cannot be a list"),
            ("- axes", 1, "a sweep plan cannot be a list"),
            ("repetitions: 0\naxes: {workers: [1]}", 1, "repetitions cannot be \"0\""),
            ("seed: -1\naxes: {workers: [1]}", 1, "seed cannot be \"-1\""),
            ("axes: {workers: [1]}\nscenario:\n  tasks: 1\n  slots: 0", 4, "slots cannot be \"0\""),
            ("axes: {workers: [1]}\nscenario:\n  tasks: 1\n  seed: 3", 4, "seed cannot be \"part of the scenario\""),
            ("axes: {workers: [1]}\nscenario:\n  takss: 1", 3, "unknown field \"takss\""),
            ("axes: {workers: [1]}\naxes: {slots: [1]}", 1, "\"axes\" given more than once"),
            ("axes:\n  workers: [1]\n  workers: [2]", 2, "\"workers\" given more than once"),
            ("axes: {workers: [1}", 1, "malformed YAML"),
        ])
    func faults(yaml: String, line: Int, problem: String) throws {
        let error = try #require(throws: ScenarioError.self) { try SweepPlanTests.plan(yaml) }
        #expect(error.description.hasPrefix("plan.yaml:\(line): "), "\(error)")
        #expect(error.description.contains(problem), "\(error)")
        #expect(!error.description.contains("\n"))
    }

    @Test("a million runs are enough")
    func size() throws {
        let thousand = "[\((1...1000).map(String.init).joined(separator: ","))]"
        let million = "\naxes:\n  workers: \(thousand)\n  slots: \(thousand)\n"
        #expect(try SweepPlanTests.plan("name: x" + million).trialCount == 1_000_000)
        for yaml in ["repetitions: 2" + million, "name: x" + million + "  claim: [1, 2]"] {
            let error = try #require(throws: ScenarioError.self) { try SweepPlanTests.plan(yaml) }
            #expect(
                error.description == "plan.yaml:2: the number of cells times repetitions cannot be \"2000000\"; "
                    + "allowed: at most 1000000")
        }
    }

    /// 10²⁴ cells: they are counted and not built, and the count does not overflow.
    @Test("a plan without end is refused at once")
    func overflow() throws {
        let thousand = "[\((1...1000).map(String.init).joined(separator: ","))]"
        let times = "[\((10...1009).map { "\($0)ms" }.joined(separator: ","))]"
        let axes =
            ["workers", "slots", "claim", "monitors", "tasks"].map { "  \($0): \(thousand)\n" }
            + ["lease", "monitor-interval", "duration"].map { "  \($0): \(times)\n" }
        let error = try #require(throws: ScenarioError.self) { try SweepPlanTests.plan("axes:\n" + axes.joined()) }
        #expect(error.description.contains("cannot be \"huge\""), "\(error)")
    }

    @Test(
        "what the fields of a cell are not allowed to be together",
        arguments: [
            (
                "scenario:\n  duration: 1s\naxes:\n  arrival:\n    - constant:5\n    - backlog", 6,
                "the number of tasks of a backlog is missing in cell c002 (arrival backlog)"
            ),
            (
                "scenario:\n  tasks: 5\n  monitors-in-workers: false\naxes:\n  protocol: [pop, lease]", 3,
                "a monitor is missing in cell c002 (protocol lease)"
            ),
            (
                "scenario: {tasks: 5}\naxes:\n  workers: [1, 2]\n  mix:\n    - fib-gmp:n=1\n    - {label: bad, value: 'fib-gmp:n=7'}",
                6, "n cannot be \"7\" in cell c002 (workers 1, mix bad)"
            ),
        ])
    func combinations(yaml: String, line: Int, problem: String) throws {
        let plan = try SweepPlanTests.plan(yaml)
        let error = try #require(throws: ScenarioError.self) {
            try plan.check { entry throws(WorkloadError) in
                guard entry.distribution != .fixed(7) else { throw .invalid(what: "n", value: "7", allowed: "others") }
            }
        }
        #expect(error.description.hasPrefix("plan.yaml:\(line): \(problem); allowed: "), "\(error)")
    }
}
