import Measurement
import Reporting
import Testing

/// What the repetitions of cells say together.
@Suite("Estimates of a sweep")
struct EstimateRowTests {
    private static func runs(_ cell: String, _ rates: [Double?]) -> [CellRow] {
        rates.enumerated().map { index, rate in
            var summary = SummaryRow.sample
            summary.pace.ackedPerSecond = rate
            var row = CellRow.sample(
                rate == nil ? .failed : .done, reason: rate == nil ? "no" : "",
                latency: rate == nil ? nil : CellLatency(LatencyRow.samples), summary: summary)
            row.key = RunKey(runID: "run-1", cellID: cell, repetition: index + 1)
            return row
        }
    }

    private static func row(_ rows: [EstimateRow], _ cell: String) throws -> EstimateRow {
        try #require(rows.first { $0.key.cellID == cell && $0.measure == .ackedPerSecond })
    }

    @Test("five measures a cell, with a median, an interval and the ratio to the first cell")
    func estimates() throws {
        let rows = EstimateRow.rows(of: [
            Self.runs("c001", [10, 11, 12, 13, 14, 15]), Self.runs("c002", [20, 22, 24, 26, 28, 30.5]),
        ])
        #expect(rows.count == 10)
        #expect(
            rows.prefix(5).map(\.measure.name) == [
                "acked_per_s", "end_to_end_intended_p50", "end_to_end_intended_p99", "end_to_end_intended_p99_9",
                "end_to_end_actual_p99",
            ])
        let first = try Self.row(rows, "c001")
        #expect(first.median == 12.5)
        #expect((first.interval?.low, first.interval?.high) == (10, 15))
        #expect(first.comparison == nil)
        let second = try Self.row(rows, "c002")
        #expect(second.repetitions == 6)
        let comparison = try #require(second.comparison)
        #expect(comparison.isDifferent)
        #expect(try #require(comparison.ratioInterval).contains(2))
        let fields = CSVText.line(of: second).dropLast().split(separator: ",", omittingEmptySubsequences: false)
        #expect(
            fields.prefix(16) == [
                "1", "run-1", "c002", "6", "50ms", "half", "acked_per_s", "tasks/s", "6", "25.000", "20.000", "30.500",
                "0.9688", "21.000", "", "2.0",
            ])
        #expect(fields.last == "true")
        #expect(CSVText.line(of: first).hasSuffix(",12.500,10.000,15.000,0.9688,20.000,,,,,,\n"))
    }

    /// A percentile of the sample's latencies is the same in all runs.
    @Test("percentiles are those of the runs, never means of them")
    func percentiles() throws {
        let rows = EstimateRow.rows(of: [Self.runs("c001", [1, 2, 3, 4, 5, 6])])
        let tail = try #require(rows.first { $0.measure == .latency(.endToEndIntended, .p99_9) })
        #expect(tail.median == 98_765.4321 * 20)
        #expect(tail.interval?.relativeHalfWidth == 0)
        let actual = try #require(rows.first { $0.measure == .latency(.endToEndActual, .p99) })
        #expect((actual.repetitions, actual.median) == (0, nil))
    }

    @Test("runs that failed do not count, and with fewer than six others there is no interval")
    func failures() throws {
        let rows = EstimateRow.rows(of: [Self.runs("c001", [10, nil, 11, 12, 13, 14]), Self.runs("c002", [nil])])
        let first = try Self.row(rows, "c001")
        #expect((first.repetitions, first.median) == (5, 12))
        #expect(first.interval == nil)
        let second = try Self.row(rows, "c002")
        #expect((second.repetitions, second.median) == (0, nil))
        #expect(second.comparison == nil)
    }

    @Test("without runs of the first cell nothing is held against it")
    func withoutFirst() throws {
        let rows = EstimateRow.rows(of: [[], Self.runs("c002", [1, 2, 3, 4])])
        #expect(rows.count == 5)
        #expect(try Self.row(rows, "c002").comparison == nil)
    }

    @Test("the stop rule's verdict stands in the rows of its measure only")
    func within() {
        let rows = EstimateRow.rows(
            of: [Self.runs("c001", [1, 2, 3])], measures: [.ackedPerSecond, .latency(.ack, .p90)]
        ) {
            measure, values in measure == .ackedPerSecond ? values.count > 2 : nil
        }
        #expect(rows.map(\.isWithin) == [true, nil])
        #expect(rows[1].measure.name == "ack_p90")
    }
}
