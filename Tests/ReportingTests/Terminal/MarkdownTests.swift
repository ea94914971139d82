import Reporting
import Testing

/// The same tables as Markdown.
@Suite("Markdown")
struct MarkdownTests {
    @Test("a run: headings, pipe tables, numbers to the right, names in full")
    func run() {
        var latency = LatencyRow.samples[0]
        latency.taskKind = "a-kind-with-a-name|longer than a terminal shows"
        let text = RunTable(summary: .sample, latencies: [latency], io: [], accuracy: []).render(as: .markdown)
        #expect(
            text.hasPrefix("## run-1\n\nlease · durability none · unix · poisson:25000 · 2 × 1 slots · claim 256\n\n"))
        #expect(
            text.contains(
                """

                ### Latency

                | task kind | latency | tasks | p50 | p95 | p99 | p99.9 | max |
                |---|---|---:|---:|---:|---:|---:|---:|
                | a-kind-with-a-name\\|longer than a terminal shows | queue wait | 999,990 | 1.13 ms | 2.50 ms | 5.00 ms | 25.0 ms | 1.25 s |


                """))
        #expect(!text.contains("Where the time went") && text.hasSuffix(" |\n"))
    }

    @Test("what has no rows is its title alone")
    func empty() { #expect(KneeTable(objective: "x", rows: []).render(as: .markdown) == "no probe was made\n") }

    @Test("lines below a table are paragraphs")
    func notes() {
        var without = MeasuringRow.sample
        without.hasJournals = false
        let text = MeasuringTable(rows: [.sample, without]).render(as: .markdown)
        #expect(text.hasPrefix("### Cost of measuring, lease, medians\n\n| journals |"))
        #expect(text.contains(" |\n\nThroughput with journals ÷ without: 1.000"))
    }
}
