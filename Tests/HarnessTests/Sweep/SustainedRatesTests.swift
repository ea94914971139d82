import Harness
import Measurement
import Reporting
import Testing
import Workload

/// What an instance sustains, from the runs of a sweep over rates.
@Suite struct SustainedRatesTests {
    private let rates = SustainedRates(axes: ["protocol", "credits", "rate"])

    private func run(
        _ cell: String, _ rate: Double, _ protocolName: String = "lease", credits: String? = "full",
        verdict: String = "steady", p99: Double = 1_000, status: CellStatus = .done, instance: String? = "t2.small",
        repetition: Int = 1, dead: String = "0", isHeld: String = "true"
    ) -> SustainedRates.Run {
        var scenario = Scenario()
        (scenario.arrival, scenario.instance, scenario.credits) = (.poisson(perSecond: rate), instance, credits)
        let latency = LatencyRow(
            key: RunKey(runID: "run", cellID: cell, repetition: repetition), taskKind: "sleep",
            latencyKind: .endToEndIntended,
            summary: .init(
                count: 10, mean: 1, stddev: 0, min: 0, p50: 1, p90: 1, p95: 1, p99: p99, p99_9: p99, p99_99: p99,
                max: p99))
        var row = CellRow(
            key: latency.key, parameters: [protocolName, credits ?? "", "\(rate)"], status: status, reason: "",
            latency: CellLatency([latency]), demand: nil, summary: nil)
        row.summary = ["verdict": verdict, "dead": dead, "is_held": isHeld]
        return (scenario, row)
    }

    private func rows(_ runs: [SustainedRates.Run], ranOut: Set<String> = []) -> [SustainedRow] {
        rates.rows(of: runs) { row throws(Never) in
            ranOut.contains(row.key.cellID)
        } span: { row throws(Never) in
            let rate = Double(row.parameters[2]) ?? 0
            // The second repetition takes more, and so it lasts less.
            let factor = Double(row.key.repetition)
            return CreditSpan(
                processors: rate * factor / 1_000, isForEver: rate < 200,
                fullSeconds: rate < 200 ? nil : 1e6 / rate / factor,
                launchSeconds: rate < 200 ? nil : 1e5 / rate / factor)
        }
    }

    @Test("the highest rate below the first that was missed, with credits and without")
    func highestRate() throws {
        let rows = rows([
            run("c003", 900, verdict: "overloaded"), run("c001", 300), run("c002", 600, p99: 2_000),
            run("c004", 1_200), run("c005", 100, "lease", credits: "empty"),
            run("c006", 300, "lease", credits: "empty", verdict: "overloaded"),
        ])
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        #expect(row.parameters == ["lease"])
        #expect(row.instance == "t2.small")
        #expect(row.key.cellID == "c002")
        #expect(row.withCredits == SustainedRate(perSecond: 600, missedPerSecond: 900, p99Microseconds: 2_000))
        #expect(row.withoutCredits == SustainedRate(perSecond: 100, missedPerSecond: 300, p99Microseconds: 1_000))
        #expect(row.span?.processors == 0.6)
    }

    @Test("one repetition that failed, was overloaded or gave up tasks is enough to miss a rate")
    func everyRepetition() throws {
        for bad in [
            run("c002", 600, status: .failed, repetition: 2), run("c002", 600, verdict: "overloaded", repetition: 2),
            run("c002", 600, repetition: 2, dead: "3"),
        ] {
            let row = try #require(rows([run("c001", 300), run("c002", 600), bad]).first)
            #expect(row.withCredits == SustainedRate(perSecond: 300, missedPerSecond: 600, p99Microseconds: 1_000))
        }
    }

    @Test("latency and span are those of the worst repetition")
    func worstRepetition() throws {
        let row = try #require(
            rows([
                run("c001", 300), run("c001", 300, p99: 7_000, repetition: 2), run("c002", 600, verdict: "overloaded"),
            ])
            .first)
        #expect(row.withCredits?.p99Microseconds == 7_000)
        #expect(row.span?.processors == 0.6)
        #expect(row.span?.fullSeconds == 1e6 / 600)
        #expect(row.span?.launchSeconds == 1e5 / 600)
    }

    @Test(
        "a generator that fell behind ends the climb and says nothing of the rate; a backlog that shrinks is kept up with"
    )
    func unusableAndDraining() throws {
        let row = try #require(
            rows([
                run("c001", 300, verdict: "draining"), run("c002", 600, status: .unusable), run("c003", 900),
            ]).first)
        #expect(row.withCredits == SustainedRate(perSecond: 300, missedPerSecond: nil, p99Microseconds: 1_000))
    }

    @Test(
        "a run whose credits ran out says nothing of either case, and one that was not held back nothing of the instance"
    )
    func heldBack() throws {
        let runs = [run("c001", 300), run("c002", 600, verdict: "overloaded"), run("c003", 600)]
        let row = try #require(rows(runs, ranOut: ["c002"]).first)
        #expect(row.withCredits?.perSecond == 600)
        #expect(rows([run("c001", 300, isHeld: "false"), run("c002", 600, isHeld: "false")]).isEmpty)
    }

    @Test("not even the lowest rate, and all rates")
    func nothingAndEverything() throws {
        let none = try #require(rows([run("c001", 300, verdict: "overloaded"), run("c002", 600)]).first)
        #expect(none.withCredits == SustainedRate(perSecond: 0, missedPerSecond: 300, p99Microseconds: nil))
        #expect(none.span == nil)
        #expect(none.withoutCredits == nil)
        let all = try #require(rows([run("c001", 300), run("c002", 600)]).first)
        #expect(all.withCredits?.perSecond == 600)
        #expect(all.withCredits?.missedPerSecond == nil)
    }

    @Test("a set-up each, in the order of their cells; a number of credits may run out, and counts for neither")
    func setups() {
        let rows = rows([
            run("c005", 300, "lock"), run("c006", 600, "lock"), run("c001", 100, "lease"), run("c002", 150, "lease"),
            run("c003", 1_000, "lease", credits: "12"), run("c004", 100, "lease", credits: "0"),
        ])
        #expect(rows.map(\.parameters) == [["lease"], ["lock"]])
        #expect(rows[0].withCredits?.perSecond == 150)
        #expect(rows[0].withoutCredits?.perSecond == 100)
        #expect(rows.map { $0.span?.isForEver } == [true, false])
        #expect(rows.map { $0.span?.fullSeconds } == [nil, 1e6 / 600])
    }

    @Test("a sweep without an instance, without rates, or with one rate, has no answer")
    func noAnswer() {
        #expect(rows([run("c001", 300, instance: nil), run("c002", 600, instance: nil)]).isEmpty)
        #expect(rows([run("c001", 300), run("c001", 300, repetition: 2)]).isEmpty)
        var backlog = run("c001", 300)
        backlog.scenario.arrival = .backlog
        #expect(rows([backlog]).isEmpty)
    }
}
