import Harness
import Reporting
import Testing

@Suite struct GrowthExponentsTests {
    /// Redis' time grows as the square root, the worker's is flat, time falls as 1 ÷ size, and memory is in proportion.
    private func row(
        _ law: String, _ size: Int, repetition: Int = 1, durability: String = "none", times factor: Double = 1
    ) -> GrowthTrialRow {
        let root = Double(size).squareRoot() * factor
        return GrowthTrialRow(
            key: RunKey(runID: "test", cellID: "\(law)-\(size)", repetition: repetition), law: law, size: size,
            protocolName: "lease", durability: durability, backlog: size, inFlight: 0, workers: 1,
            payloadBytesPerTask: 33, claim: 256, tasks: 100, tasksPerClaim: 50, durationSeconds: 1,
            redisMicrosecondsPerTask: root, workerMicrosecondsPerTask: 0.7, wallMicrosecondsPerTask: 4 / Double(size),
            tasksPerSecond: 5, enqueueRedisMicrosecondsPerTask: 0.5, redisMemoryBytesPerTask: Double(size))
    }

    @Test func eachFigureHasItsExponent() throws {
        let rows = GrowthExponents.rows("test", [100, 400, 1_600].map { row("backlog", $0) })
        #expect(rows.map(\.figure) == GrowthCell.Figure.allCases.map(\.rawValue))
        for (row, exponent) in zip(rows, [0.5, 0, -1, 1] as [Double]) {
            #expect(abs(row.exponent - exponent) < 1e-9)
            #expect(try #require(row.standardError) < 1e-9)
            #expect(row.fromSize == 100 && row.toSize == 1_600 && row.sizes == 3)
        }
        for (row, ratio) in zip(rows, [4, 1, 0.0625, 16] as [Double]) { #expect(abs(row.ratio - ratio) < 1e-9) }
    }

    /// One trial that went wrong does not count.
    @Test func theMedianOfASizeCounts() throws {
        let trials = [100, 400, 1_600].flatMap { size in
            [1.0, 50, 1].enumerated().map { row("backlog", size, repetition: $0.offset + 1, times: $0.element) }
        }
        let first = try #require(GrowthExponents.rows("test", trials.shuffled()).first)
        #expect(abs(first.exponent - 0.5) < 1e-9 && first.sizes == 3)
    }

    @Test func lawsAndDurabilitiesAreApart() {
        let trials = [10, 20].flatMap { size in
            [row("claim", size), row("claim", size, durability: "always"), row("backlog", size)]
        }
        let rows = GrowthExponents.rows("test", trials)
        #expect(rows.count == 12)
        #expect(rows.map { "\($0.law) \($0.durability)" }.filter { $0 == "claim always" }.count == 4)
        #expect(rows.allSatisfy { $0.standardError == nil })
    }

    @Test func oneSizeHasNone() {
        #expect(GrowthExponents.rows("test", [row("backlog", 10), row("backlog", 10, repetition: 2)]).isEmpty)
        #expect(GrowthExponents.rows("test", []).isEmpty)
    }

    @Test func theTableTellsCostsAndGrowth() {
        let trials = [100, 400, 1_600].map { row("backlog", $0) } + [row("claim", 4, durability: "always")]
        let text = QueueGrowthTable(trials: trials, exponents: GrowthExponents.rows("test", trials)).render()
        #expect(text.contains("Cost of a task by backlog, lease, medians"))
        #expect(text.contains("Cost of a task by claim, lease, medians"))
        #expect(text.contains("0.500 ± 0.000  4.00") && text.contains("-1.000 ± 0.000  0.06"))
        #expect(QueueGrowthTable(trials: [], exponents: []).render() == "")
    }
}
