import Foundation
import Harness
import InstanceLimits
import Reporting
import Testing

@Suite struct ThrottleCheckTests {
    private let fixture: RecordedRunFixture

    init() throws { fixture = try RecordedRunFixture() }

    private func table(_ machines: RecordedRunFixture.Machine...) throws -> ThrottleTable {
        try ThrottleCheck(machines.map { try RecordedRun(fixture.run($0)) }, in: .builtIn).table
    }

    /// A machine that does what it is told passes every bar, and each has something to judge.
    @Test func whatGoesAsForecastPasses() throws {
        let table = try table(.init(credits: "full"), .init(credits: "empty"), .init(credits: "12"))
        #expect(table.bars.map(\.holds) == [true, true, true, true], "\(table.render())")
        // The run with full credits is no forecast of itself.
        #expect(table.bars.map(\.values.count) == [1, 1, 2, 3])
        #expect(table.rows.map(\.isForecast) == [false, true, true])
        let middle = table.rows[2]
        // 6 of 12 credits at 1.6 a second, and a glide of 7.5 s but for its last tenth.
        #expect(abs(try #require(middle.spentAfter.forecast) - (3.75 + 6.75)) < 0.2)
        #expect(abs(try #require(middle.spentAfter.measured) - (3.75 + 6.75)) < 0.4)
        #expect(abs(try #require(middle.perSecond.forecast) - 400) < 1)
        #expect(abs(try #require(middle.perSecond.measured) - 400) < 20)
        #expect(abs(middle.range - 12) < 0.01)
        #expect(table.rows[0].spentAfter.forecast == nil && table.rows[0].spentAfter.measured == nil)
    }

    @Test func aGroupThatIsNotHeldMissesShareAndThroughput() throws {
        let table = try table(.init(credits: "full"), .init(credits: "empty", leak: 0.15))
        #expect(table.bars[0].holds == false)
        #expect(table.bars[1].holds == false)
        #expect(table.bars[2].holds == false)
        #expect(table.bars[3].holds == true)
        #expect(table.missed.count == 3)
    }

    @Test func aBalanceThatWentAnotherWayMissesTheForecast() throws {
        let table = try table(.init(credits: "full"), .init(credits: "full", repetition: 2, appetite: 0.9))
        #expect(table.bars[2].values.map(\.isWithin) == [false, false])
    }

    /// Each of several runs at full speed is forecast from another.
    @Test func runsAtFullSpeedAreForecastFromEachOther() throws {
        let table = try table(.init(credits: "full"), .init(credits: "full", repetition: 2))
        #expect(table.bars[2].values.map(\.isWithin) == [true, true])
    }

    @Test func aGovernorThatCountsWrongMissesTheModel() throws {
        let table = try table(.init(credits: "full"), .init(credits: "12", misreckoning: 0.05))
        #expect(table.bars[3].values.map(\.isWithin) == [true, false])
    }

    /// A task that takes longer when it is throttled lowers the throughput, and not the share.
    @Test func dearerTasksMissTheThroughputOnly() throws {
        let table = try table(.init(credits: "full"), .init(credits: "empty", cpuPerTask: 0.0006))
        #expect(table.bars.map(\.holds) == [true, false, true, true])
    }

    /// `Reference/throttled-run` is of a real run: a t2.small with 12 credits, two minutes of them a second.
    @Test func aRealGovernorKeepsTheModelsAccount() throws {
        let credits = try #require(
            Bundle.module.url(forResource: "Reference/throttled-run/credits", withExtension: "csv"))
        let run = try RecordedRun(credits.deletingLastPathComponent().path)
        // It was held back, so what it asks for is all there is; what a task took of the CPU is its own.
        let table = try ThrottleCheck([run], from: run, in: .builtIn).table
        let row = try #require(table.rows.first)
        #expect(row.governorDifference < 0.02)
        #expect(row.governorDifference > 0, "the file has rounded numbers")
        #expect(row.loadSeconds > 20 && row.share > 0.4)
        #expect(abs(row.range - 12) < 0.01)
        #expect(abs(try #require(row.spentAfter.measured) - #require(row.spentAfter.forecast)) < 1)
        // A forecast of itself is not judged.
        #expect(table.bars.map(\.values.count) == [0, 0, 0, 1])
        #expect(row.endDifference < 0.03)
    }

    @Test func withoutARunAtFullSpeedThereIsNoForecast() throws {
        let error = try #require(throws: HarnessError.self) { try table(.init(credits: "empty")) }
        #expect("\(error)".contains("all of these runs were held back"))
    }

    @Test func aRunWithoutAnInstanceIsRefused() throws {
        let folder = try fixture.plainRun(arrival: "backlog", cpuSeconds: 1, acked: 10, seconds: 2)
        let error = try #require(throws: HarnessError.self) { try ThrottleCheck([RecordedRun(folder)], in: .builtIn) }
        #expect("\(error)".contains("was on no burstable instance"))
    }

    @Test func aSweepsFolderStandsForItsRuns() throws {
        func line(_ cell: String, _ repetition: Int, _ status: CellStatus) -> String {
            CSVText.line(
                of: CellRow(
                    key: RunKey(runID: "s", cellID: cell, repetition: repetition), parameters: [], status: status,
                    reason: "", latency: nil, demand: nil, summary: nil))
        }
        let cells = CSVText.header(of: CellRow.self) + line("c1", 1, .done) + line("c2", 1, .done)
        let folder = try fixture.folder(with: cells, as: "cells.csv")
        #expect(try ThrottleCheck.runs(in: folder) == ["\(folder)/c1-r1", "\(folder)/c2-r1"])
        let failed = try fixture.folder(with: cells + line("c1", 2, .failed), as: "cells.csv")
        let error = try #require(throws: HarnessError.self) { try ThrottleCheck.runs(in: failed) }
        #expect("\(error)".contains("the run c1-r2 is failed"))
        #expect(try ThrottleCheck.runs(in: "elsewhere") == ["elsewhere"])
    }
}
