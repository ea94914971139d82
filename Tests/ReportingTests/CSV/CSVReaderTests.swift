import Foundation
import Measurement
import Reporting
import Testing

/// Reading is the inverse of writing.
@Suite("Reading tables")
struct CSVReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Writes rows, reads them back, and answers what was read, after checking that it would be written the same.
    private func roundTrip<Row: ReadableCSVTable>(_ rows: [Row], axes: [String] = []) throws -> [Row] {
        try CSVWriter.write(rows, axes: axes, into: directory.path)
        let reader = try CSVReader<Row>(in: directory.path)
        #expect(reader.axes == axes)
        #expect(reader.rows.map(\.key) == rows.map(\.key))
        #expect(reader.rows.map(CSVText.line) == rows.map(CSVText.line), "\(Row.fileName)")
        return reader.rows
    }

    @Test("the tables of a run come back as they were")
    func run() throws {
        var plain = SummaryRow.sample
        (plain.setup.instance, plain.setup.payloadBytes, plain.setup.roundTripSeconds) = (nil, nil, nil)
        (plain.messages, plain.pace.generators, plain.counts.lost) = (nil, nil, nil)
        let summaries = try roundTrip([SummaryRow.sample, plain])
        #expect(summaries[0].setup == SummaryRow.sample.setup)
        #expect(summaries[0].messages == SummaryRow.sample.messages)
        #expect(summaries[0].cost == SummaryRow.sample.cost)
        #expect(summaries[1].counts == plain.counts)
        #expect(summaries[1].messages == nil && summaries[1].setup.instance == nil)
        #expect(try roundTrip([IORow.sample, .idle]) == [.sample, .idle])
        #expect(try roundTrip(AccuracyRow.samples) == AccuracyRow.samples)
        #expect(try roundTrip(ClockRow.samples) == ClockRow.samples)
        #expect(try roundTrip([IntervalRow.tasks, .machine]) == [.tasks, .machine])
        #expect(try roundTrip([FaultRow.sample]) == [.sample])
        #expect(try roundTrip([CreditRow.sample]) == [.sample])
        let latencies = try roundTrip(LatencyRow.samples)
        #expect(latencies.map(\.latencyKind) == LatencyRow.samples.map(\.latencyKind))
        #expect(latencies.map(\.summary.count) == LatencyRow.samples.map(\.summary.count))
    }

    @Test("the tables of the studies come back as they were")
    func studies() throws {
        #expect(try roundTrip([ForecastRow.throttled, .forEver]) == [.throttled, .forEver])
        #expect(try roundTrip([GrowthTrialRow.sample]) == [.sample])
        #expect(try roundTrip([ScaleTrialRow.sample]) == [.sample])
        #expect(try roundTrip([ModelRow.sample]) == [.sample])
        #expect(try roundTrip([ModelCheckRow.sample]) == [.sample])
        #expect(try roundTrip([PlanRow.sample]) == [.sample])
        #expect(try roundTrip([ExponentRow.sample]) == [.sample])
        #expect(try roundTrip([MeasuringRow.sample]) == [.sample])
        #expect(try roundTrip([GrowthRow.sample]) == [.sample])
        #expect(try roundTrip([CrossoverRow.sample]) == [.sample])
        #expect(try roundTrip([KneeCheckRow.sample]) == [.sample])
        #expect(try roundTrip([FailoverRow.sample]) == [.sample])
        #expect(try roundTrip([QueueingRow.sample, .overloaded]) == [.sample, .overloaded])
        // Of a distribution these files have some percentiles only.
        #expect(try roundTrip([KneeRow.sample, .empty])[0].latency?.p99_9 == KneeRow.sample.latency?.p99_9)
        #expect(try roundTrip([RecoveryRow.sample])[0].waitAfter == nil)
    }

    @Test("a sweep's axes are told by the header, and its rows have their values")
    func sweep() throws {
        let done = CellRow.sample(.done, reason: "", latency: CellLatency(LatencyRow.samples), summary: .sample)
        let failed = CellRow.sample(.failed, reason: "no server,\nat all", latency: nil, summary: nil)
        let rows = try roundTrip([done, failed], axes: ["monitor-interval", "mix"])
        #expect(rows[0].parameters == ["50ms", "half"])
        #expect(rows[0].summary == done.summary)
        #expect(rows[0].latency?.p99.map { abs($0 - 395_061.728) < 1e-3 } == true)
        #expect(rows[1].status == .failed && rows[1].reason == "no server,\nat all" && rows[1].latency == nil)
        #expect(rows[1].summary.isEmpty)
    }

    @Test("a file that is older than the last columns has none of their values")
    func olderFile() throws {
        let header = CSVText.header(of: SummaryRow.self).components(separatedBy: ",instance,")[0]
        let line = CSVText.line(of: SummaryRow.sample).components(separatedBy: ",t2.small,")[0]
        try directory.put(header + "\n" + line + "\n", at: "summary.csv")
        let row = try #require(CSVReader<SummaryRow>(in: directory.path).rows.first)
        #expect(row.counts == SummaryRow.sample.counts)
        #expect(row.setup.instance == nil && row.pace.generators == nil && row.setup.payloadBytes == nil)
    }

    @Test("a file that lacks a column which is no newer one is refused, with the column and what to do")
    func cutFile() throws {
        let header = CSVText.header(of: SummaryRow.self).components(separatedBy: ",peak_memory_workers_bytes,")[0]
        try directory.put(header + "\n", at: "summary.csv")
        let error = try #require(throws: ResultsError.self) { try CSVReader<SummaryRow>(in: directory.path) }
        #expect(
            "\(error)" == "\(directory.path)/summary.csv:1: lacks the column peak_memory_workers_bytes: "
                + "get the file once more, or use the fibq that made it")
    }

    @Test("what a column can't hold is refused, with the line")
    func unknownValue() throws {
        let text = CSVText.header(of: LatencyRow.self) + LatencyRow.samples.map(CSVText.line).joined()
        try directory.put(text.replacing("queue_wait", with: "queue_weight"), at: "latency.csv")
        let error = try #require(throws: ResultsError.self) { try CSVReader<LatencyRow>(in: directory.path) }
        #expect("\(error)".hasPrefix("\(directory.path)/latency.csv:2: the column latency_kind holds \"queue_weight\""))
    }

    @Test("a file that is not there is none where it may be missing")
    func absent() throws {
        #expect(try CSVReader<FaultRow>.rowsIfPresent(in: directory.path) == nil)
        #expect(throws: ResultsError.self) { try CSVReader<FaultRow>(in: directory.path) }
    }
}
