import Foundation
import Testing
import Workload

/// What the error messages say is allowed.
private enum Allowed {
    static let keys =
        "name, description, mix, arrival, tasks, duration, drain, payload, rtt, generators, workers, slots, claim, lock-depth, lease, monitors, monitor-interval, "
        + "monitors-in-workers, protocol, durability, topology, min-replicas, shards, producer-keeps, cores, cpu-limit, instance, credits, time-scale, instance-roles, sink-delay, sink-slow, sink-fail, sink-drop, sink-storage, "
        + "time-limit, fault, faults, fault-pause, fault-patience, seed"
    static let kinds =
        "fib-recursive, fib-iterative, fib-gmp, fib-gmp-doubling, fib-binet, sleep, message, crash, fail, hang"
    static let forms =
        "90, 1..93, or {uniform: [1, 93]}, {zipf: [1, 93, 1.1]}, {exponential: 5}, {lognormal: [5, 0.5]}"
    static let textForms = "90, 1..93, zipf(1..93,1.1), exponential(5), lognormal(5,0.5)"
    static let mixForm =
        "a list of task kinds, such as {kind: fib-gmp, n: 1..93, weight: 2}, or one line of text"
    static let times = "a duration from 10ms to 1h"
}

@Suite("Scenarios")
struct ScenarioTests {
    private static let vocabulary = Scenario.Vocabulary(
        queueProtocols: ["lease", "pop"], durabilities: ["none", "everysec", "always", "replicated:N"],
        instances: ["t2.small"])

    @Test("an empty file is all defaults", arguments: ["", "# nothing but a comment\n", "{}"])
    func defaults(yaml: String) throws {
        let scenario = try read(yaml)
        #expect(scenario == Scenario())
        #expect(scenario.workers == 2)
        #expect(scenario.claim == 256)
        #expect(scenario.lease == .seconds(5))
        #expect(scenario.mix.description == "fib-iterative:n=1..93")
    }

    @Test("every field is read")
    func everyField() throws {
        let scenario = try read(Self.everything)
        var expected = Scenario()
        expected.name = "everything"
        expected.description = "two\nlines\n"
        expected.mix = try TaskMix(
            parsing: "fib-binet:n=1..120:weight=6:expect=5ms,fib-gmp:n=90,fib-gmp:n=1..93,sleep:ms=lognormal(5,0.5),"
                + "fib-gmp:n=zipf(1..93,1.1),sleep:ms=exponential(0.5),fib-gmp:n=zipf(1..9,2)")
        expected.arrival = .poisson(perSecond: 2000)
        expected.tasks = 1000
        expected.duration = .milliseconds(1500)
        expected.workers = 3
        expected.slots = 4
        expected.claim = 4096
        expected.lockDepth = 16
        expected.lease = .seconds(2)
        expected.monitors = 1
        expected.monitorInterval = .milliseconds(250)
        expected.monitorsInWorkers = false
        expected.queueProtocol = "pop"
        expected.durability = "replicated:2"
        (expected.topology, expected.minReplicas) = (.sentinel, 1)
        expected.seed = .max
        #expect(scenario == expected)
        try scenario.validate(vocabulary: Self.vocabulary)
    }

    @Test("a mix may be one line of text")
    func mixText() throws {
        let scenario = try read("mix: fib-iterative:n=1..93:weight=6,fib-gmp:n=zipf(1..9,2)\n")
        #expect(scenario.mix.description == "fib-iterative:n=1..93:weight=6,fib-gmp:n=zipf(1..9,2)")
    }

    @Test("what is written reads back")
    func roundTrip() throws {
        var awkward = Scenario()
        awkward.name = "5: \"quoted\" # not a comment"
        awkward.description = ""
        for scenario in [Scenario(), awkward, try read(Self.everything)] {
            #expect(try read(try scenario.yaml()) == scenario)
        }
    }

    @Test("the default scenario is valid, ends within a minute and has every kind that behaves")
    func defaultScenario() throws {
        let path = URL(filePath: #filePath).appending(path: "../../../scenarios/default.yaml").standardized
        let scenario = try read(String(contentsOf: path, encoding: .utf8))
        try scenario.validate(vocabulary: Self.vocabulary)
        #expect(Set(scenario.mix.entries.map(\.kind)) == Set(TaskKind.allCases.filter { !$0.misbehaves }))
        let duration = try #require(scenario.duration)
        #expect(duration <= .seconds(30))
        let plan = try TaskPlan(
            mix: scenario.mix, arrival: scenario.arrival, tasks: scenario.tasks, duration: duration, seed: scenario.seed
        )
        let binet = plan.filter { $0.kind == .fibBinet }.map(\.parameter)
        #expect(Set(binet).isSuperset(of: 60...110))
    }

    @Test(
        "errors of a field name the file and the line",
        arguments: [
            ("workers: 2\nwrokers: 3", "2: unknown field \"wrokers\"; allowed: \(Allowed.keys)"),
            ("hello", "1: a scenario cannot be a single value; allowed: a mapping of \(Allowed.keys)"),
            ("\n- hello", "2: a scenario cannot be a list; allowed: a mapping of \(Allowed.keys)"),
            (
                "? [a]\n: 1",
                "1: a scenario cannot be a mapping with names that are no text; allowed: a mapping of \(Allowed.keys)"
            ),
            ("workers: two", "1: workers cannot be \"two\"; allowed: a whole number from 1 to 1000"),
            ("workers: 0", "1: workers cannot be \"0\"; allowed: a whole number from 1 to 1000"),
            ("workers: 2.5", "1: workers cannot be \"2.5\"; allowed: a whole number from 1 to 1000"),
            ("workers: \"2\"", "1: workers cannot be quoted text; allowed: a whole number from 1 to 1000"),
            ("workers:", "1: workers cannot be empty; allowed: a whole number from 1 to 1000"),
            ("\nworkers:\n  - 2", "2: workers cannot be a list; allowed: a whole number from 1 to 1000"),
            ("slots: -1", "1: slots cannot be \"-1\"; allowed: a whole number from 1 to 1000"),
            ("claim: 4097", "1: claim cannot be \"4097\"; allowed: a whole number from 1 to 4096"),
            ("monitors: -1", "1: monitors cannot be \"-1\"; allowed: a whole number from 0 to 1000"),
            ("tasks: 0", "1: tasks cannot be \"0\"; allowed: a whole number from 1 to 1000000000000"),
            ("seed: -1", "1: seed cannot be \"-1\"; allowed: a whole number from 0 to 18446744073709551615"),
            ("topology: ring", "1: unknown topology \"ring\"; allowed: standalone, sentinel, cluster"),
            ("lease: 0s", "1: lease cannot be \"0s\"; allowed: \(Allowed.times)"),
            ("lease: 5ms", "1: lease cannot be \"5ms\"; allowed: \(Allowed.times)"),
            ("lease: 61m", "1: lease cannot be \"61m\"; allowed: \(Allowed.times)"),
            ("monitor-interval: 1us", "1: monitor-interval cannot be \"1us\"; allowed: \(Allowed.times)"),
            ("duration: 0s", "1: duration cannot be \"0s\"; allowed: a duration from 1ms to 2500h"),
            (
                "duration: 10",
                "1: duration cannot be \"10\"; allowed: a number and its unit, such as 100us, 500ms, 1.5s, 2m or 1h"
            ),
            ("duration: {s: 1}", "1: duration cannot be a mapping; allowed: a duration, such as 500ms or 30s"),
            ("monitors-in-workers: maybe", "1: monitors-in-workers cannot be \"maybe\"; allowed: true, false"),
            ("name: [a]", "1: name cannot be a list; allowed: text"),
            ("protocol: carrier-pigeon", "1: unknown protocol \"carrier-pigeon\"; allowed: lease, pop"),
            (
                "durability: sometimes",
                "1: unknown durability \"sometimes\"; allowed: none, everysec, always, replicated:N"
            ),
            (
                "durability: replicated:0",
                "1: unknown durability \"replicated:0\"; allowed: none, everysec, always, replicated:N"
            ),
            (
                "durability: replicated:N",
                "1: unknown durability \"replicated:N\"; allowed: none, everysec, always, replicated:N"
            ),
            (
                "arrival: burst:5",
                "1: arrival cannot be \"burst:5\"; allowed: backlog, constant:PER_SECOND, poisson:PER_SECOND, burst:PER_SECOND:ON:OFF, ramp:FROM..TO:OVER, steps:PER_SECOND,PER_SECOND,…:EACH, trace:FILE, closed:TASKS"
            ),
            (
                "arrival: {poisson: 5}",
                "1: arrival cannot be a mapping; allowed: backlog, constant:PER_SECOND, poisson:PER_SECOND, burst:PER_SECOND:ON:OFF, ramp:FROM..TO:OVER, steps:PER_SECOND,PER_SECOND,…:EACH, trace:FILE, closed:TASKS"
            ),
        ])
    func fieldErrors(yaml: String, expected: String) {
        #expect(message { _ = try read(yaml) } == "test.yaml:\(expected)")
    }

    @Test(
        "errors within a mix name the line of the option",
        arguments: [
            ("mix: {}", "1: mix cannot be a mapping; allowed: \(Allowed.mixForm)"),
            ("mix: fib-magic:n=1", "1: unknown task kind \"fib-magic\"; allowed: \(Allowed.kinds)"),
            ("mix:\n  - fib-gmp", "2: mix cannot be a single value; allowed: \(Allowed.mixForm)"),
            ("mix:\n  - n: 5", "2: kind is missing; allowed: \(Allowed.kinds)"),
            ("mix:\n  - n: 5\n    kind: fib-magic", "3: unknown task kind \"fib-magic\"; allowed: \(Allowed.kinds)"),
            ("mix:\n  - kind: [fib-gmp]", "2: kind cannot be a list; allowed: \(Allowed.kinds)"),
            ("mix:\n  - kind: fib-gmp", "2: n of fib-gmp is missing; allowed: fib-gmp:n=90, fib-gmp:n=1..93"),
            ("mix:\n  - kind: fib-gmp\n    ms: 5", "3: unknown option of fib-gmp \"ms\"; allowed: n, weight, expect"),
            ("mix:\n  - kind: sleep\n    n: 5", "3: unknown option of sleep \"n\"; allowed: ms, weight, expect"),
            (
                "mix:\n  - kind: fib-gmp\n    n: -5",
                "3: n of fib-gmp cannot be \"-5\"; allowed: a whole number from 0 to 1000000000000"
            ),
            (
                "mix:\n  - kind: fib-gmp\n    n: many",
                "3: n of fib-gmp cannot be \"many\"; allowed: \(Allowed.textForms)"
            ),
            ("mix:\n  - kind: fib-gmp\n    n: [1, 2]", "3: n cannot be a list; allowed: \(Allowed.forms)"),
            (
                "mix:\n  - kind: fib-gmp\n    n: {pareto: 5}",
                "3: n of fib-gmp cannot be \"pareto(5)\"; allowed: \(Allowed.textForms)"
            ),
            (
                "mix:\n  - kind: fib-gmp\n    n: {uniform: [1, [2]]}",
                "3: uniform cannot be a list; allowed: \(Allowed.forms)"
            ),
            (
                "mix:\n  - kind: fib-gmp\n    n: {uniform: [1, 2], fixed: 3}",
                "3: n cannot be \"{uniform, fixed}\"; allowed: \(Allowed.forms)"
            ),
            (
                "mix:\n  - kind: fib-gmp\n    n: 1\n    weight: 0",
                "4: weight cannot be \"0\"; allowed: a number above 0, up to 1000000000"
            ),
        ])
    func mixErrors(yaml: String, expected: String) {
        #expect(message { _ = try read(yaml) } == "test.yaml:\(expected)")
    }

    @Test("an empty list is no mix")
    func emptyMix() {
        #expect(
            message { _ = try read("mix: []") }.hasPrefix("test.yaml:1: a task kind in the mix is missing; allowed: "))
    }

    @Test(
        "malformed YAML names its line",
        arguments: [
            ("workers: 2\nslots: [1", 2...3), ("workers: 2\n\tslots: 1", 2...2), ("workers: 2\nname: \"open", 2...3),
            ("workers: 2\nslots: *nothing", 2...2), ("workers: 2\n---\nworkers: 3", 2...3), ("a: b: c", 1...1),
            ("workers: 2\nname: a\u{1}b", 2...2),
        ])
    func malformed(yaml: String, lines: ClosedRange<Int>) throws {
        let error = try #require(throws: ScenarioError.self) { try read(yaml) }
        #expect(lines.contains(error.line), "\(error)")
        #expect(error.description.hasPrefix("test.yaml:\(error.line): malformed YAML: "))
        #expect(!error.description.contains("\n"))
    }

    @Test("a field given twice is refused")
    func repeated() {
        let text = message { _ = try read("slots: 1\nworkers: 2\nworkers: 3") }
        #expect(text == "test.yaml:2: \"workers\" given more than once; allowed: once")
    }

    @Test("a valid scenario passes, and each override out of range is refused with its option")
    func validation() throws {
        var valid = Scenario()
        valid.tasks = 1000
        try valid.validate(vocabulary: Self.vocabulary)
        var breaks: [(String, (inout Scenario) -> Void)] = [
            ("tasks", { $0.tasks = 0 }), ("duration", { $0.duration = .zero }), ("workers", { $0.workers = 0 }),
            ("payload", { $0.payload = 0 }), ("payload", { $0.payload = 65_537 }), ("rtt", { $0.rtt = .zero }),
            ("generators", { $0.generators = 0 }), ("generators", { $0.generators = 65 }),
            ("slots", { $0.slots = 0 }), ("claim", { $0.claim = 4097 }), ("claim", { $0.claim = 0 }),
            ("lock-depth", { $0.lockDepth = 0 }),
            ("lease", { $0.lease = .zero }), ("lease", { $0.lease = .seconds(3601) }),
            ("monitors", { $0.monitors = -1 }),
            ("monitor-interval", { $0.monitorInterval = .milliseconds(9) }),
            ("a monitor is missing", { $0.monitorsInWorkers = false }),
            ("unknown protocol", { $0.queueProtocol = "x" }), ("unknown durability", { $0.durability = "x" }),
            ("the number of tasks of a backlog", { $0.tasks = nil }),
            ("arrival", { $0.arrival = .poisson(perSecond: 0) }), ("drain", { $0.drain = .seconds(86_401) }),
        ]
        // What can't be shared, can't be gone on with, or would wait for ever.
        let (ends, pauses) = (try Fault(parsing: "kill-producer"), try Fault(parsing: "pause-worker"))
        breaks += [
            ("generators cannot be \"2\"", { ($0.arrival, $0.generators) = (.closed(window: 5), 2) }),
            ("arrival cannot be \"closed:5\"", { ($0.arrival, $0.queueProtocol) = (.closed(window: 5), "pop") }),
            ("arrival cannot be \"closed:5\"", { ($0.arrival, $0.fault) = (.closed(window: 5), pauses) }),
            ("generators cannot be \"2\"", { ($0.generators, $0.fault) = (2, ends) }),
            ("fault cannot be \"kill-producer\"", { ($0.arrival, $0.fault) = (.trace(file: "x"), ends) }),
        ]
        let (failsOver, moves) = (try Fault(parsing: "fail-over"), try Fault(parsing: "move-slot"))
        breaks += [
            ("min-replicas cannot be \"1\"", { $0.minReplicas = 1 }), ("min-replicas", { $0.minReplicas = -1 }),
            ("shards", { $0.shards = 0 }), ("shards", { $0.shards = 257 }),
            ("min-replicas cannot be \"2\"", { ($0.topology, $0.minReplicas) = (.cluster, 2) }),
            ("durability cannot be \"replicated:3\"", { ($0.topology, $0.durability) = (.sentinel, "replicated:3") }),
            ("topology cannot be \"sentinel\"", { ($0.topology, $0.rtt) = (.sentinel, .milliseconds(1)) }),
            ("topology cannot be \"cluster\"", { ($0.topology, $0.instance) = (.cluster, "t2.small") }),
            ("a replica for the fault is missing", { $0.fault = failsOver }),
            ("topology cannot be \"sentinel\"", { ($0.topology, $0.fault) = (.sentinel, moves) }),
        ]
        for text in ["10000", "9000..11000", "exponential(15000)", "lognormal(10000,0.5)"] {
            let delay = try SinkDelay(parsing: text, what: "sink-delay")
            breaks.append(("sink-delay cannot be \"\(text)\"", { $0.sink.delay = delay }))
        }
        for (prefix, change) in breaks {
            var scenario = valid
            change(&scenario)
            let text = message { try scenario.validate(vocabulary: Self.vocabulary) }
            #expect(text.hasPrefix(prefix), "\(text)")
        }
    }

    private func read(_ yaml: String) throws -> Scenario {
        try ScenarioFile(yaml: yaml, name: "test.yaml", vocabulary: Self.vocabulary).scenario
    }

    private static let everything = """
        name: everything
        description: |
          two
          lines
        mix:
          - kind: fib-binet
            n: {uniform: [1, 120]}
            weight: 6
            expect: 5ms
          - kind: fib-gmp
            n: 90
          - {kind: fib-gmp, n: 1..93}
          - kind: sleep
            ms:
              lognormal: [5, 0.5]
          - kind: fib-gmp
            n: {zipf: [1, 93, 1.1]}
          - kind: sleep
            ms: {exponential: 0.5}
          - kind: fib-gmp
            n: zipf(1..9,2)
        arrival: poisson:2000
        tasks: 1000
        duration: 1.5s
        workers: 3
        slots: 4
        claim: 4096
        lock-depth: 16
        lease: 2s
        monitors: 1
        monitor-interval: 250ms
        monitors-in-workers: false
        protocol: pop
        durability: replicated:2
        topology: sentinel
        min-replicas: 1
        seed: 18446744073709551615
        """
}
