import Foundation
import Reporting
import Testing

/// `results/README.md` says what the code writes: names, units, meanings, order.
@Suite("Data dictionary")
struct DataDictionaryTests {
    private let text: String

    init() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        text = try String(contentsOf: root.appending(path: "results/README.md"), encoding: .utf8)
    }

    @Test("summary.csv") func summary() { check(SummaryRow.self) }
    @Test("latency.csv") func latency() { check(LatencyRow.self) }
    @Test("io.csv") func io() { check(IORow.self) }
    @Test("accuracy.csv") func accuracy() { check(AccuracyRow.self) }
    @Test("divergence.csv") func divergence() { check(DivergenceRow.self) }
    @Test("bounds.csv") func bounds() { check(BoundRow.self) }
    @Test("error_sources.csv") func errorSources() { check(ErrorSourceRow.self) }
    @Test("timings.csv") func timings() { check(TimingRow.self) }
    @Test("growth.csv") func growth() { check(GrowthRow.self) }
    @Test("crossovers.csv") func crossovers() { check(CrossoverRow.self) }
    @Test("sink.csv") func sink() { check(SinkRow.self) }
    @Test("processes.csv") func processes() { check(ProcessRow.self) }
    @Test("credits.csv") func credits() { check(CreditRow.self) }
    @Test("forecast.csv") func forecast() { check(ForecastRow.self) }
    @Test("recovery.csv") func recovery() { check(RecoveryRow.self) }
    @Test("growth_trials.csv") func growthTrials() { check(GrowthTrialRow.self) }
    @Test("exponents.csv") func exponents() { check(ExponentRow.self) }
    @Test("measuring.csv") func measuring() { check(MeasuringRow.self) }
    @Test("knee.csv") func knee() { check(KneeRow.self) }
    @Test("queueing.csv") func queueing() { check(QueueingRow.self) }
    @Test("knee_check.csv") func kneeCheck() { check(KneeCheckRow.self) }
    @Test("faults.csv") func faults() { check(FaultRow.self) }
    @Test("intervals.csv") func intervals() { check(IntervalRow.self) }
    @Test("cells.csv") func cells() { check(CellRow.self, axes: ["<axis>"]) }
    @Test("estimates.csv") func estimates() { check(EstimateRow.self, axes: ["<axis>"]) }
    @Test("sustained.csv") func sustained() { check(SustainedRow.self, axes: ["<axis>"]) }

    @Test("latency kinds, with their definitions")
    func latencyKinds() {
        let rows = LatencyKind.allCases.map { "| `\($0.rawValue)` | \($0.definition) |" }
        let table = (["| latency kind | definition |", "|---|---|"] + rows).joined(separator: "\n")
        #expect(text.contains(table + "\n\n"), "expected in results/README.md:\n\(table)")
    }

    @Test("manifest.json: every key, in the file's order")
    func manifest() throws {
        let directory = try TemporaryDirectory()
        try Manifest.sample.write(into: directory.path)
        let json = try JSONSerialization.jsonObject(with: Data(directory.text(of: "manifest.json").utf8))
        let keys = Self.keys(try #require(json as? [String: Any]), under: "")
        let section = try #require(text.components(separatedBy: "## `manifest.json`").last)
            .prefix { $0 != "#" }
        let documented = section.matches(of: /(?m)^\| `([^`]+)` \|/).map { String($0.output.1) }
        #expect(documented == keys)
    }

    private func check<Row: CSVTable>(_ table: Row.Type, axes: [String] = []) {
        let rows = Row.columns(axes: axes).map { column in
            let meaning = column.meaning.replacing("|", with: "\\|")
            return "| `\(column.name)` | \(column.unit.rawValue) | \(meaning) |"
        }
        let section = """
            ## `\(Row.fileName)`

            One row: \(Row.rowMeaning).

            | column | unit | meaning |
            |---|---|---|
            \(rows.joined(separator: "\n"))

            """
        #expect(text.contains(section + "\n"), "expected in results/README.md:\n\(section)")
    }

    /// The keys of an object and, with dots, of the objects in it; those that name free text keep theirs to themselves.
    private static func keys(_ object: [String: Any], under prefix: String) -> [String] {
        object.keys.sorted().flatMap { key in
            let name = prefix + key
            guard ["host", "host.cgroup", "redis"].contains(name), let inner = object[key] as? [String: Any] else {
                return [name]
            }
            return keys(inner, under: name + ".")
        }
    }
}
