import Testing
import Workload

/// Axes that move together, listed combinations, what is left out, and parts of fields.
@Suite("Combined axes of sweeps")
struct CombinedAxesTests {
    private static func labels(_ yaml: String) throws -> [String] {
        let plan = try SweepPlanTests.plan(yaml)
        return (0..<plan.cellCount).map { plan.labels(of: $0).joined(separator: " ") }
    }

    @Test("zipped fields move together, as one axis of the product")
    func zipped() throws {
        let yaml = """
            axes: {protocol: [lease, lock]}
            zip:
              - workers: [1, 2, 4]
                slots: [8, 4, {label: few, value: 2}]
              - claim: [1, 1]
                lease: [1s, 2s]
            """
        let plan = try SweepPlanTests.plan(yaml)
        #expect(plan.axisNames == ["protocol", "workers", "slots", "claim", "lease"])
        #expect(
            try Self.labels(yaml).prefix(7) == [
                "lease 1 8 1 1s", "lease 1 8 1 2s", "lease 2 4 1 1s", "lease 2 4 1 2s", "lease 4 few 1 1s",
                "lease 4 few 1 2s", "lock 1 8 1 1s",
            ])
        #expect(plan.cellCount == 12)
        let scenario = try plan.scenario(of: SweepTrial(cell: 11, repetition: 1))
        #expect((scenario.workers, scenario.slots, scenario.lease) == (4, 2, .seconds(2)))
        #expect(scenario.queueProtocol == "lock")
    }

    /// The order of the fields of a combination is of no account, but for that of the first one.
    @Test("listed combinations are one axis, too")
    func listed() throws {
        let yaml = """
            cells:
              - {protocol: lease, mix: [{kind: sleep, ms: 1}]}
              - {mix: {label: numbers, value: "fib-gmp:n=5"}, protocol: lock}
            axes: {slots: [1, 2]}
            """
        #expect(
            try Self.labels(yaml) == ["lease sleep:ms=1 1", "lease sleep:ms=1 2", "lock numbers 1", "lock numbers 2"])
    }

    @Test("what is left out has no number, and the rest is numbered without gaps")
    func excluded() throws {
        let product = "axes: {workers: [1, 2, 3], slots: [1, 2], lease: [1s, 500ms]}\n"
        let yaml = product + "exclude: [{workers: [2, 3], slots: 1}, {workers: 1, lease: 0.5s}]"
        #expect(
            try Self.labels(yaml) == [
                "1 1 1s", "1 2 1s", "2 2 1s", "2 2 500ms", "3 2 1s", "3 2 500ms",
            ])
        let plan = try SweepPlanTests.plan(yaml)
        #expect((plan.cellID(0), plan.cellID(5)) == ("c001", "c006"))
        #expect(Set(plan.order().map(\.cell)) == Set(0..<6))
        #expect(try plan.scenario(of: SweepTrial(cell: 3, repetition: 1)).lease == .milliseconds(500))
        #expect(try plan.canonicalText() != SweepPlanTests.plan(product).canonicalText())
    }

    @Test("exclusions speak of labels, and of one field of those that move together")
    func exclusionsByLabel() throws {
        let yaml = """
            zip: [{workers: [1, 2, 2], slots: [4, 2, 1]}]
            axes: {mix: [{label: a, value: "fib-gmp:n=1"}, {label: b, value: "fib-gmp:n=1"}]}
            exclude: [{workers: 2, mix: b}, {slots: 4, mix: "fib-gmp:n=1"}]
            """
        #expect(try Self.labels(yaml) == ["2 2 a", "2 1 a"])
    }

    @Test("a label of its own lets a value be held against itself")
    func twins() throws {
        let yaml = "axes: {workers: [{label: a, value: 2}, {label: b, value: 2}, 2]}"
        #expect(try Self.labels(yaml) == ["a", "b", "2"])
        let plan = try SweepPlanTests.plan(yaml)
        var scenarios = try (0..<3).map { try plan.scenario(of: SweepTrial(cell: $0, repetition: 1)) }
        #expect(Set(scenarios.map(\.seed)).count == 3)
        for index in scenarios.indices { scenarios[index].seed = 0 }
        #expect(Set(scenarios).count == 1)
    }

    @Test("rate and n are put into the arrival and the mix of the cell, whichever comes first")
    func parts() throws {
        let yaml = """
            scenario: {duration: 1s}
            axes:
              rate: [100, 2.5]
              n: [7, 1..93]
              arrival: ["constant:1", "poisson:1", "burst:1:1s:2s"]
              mix: ["fib-gmp:n=1:weight=2,sleep:ms=3,fib-binet:n=2:expect=1ms"]
            """
        let plan = try SweepPlanTests.plan(yaml)
        let scenarios = try (0..<plan.cellCount).map { try plan.scenario(of: SweepTrial(cell: $0, repetition: 1)) }
        #expect(
            scenarios.map { "\($0.arrival)" }
                == [100.0, 2.5].flatMap { rate in
                    let text = rate == 100 ? "100" : "2.5"
                    let arrivals = ["constant:\(text)", "poisson:\(text)", "burst:\(text):1s:2s"]
                    return arrivals + arrivals
                })
        #expect("\(scenarios[0].mix)" == "fib-gmp:n=7:weight=2,sleep:ms=3,fib-binet:n=7:expect=1ms")
        #expect("\(scenarios[3].mix)" == "fib-gmp:n=1..93:weight=2,sleep:ms=3,fib-binet:n=1..93:expect=1ms")
        #expect(
            plan.labels(of: 3) == [
                "100", "1..93", "constant:1", "fib-gmp:n=1:weight=2,sleep:ms=3,fib-binet:n=2:expect=1ms",
            ])
    }

    @Test("n of a distribution has the form that a mix takes")
    func distributions() throws {
        let yaml = "axes: {n: [{label: skewed, value: {zipf: [1, 93, 1.1]}}, 5]}\nscenario: {tasks: 1}"
        let plan = try SweepPlanTests.plan(yaml)
        #expect(plan.labels(of: 0) == ["skewed"])
        #expect(
            "\(try plan.scenario(of: SweepTrial(cell: 0, repetition: 1)).mix)" == "fib-iterative:n=zipf(1..93,1.1)")
    }
}
