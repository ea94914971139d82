import Testing
import Workload

/// What a plan's cells are, and in which order they are run.
@Suite("Sweep plans")
struct SweepPlanTests {
    static let vocabulary = Scenario.Vocabulary(
        queueProtocols: ["lease", "lock", "pop"], durabilities: ["none", "always"], instances: ["t2.small"],
        latencies: ["end_to_end_intended", "service"])

    static func plan(_ yaml: String) throws -> SweepPlan {
        try SweepPlan(yaml: yaml, name: "plan.yaml", vocabulary: vocabulary)
    }

    private static let sample = """
        name: sample
        seed: 7
        repetitions: 3
        scenario: {tasks: 200, workers: 9, lease: 2s}
        axes:
          workers: [1, 2]
          monitor-interval: [50ms, 0.1s, 1s]
          mix:
            - fib-gmp:n=5
            - {label: half, value: "fib-gmp:n=5,sleep:ms=2"}
            - {label: listed, value: [{kind: sleep, ms: 1..2}, {kind: fib-gmp, n: 5, weight: 3}]}
        """

    @Test("cells are the product of the axes, the last of which turns fastest")
    func product() throws {
        let plan = try Self.plan(Self.sample)
        #expect(plan.axisNames == ["workers", "monitor-interval", "mix"])
        #expect(plan.cellCount == 18)
        #expect(plan.trialCount == 54)
        #expect(plan.labels(of: 0) == ["1", "50ms", "fib-gmp:n=5"])
        #expect(plan.labels(of: 1) == ["1", "50ms", "half"])
        #expect(plan.labels(of: 5) == ["1", "100ms", "listed"])
        #expect(plan.labels(of: 17) == ["2", "1s", "listed"])
        #expect(Set((0..<18).map(plan.labels(of:))).count == 18)
    }

    @Test("a cell's scenario is the base with the cell's values")
    func scenario() throws {
        let plan = try Self.plan(Self.sample)
        let scenario = try plan.scenario(of: SweepTrial(cell: 14, repetition: 1))
        #expect(plan.labels(of: 14) == ["2", "100ms", "listed"])
        #expect(scenario.tasks == 200)
        #expect(scenario.lease == .seconds(2))
        #expect(scenario.workers == 2)
        #expect(scenario.monitorInterval == .milliseconds(100))
        #expect("\(scenario.mix)" == "sleep:ms=1..2,fib-gmp:n=5:weight=3")
        #expect(scenario.name == "sample")
    }

    @Test("names of cells and runs")
    func names() throws {
        let plan = try Self.plan(Self.sample)
        #expect(plan.cellID(6) == "c007")
        #expect(plan.name(of: SweepTrial(cell: 17, repetition: 2)) == "c018-r2")
        let large = try Self.plan(
            "axes: {claim: [\((1...1000).map(String.init).joined(separator: ","))], slots: [1, 2]}")
        #expect(large.cellID(0) == "c0001")
        #expect(large.cellID(1999) == "c2000")
    }

    @Test("one repetition of every cell comes before the next, shuffled")
    func order() throws {
        let plan = try Self.plan(Self.sample)
        let order = plan.order()
        try #require(order.count == 54)
        for repetition in 1...3 {
            let block = order[(18 * (repetition - 1))..<(18 * repetition)]
            #expect(block.allSatisfy { $0.repetition == repetition })
            #expect(Set(block.map(\.cell)) == Set(0..<18))
            #expect(block.map(\.cell) != Array(0..<18))
        }
        #expect(order[0..<18].map(\.cell) != order[18..<36].map(\.cell))
    }

    /// The same on every machine and with every version, or a sweep could not be resumed.
    @Test("the seed decides the order and the seeds of the runs")
    func seeds() throws {
        let plan = try Self.plan("seed: 7\naxes: {workers: [1, 2, 3, 4, 5, 6]}")
        #expect(plan.order().map(\.cell) == [0, 5, 2, 3, 1, 4])
        let other = try Self.plan("seed: 8\naxes: {workers: [1, 2, 3, 4, 5, 6]}")
        #expect(plan.order() != other.order())
        let trial = SweepTrial(cell: 3, repetition: 1)
        #expect(try plan.scenario(of: trial).seed != other.scenario(of: trial).seed)
    }

    @Test("no two runs have the same seed")
    func distinctSeeds() throws {
        let plan = try Self.plan("repetitions: 50\naxes: {workers: [1, 2, 3, 4], slots: [1, 2, 3, 4, 5]}")
        let seeds = try plan.order().map { try plan.scenario(of: $0).seed }
        #expect(Set(seeds).count == 1000)
        #expect(seeds.allSatisfy { $0 < 1 << 52 })
    }

    @Test("every cell is as likely to come first")
    func fairness() throws {
        // In 600 shuffles of 6, each cell comes first 100 times, give or take: 5 standard deviations are 46.
        let plan = try Self.plan("repetitions: 600\naxes: {workers: [1, 2, 3, 4, 5, 6]}")
        let order = plan.order()
        let firsts = stride(from: 0, to: 3600, by: 6).map { order[$0].cell }
        for cell in 0..<6 { #expect((54...146).contains(firsts.count { $0 == cell })) }
    }

    @Test("a plan's canonical text tells what matters from what doesn't")
    func canonicalText() throws {
        let text = try Self.plan(Self.sample).canonicalText()
        let same = [
            "# A comment.\n" + Self.sample, Self.sample + "\ndescription: words",
            Self.sample.replacing("0.1s", with: "100ms"),
            Self.sample.replacing("lease: 2s", with: "lease: 2000ms, slots: 1"),
        ]
        for yaml in same { #expect(try Self.plan(yaml).canonicalText() == text) }
        let others = [
            ("seed: 7", "seed: 8"), ("repetitions: 3", "repetitions: 4"), ("tasks: 200", "tasks: 201"),
            ("[1, 2]", "[2, 1]"),
            ("half", "halves"), ("weight: 3", "weight: 4"), ("name: sample", "name: simple"),
        ]
        for (old, new) in others {
            #expect(try Self.plan(Self.sample.replacing(old, with: new)).canonicalText() != text, "\(new)")
        }
    }

    @Test(
        "how long a cell's plan takes, where it says so",
        arguments: [
            ("{tasks: 10}", nil), ("{duration: 5s}", Duration.seconds(5)),
            ("{arrival: 'constant:10', tasks: 20}", .seconds(2)),
            ("{arrival: 'poisson:10', tasks: 100, duration: 3s}", .seconds(3)),
        ] as [(String, Duration?)])
    func plannedDuration(scenario: String, duration: Duration?) throws {
        let plan = try Self.plan("scenario: \(scenario)\naxes: {workers: [1]}")
        #expect(try plan.scenario(of: SweepTrial(cell: 0, repetition: 1)).plannedDuration == duration)
    }
}
