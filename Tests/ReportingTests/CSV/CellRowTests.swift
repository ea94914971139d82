import Foundation
import Measurement
import Reporting
import Testing

/// `cells.csv`: columns of the sweep's own axes, and the summary of each run.
@Suite("Cells of a sweep")
struct CellRowTests {
    private let axes = ["monitor-interval", "mix"]

    private func line(of row: CellRow) -> [String: String] {
        let names = CSVText.header(of: CellRow.self, axes: axes).dropLast().split(separator: ",")
        let values = CSVText.line(of: row).dropLast().split(separator: ",", omittingEmptySubsequences: false)
        #expect(names.count == values.count)
        return Dictionary(uniqueKeysWithValues: zip(names.map(String.init), values.map(String.init)))
    }

    @Test("the axes' columns stand between the key and the status")
    func header() {
        let header = CSVText.header(of: CellRow.self, axes: axes)
        #expect(
            header.hasPrefix(
                "schema_version,run_id,cell_id,repetition,param_monitor_interval,param_mix,status,reason,"))
        let summary = CSVText.header(of: SummaryRow.self).split(separator: ",").dropFirst(4).joined(separator: ",")
        #expect(header.hasSuffix("," + summary))
    }

    @Test("a run that was measured")
    func done() {
        let latency = CellLatency(LatencyRow.samples)
        let values = line(of: .sample(.done, reason: "", latency: latency, summary: .sample))
        #expect(values["cell_id"] == "cell-a")
        #expect(values["repetition"] == "2")
        #expect(values["param_monitor_interval"] == "50ms")
        #expect(values["param_mix"] == "half")
        #expect(values["status"] == "done")
        #expect(values["reason"] == "")
        #expect(values["end_to_end_intended_p99_us"] == "395061.728")
        let summary = CSVText.line(of: SummaryRow.sample).split(separator: ",", omittingEmptySubsequences: false)
        let row = CellRow.sample(.done, reason: "", latency: nil, summary: .sample)
        #expect(CSVText.line(of: row).hasSuffix("," + summary.dropFirst(4).joined(separator: ",")))
    }

    @Test("a run that was not measured has a reason and nothing else")
    func failed() {
        let values = line(of: .sample(.failed, reason: "no server", latency: nil, summary: nil))
        #expect(values["status"] == "failed")
        #expect(values["reason"] == "no server")
        let given = [
            "schema_version", "run_id", "cell_id", "repetition", "param_monitor_interval", "param_mix", "status",
            "reason",
        ]
        #expect(values.filter { !given.contains($0.key) }.allSatisfy { $0.value == "" })
    }

    @Test("of several kinds the greatest percentile counts, and of nothing none")
    func latency() throws {
        #expect(CellLatency([]) == nil)
        #expect(CellLatency(Array(LatencyRow.samples.prefix(2))) == nil)
        let low = LatencyRow(key: .sample, taskKind: "low", latencyKind: .endToEndIntended, summary: .sample(mean: 1))
        let both = try #require(CellLatency(LatencyRow.samples + [low]))
        #expect(both == CellLatency(LatencyRow.samples))
        #expect(both.p99 == 98_765.4321 * 4)
        #expect(both[.endToEndIntended, .p99_9] == 98_765.4321 * 20)
        #expect(both[.service, .p95] == 4.5)
        #expect(both[.ack, .p50] == nil)
    }

    @Test("a row survives being written down and read back")
    func roundTrip() throws {
        let row = CellRow.sample(.done, reason: "", latency: CellLatency(LatencyRow.samples), summary: .sample)
        #expect(try JSONDecoder().decode(CellRow.self, from: JSONEncoder().encode(row)) == row)
    }

    @Test("a table without axes is as it was")
    func others() {
        #expect(SummaryRow.columns == SummaryRow.columns(axes: []))
        #expect(SummaryRow.sample.parameters == [])
    }
}
