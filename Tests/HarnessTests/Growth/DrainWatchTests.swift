import Harness
import Reporting
import Testing

@Suite struct DrainWatchTests {
    /// 1,000 tasks at 100 a second, seen at moments that hit neither mark.
    @Test func anEvenDrainHasItsRate() throws {
        var watch = DrainWatch(tasks: 1_000)
        for second in [0.0, 0.7, 1.3, 5, 8.9, 9.7, 10] {
            watch.note(1_000 - Int((second * 100).rounded()), at: UInt64(second * 1e9))
        }
        #expect(abs(try #require(watch.tasksPerSecond) - 100) < 1e-6)
    }

    /// Workers that start and a tail that drags are no part of it.
    @Test func onlyTheMiddleCounts() throws {
        var watch = DrainWatch(tasks: 100)
        for (second, left) in [(0, 100), (50, 100), (60, 90), (68, 10), (300, 0)] as [(UInt64, Int)] {
            watch.note(left, at: second * 1_000_000_000)
        }
        #expect(abs(try #require(watch.tasksPerSecond) - 10) < 1e-9)
    }

    @Test func aDrainThatNobodySawHasNone() {
        var watch = DrainWatch(tasks: 100)
        #expect(watch.tasksPerSecond == nil)
        watch.note(0, at: 5)
        #expect(watch.tasksPerSecond == nil)
        var unfinished = DrainWatch(tasks: 100)
        unfinished.note(100, at: 0)
        unfinished.note(11, at: 10)
        #expect(unfinished.tasksPerSecond == nil)
    }

    private func row(_ repetition: Int, _ hasJournals: Bool, _ rate: Double) -> MeasuringRow {
        MeasuringRow(
            key: RunKey(runID: "test", cellID: "test", repetition: repetition), protocolName: "lease",
            hasJournals: hasJournals, place: 1, tasks: 1_000, tasksPerSecond: rate, workerMicrosecondsPerTask: 1,
            redisMicrosecondsPerTask: 1, journalBytesPerTask: hasJournals ? 128 : nil,
            auditSeconds: hasJournals ? 10 : nil, analysisSeconds: hasJournals ? 20 : nil)
    }

    /// A pair that an interruption cut in two counts for nothing.
    @Test func theTableHoldsPairsAgainstEachOther() {
        let rows = [
            row(1, true, 90), row(1, false, 100), row(2, false, 100), row(2, true, 50), row(3, true, 80),
            row(3, false, 100), row(4, true, 1),
        ]
        let table = MeasuringTable(rows: rows)
        #expect(table.ratios == [0.9, 0.5, 0.8])
        // 1,000 tasks in 20 s, and 10 s of audit.
        #expect(abs(table.ratiosWithAudit[1] - 1_000 / 30 / 100) < 1e-12)
        #expect(table.render().contains("Throughput with journals ÷ without: 0.800 (0.500 to 0.900, 3 pairs)"))
        #expect(MeasuringTable(rows: []).render() == "")
        #expect(!MeasuringTable(rows: [row(1, true, 5)]).render().contains("÷ without"))
    }
}
