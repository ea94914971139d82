import Measurement
import Testing
import Workload

/// When a sweep goes on with which cells.
@Suite("The course of a sweep")
struct SweepCourseTests {
    private static let ruled = """
        repetitions: 2
        seed: 9
        axes: {workers: [1, 2, 3]}
        until: {percentile: p99, within: 10%, most: 9}
        """

    /// Runs a course to its end, the figure of each run being what `value` says.
    private static func run(
        _ plan: SweepPlan, breakingAt cut: Int = .max, _ value: (SweepTrial) -> Double?
    ) -> [SweepTrial] {
        var course = SweepCourse(plan)
        var made: [SweepTrial] = []
        var ended: [String: SweepCourse.Ended] = [:]
        while let trial = course.next() {
            made.append(trial)
            course.record(trial, value: value(trial))
            ended[plan.name(of: trial)] = .init(labels: plan.labels(of: trial.cell), value: value(trial))
            if made.count == cut { course = SweepCourse(plan, ended: ended) }
        }
        return made
    }

    /// Steady in the first cell, scattered in the second, steady but for the first two runs in the third.
    private static func figure(_ trial: SweepTrial) -> Double? {
        switch trial.cell {
        case 0: 100
        case 1: Double(trial.repetition % 2) * 100 + 100
        default: trial.repetition < 3 ? Double(trial.repetition) * 1_000 : 100
        }
    }

    @Test("a rule is read, with what is usual left out")
    func rule() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        #expect(
            plan.stopRule == StopRule(measure: .latency("end_to_end_intended", .p99), within: 0.1, most: 9))
        let other = try SweepPlanTests.plan(
            "axes: {workers: [1]}\nuntil: {percentile: p99_9, latency: service, within: 2.5 %, most: 30}")
        #expect(other.stopRule == StopRule(measure: .latency("service", .p99_9), within: 0.025, most: 30))
        let throughput = try SweepPlanTests.plan(
            "axes: {workers: [1]}\nuntil: {measure: acked_per_s, within: 1%, most: 6}")
        #expect(throughput.stopRule == StopRule(measure: .ackedPerSecond, within: 0.01, most: 6))
        #expect(
            try plan.canonicalText() != SweepPlanTests.plan(Self.ruled.replacing("10%", with: "9%")).canonicalText())
        #expect(
            try plan.canonicalText() == SweepPlanTests.plan(Self.ruled.replacing("10%", with: "10.0 %")).canonicalText()
        )
    }

    @Test("a rule is read of a plan of which nothing else is known")
    func ruleAlone() throws {
        func rule(_ plan: String) throws -> StopRule? {
            try StopRule(plan: plan, name: "plan.yaml", latencies: SweepPlanTests.vocabulary.latencies)
        }
        #expect(try rule(Self.ruled) == SweepPlanTests.plan(Self.ruled).stopRule)
        let strange = "scenario: {instance: nowhere}\naxes: {protocol: [none]}"
        #expect(try rule(strange) == nil)
        #expect(try rule("") == nil)
        let other = "\nuntil: {measure: acked_per_s, within: 1%, most: 6}"
        #expect(try rule(strange + other) == StopRule(measure: .ackedPerSecond, within: 0.01, most: 6))
        #expect(throws: ScenarioError.self) { try rule(strange + other.replacing("1%", with: "1")) }
    }

    /// Six values are the fewest with an interval of 95 %; of nine, the second from both ends bound it.
    @Test("a cell is run until its interval is narrow, or the most times")
    func stops() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        let made = Self.run(plan, Self.figure)
        let counts = (0..<3).map { cell in made.count { $0.cell == cell } }
        #expect(counts == [6, 9, 9])
        #expect(Set(made).count == made.count)
        #expect(made.prefix(6) == plan.order()[...])
        #expect(made.map(\.repetition) == made.map(\.repetition).sorted())
        #expect(plan.order(ended: made) == made)
    }

    @Test("it is enough when half of the interval is within the share of the median")
    func met() {
        let rule = StopRule(measure: .ackedPerSecond, within: 0.05, most: 30)
        #expect(!rule.isMet(by: [100, 100, 100, 100, 100]))
        #expect(rule.isMet(by: [95, 100, 100, 100, 100, 105]))
        #expect(!rule.isMet(by: [94, 100, 100, 100, 100, 105]))
        #expect(!rule.isMet(by: [0, 0, 0, 0, 0, 0]))
    }

    @Test("wherever it breaks off, it goes on as if it had not")
    func resumption() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        let whole = Self.run(plan, Self.figure)
        for cut in 1...whole.count { #expect(Self.run(plan, breakingAt: cut, Self.figure) == whole, "cut \(cut)") }
    }

    /// The repetitions that a cell is left out of do not change the order of the others.
    @Test("the order is the seed's, whichever cells go on")
    func order() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        let all = Self.run(plan) { Double($0.repetition % 2) + 1 }
        #expect(all.count == 27)
        let some = Self.run(plan, Self.figure)
        #expect(all.filter { Set(some).contains($0) } == some)
    }

    @Test("a cell that can never be measured is given up after the repetitions that it must have")
    func failures() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        let made = Self.run(plan) { $0.cell == 1 ? nil : 100 }
        #expect((0..<3).map { cell in made.count { $0.cell == cell } } == [6, 2, 6])
        // One that failed once has as many runs as it takes.
        let once = Self.run(plan) { $0.cell == 1 && $0.repetition == 1 ? nil : 100 }
        #expect((0..<3).map { cell in once.count { $0.cell == cell } } == [6, 7, 6])
    }

    @Test("what is known to come, and how much more there may be")
    func outlook() throws {
        let plan = try SweepPlanTests.plan(Self.ruled)
        let course = SweepCourse(plan)
        #expect(Array(course.pending) == plan.order())
        #expect(course.mostFurther == 3 * 7)
        let six = (0..<3).flatMap { cell in (1...6).map { SweepTrial(cell: cell, repetition: $0) } }
        let ended = Dictionary(
            uniqueKeysWithValues: six.map {
                (plan.name(of: $0), SweepCourse.Ended(labels: plan.labels(of: $0.cell), value: Self.figure($0)))
            })
        let resumed = SweepCourse(plan, ended: ended)
        #expect(Set(resumed.pending.map(\.cell)) == [1, 2])
        #expect(resumed.pending.allSatisfy { $0.repetition == 7 })
        #expect(resumed.mostFurther == 2 * 2)
        #expect(SweepCourse(try SweepPlanTests.plan("axes: {workers: [1]}")).mostFurther == 0)
    }
}
