import Measurement
import Reporting
import Testing

/// What kinds of faults did to set-ups: rows of runs, on a terminal and in a file.
@Suite("Failovers")
struct FailoverTableTests {
    private static func fault(_ kind: String, lost: Int? = 0, stall: Double?, duplicated: Int = 0) -> FaultRow {
        var fault = FaultRow.sample
        (fault.fault, fault.lost, fault.duplicated, fault.stallSeconds) = (kind, lost, duplicated, stall)
        (fault.topology, fault.durability, fault.minReplicas) = ("sentinel", "replicated:1", 0)
        return fault
    }

    private static func run(_ cell: String, _ repetition: Int, _ faults: [FaultRow]) -> CellRow {
        var row = CellRow.sample(.done, reason: "", latency: CellLatency(LatencyRow.samples), summary: .sample)
        row.key = RunKey(runID: "run-1", cellID: cell, repetition: repetition)
        row.faults = faults
        return row
    }

    private let rows = FailoverRow.rows(of: [
        run("c001", 1, [fault("fail-over", stall: 2.5), fault("fail-over", lost: 7, stall: 3, duplicated: 2)]),
        run("c001", 2, [fault("fail-over", stall: nil), fault("kill-worker", stall: 0.25)]),
        run("c002", 1, [fault("fail-over", lost: nil, stall: 4)]),
        run("c002", 2, []),
    ])

    @Test("a row a cell and kind")
    func figures() throws {
        #expect(rows.map(\.key.cellID) == ["c001", "c001", "c002"])
        #expect(rows.map(\.fault) == ["fail-over", "kill-worker", "fail-over"])
        #expect(rows.map(\.repetitions) == [2, 1, 1])
        #expect(rows.map(\.faults) == [3, 1, 1])
        #expect(rows.map(\.lost) == [7, 0, nil])
        #expect(rows.map(\.duplicated) == [2, 0, 0])
        #expect(rows.map(\.faultsWithLoss) == [1, 0, nil])
        #expect(rows.map(\.stallMedianSeconds) == [2.5, 0.25, 4])
        #expect(rows.map(\.stallMaxSeconds) == [3, 0.25, 4])
        #expect(rows[0].key.repetition == 2)
        #expect(rows[0].lossShareBound == BinomialBound.upper(cases: 1, trials: 3))
        #expect(rows[2].lossShareBound == nil)
        #expect(FailoverRow.rows(of: []).isEmpty)
    }

    @Test("a line a row")
    func table() {
        #expect(
            FailoverTable(rows: rows).render() == """
                5 faults: what was lost, and how long no task was acked
                  topology  protocol  durability    min replicas  fault        runs  faults  lost  run twice  with loss  95 % below  stall p50     max  recovered p50     max  end to end p99
                  ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                  sentinel  lease     replicated:1             0  fail-over       2       3     7          2          1     86.46 %     2.50 s  3.00 s         750 ms  750 ms          395 ms
                  sentinel  lease     replicated:1             0  kill-worker     1       1     0          0          0     95.00 %     250 ms  250 ms         750 ms  750 ms          395 ms
                  sentinel  lease     replicated:1             0  fail-over       1       1     –          0          –           –     4.00 s  4.00 s         750 ms  750 ms          395 ms

                """)
    }

    @Test("a line of its file: what is not known is empty")
    func file() {
        #expect(
            CSVText.line(of: rows[0])
                == "1,run-1,c001,2,sentinel,lease,replicated:1,0,fail-over,2,3,7,2,1,0.8646,2.500000,3.000000,0.500000,"
                + "0.750000,0.750000,,395061.728\n")
        #expect(
            CSVText.line(of: rows[2])
                == "1,run-1,c002,1,sentinel,lease,replicated:1,0,fail-over,1,1,,0,,,4.000000,4.000000,0.500000,"
                + "0.750000,0.750000,,395061.728\n")
    }
}
