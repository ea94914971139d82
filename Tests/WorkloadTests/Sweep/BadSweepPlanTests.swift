import Testing
import Workload

/// What is wrong with a plan is said with its line.
@Suite("Bad sweep plans")
struct BadSweepPlanTests {
    private static let combined: [(String, Int, String)] = [
        ("zip:\n  - workers: [1, 2]\n    slots: [1, 2, 3]", 3, "slots cannot be a list of 3, where workers has 2"),
        ("zip:\n  - workers: [1, 2]\n    wrokers: [1, 2]", 3, "unknown axis \"wrokers\""),
        ("zip: {workers: [1]}", 1, "zip cannot be a mapping"),
        ("zip: []", 1, "zip cannot be an empty list"),
        ("zip:\n  - {}", 2, "zip cannot be empty"),
        ("zip:\n  - workers: 1", 2, "workers cannot be a single value"),
        (
            "zip:\n  - workers: [1, 2, 1]\n    slots: [1, 1, 1]", 2,
            "the combination \"workers 1, slots 1\" is given more than once"
        ),
        ("axes:\n  workers: [1]\nzip:\n  - workers: [1, 2]", 4, "the axis \"workers\" is given more than once"),
        ("zip:\n  - workers: [1]\ncells:\n  - {workers: 1}", 3, "the axis \"workers\" is given more than once"),
        ("zip:\n  - workers: [1]\n  - workers: [1]", 3, "the axis \"workers\" is given more than once"),
        ("cells:\n  - {workers: 1, slots: 1}\n  - {workers: 2}", 3, "slots of a cell is missing"),
        ("cells:\n  - {workers: 1}\n  - {workers: 2, slots: 1}", 3, "unknown axis of the cells \"slots\""),
        ("cells:\n  - {workers: 1}\n  - {wrokers: 2}", 3, "unknown axis \"wrokers\""),
        ("cells:\n  - {workers: 1}\n  - {workers: 0}", 3, "workers cannot be \"0\""),
        ("cells:\n  - {workers: 1}\n  - {workers: 1}", 3, "the value of workers \"1\" is given more than once"),
        ("cells: []", 1, "cells cannot be an empty list"),
        ("cells:\n  - workers", 2, "cells cannot be a single value"),
        (
            "zip:\n  - workers: [{label: a, value: 1}, {label: a, value: 2}]\n    slots: [1, 2]", 2,
            "the label of workers \"a\" is given more than once"
        ),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {slots: 1}", 3, "unknown axis \"slots\""),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {workers: 3}", 3, "unknown value of the axis workers \"3\""),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {workers: none}", 3, "unknown value of the axis workers \"none\""),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {workers: [1, 7]}", 3, "unknown value of the axis workers \"7\""),
        (
            "zip: [{workers: [1, 2], slots: [1, 2]}]\nexclude:\n  - {workers: 1, slots: 2}", 3,
            "an exclusion cannot be \"workers 1, slots 2\"; allowed: values that a cell has together"
        ),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {workers: [1, 2]}", 2, "exclude cannot be \"every cell\""),
        ("axes: {workers: [1, 2]}\nexclude: {workers: 1}", 2, "exclude cannot be a mapping"),
        ("axes: {workers: [1, 2]}\nexclude:\n  - {}", 3, "exclude cannot be empty"),
        ("axes:\n  rate: [0, 100]", 2, "rate cannot be \"0\""),
        ("axes:\n  rate:\n    - 10\n    - fast", 4, "rate cannot be \"fast\""),
        ("axes:\n  n: [5, 1.5]", 2, "n of fib-iterative cannot be \"1.5\""),
        ("scenario:\n  arrival: constant:0\naxes: {workers: [1]}", 2, "arrival cannot be \"constant:0\""),
        ("axes:\n  instance: [t9.huge]", 2, "unknown instance \"t9.huge\""),
    ]
    private static let stopRules: [(String, Int, String)] = [
        ("axes: {workers: [1]}\nuntil: {percentile: p98, within: 5%, most: 9}", 2, "unknown percentile \"p98\""),
        (
            "axes: {workers: [1]}\nuntil:\n  percentile: p99\n  latency: lunch\n  within: 5%\n  most: 9", 4,
            "unknown latency \"lunch\""
        ),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, within: 5, most: 9}", 2, "within cannot be \"5\""),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, within: 0%, most: 9}", 2, "within cannot be \"0%\""),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, within: 5%, most: 5}", 2, "most cannot be \"5\""),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, most: 9}", 2, "within is missing"),
        ("axes: {workers: [1]}\nuntil: {percentile: p99, within: 5%}", 2, "most is missing"),
        ("axes: {workers: [1]}\nuntil: {within: 5%, most: 9}", 2, "the percentile is missing"),
        ("axes: {workers: [1]}\nuntil: {measure: lost, within: 5%, most: 9}", 2, "unknown measure \"lost\""),
        (
            "axes: {workers: [1]}\nuntil: {measure: acked_per_s, percentile: p99, within: 5%, most: 9}", 2,
            "percentile cannot be \"beside measure\""
        ),
        ("axes: {workers: [1]}\nuntil: {mots: 9}", 2, "unknown field of until \"mots\""),
        (
            "repetitions: 20\naxes: {workers: [1]}\nuntil: {percentile: p99, within: 5%, most: 9}", 3,
            "most cannot be \"9\"; allowed: as many as repetitions"
        ),
        (
            "until: {percentile: p99, within: 5%, most: 600000}\naxes:\n  workers: [1, 2]", 2,
            "the number of cells times repetitions, before exclusions, cannot be \"1200000\""
        ),
    ]

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
        ] + combined + stopRules)
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
                error.description
                    == "plan.yaml:2: the number of cells times repetitions, before exclusions, cannot be \"2000000\"; "
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
            (
                "scenario: {tasks: 5, mix: 'fib-gmp:n=1'}\naxes:\n  n:\n    - 1\n    - 7", 5,
                "n cannot be \"7\" in cell c002 (n 7)"
            ),
            (
                "scenario: {tasks: 5}\naxes:\n  rate: [10]\n  arrival: ['constant:5', backlog]", 3,
                "the arrival whose rate is varied cannot be \"backlog\" in cell c002 (rate 10, arrival backlog)"
            ),
            (
                "scenario: {tasks: 5}\naxes:\n  arrival: ['ramp:1..2:1s', 'steps:1,2:1s']\n  rate: [10]", 4,
                "the arrival whose rate is varied cannot be \"ramp:1..2:1s\" in cell c001 (arrival ramp:1..2:1s, rate 10)"
            ),
            (
                "scenario: {tasks: 5}\naxes:\n  n: [5]\n  mix: ['fib-gmp:n=1', 'sleep:ms=1']", 3,
                "the mix whose n is varied cannot be \"sleep:ms=1\" in cell c002 (n 5, mix sleep:ms=1)"
            ),
            (
                "scenario: {tasks: 5, mix: 'fib-gmp:n=1'}\naxes:\n  workers: [1, 2]\n  instance:\n    - t2.small", 5,
                "instance cannot be \"t2.small\" in cell c001 (workers 1, instance t2.small)"
            ),
        ])
    func combinations(yaml: String, line: Int, problem: String) throws {
        let plan = try SweepPlanTests.plan(yaml)
        let error = try #require(throws: ScenarioError.self) {
            try plan.check { entry throws(WorkloadError) in
                guard entry.distribution != .fixed(7) else { throw .invalid(what: "n", value: "7", allowed: "others") }
            } instance: { scenario throws(WorkloadError) in
                throw .invalid(what: "instance", value: scenario.instance ?? "", allowed: "a smaller one")
            }
        }
        #expect(error.description.hasPrefix("plan.yaml:\(line): \(problem); allowed: "), "\(error)")
    }
}
