import Measurement
import Reporting
import Testing

@Suite("Run table")
struct RunTableTests {
    private let table = RunTable(
        summary: .sample, latencies: LatencyRow.samples, io: [.sample, .idle], accuracy: AccuracyRow.samples)

    @Test("the whole table")
    func golden() {
        let text = """
            run-1
              lease · durability none · unix · poisson:25000 · 2 × 1 slots · claim 256

            Throughput
              tasks sent    acked  offered/s  sent/s  acked/s  backlog/s  duration  verdict
              ─────────────────────────────────────────────────────────────────────────────
               1,000,000  999,990     25,000  24,988   24,987       0.00    40.1 s  steady

            Generator
              processes    planned       sent  late, p99     CPU  verdict
              ───────────────────────────────────────────────────────────
                      1  1,000,000  1,000,003     125 µs  25.0 %  kept up

            Latency
              task kind  latency            tasks      p50      p95      p99    p99.9      max
              ────────────────────────────────────────────────────────────────────────────────
              fibonacci  queue wait       999,990  1.13 ms  2.50 ms  5.00 ms  25.0 ms   1.25 s
                         service          999,990  2.02 µs  4.50 µs  9.00 µs  45.0 µs  2.25 ms
              wait       intended to end  999,990  88.9 ms   198 ms   395 ms   1.98 s   98.8 s

            Where the time went
              task kind  role        tasks    wall     CPU     I/O  no core   rest  concurrency
              ─────────────────────────────────────────────────────────────────────────────────
              fibonacci  worker  1,000,005  80.0 s  38.8 %  58.1 %    2.5 %  0.6 %         2.50
              wait       worker          0    0 µs       –       –        –      –            –

            Inexact results
              algorithm      bits  n checked  inexact  first at n  most ulp
              ─────────────────────────────────────────────────────────────
              binet            53          3        2          71      20.0
              fast-doubling     –          1        0           –         –

            Nothing was lost
              lost  duplicated  recovered  unexpected  failed  dead  stale acks  left in Redis  wrong
              ───────────────────────────────────────────────────────────────────────────────────────
                 0           5          1           0       2     4           6              8      0

            Messages, each placed once
              placed  repeated  refused  placed twice  missing
              ────────────────────────────────────────────────
                 300         4        3             0        0

            """
        #expect(table.render() == text)
    }

    @Test("no line is wider than 100 columns or ends in blanks")
    func width() {
        var wide = table
        wide.latencies[0].taskKind = "a-kind-of-more-letters-than-fit"
        wide.io[0].taskKind = wide.latencies[0].taskKind
        wide.latencies[0].summary.count = 123_456_789
        wide.io[0].tasks = 123_456_789
        for line in wide.render().split(separator: "\n") {
            #expect(line.count <= 100 && line.last != " ", "\(line)")
        }
    }

    @Test("parts without rows are left out, and a loss is said aloud")
    func loss() {
        var summary = SummaryRow.sample
        summary.counts.lost = 12_345
        let text = RunTable(summary: summary, latencies: [], io: [], accuracy: []).render()
        #expect(!text.contains("Latency") && !text.contains("Where") && !text.contains("Inexact"))
        #expect(text.contains("TASKS WERE LOST") && text.contains("12,345"))
    }

    @Test("a run whose Redis was gone at the end is not called free of losses")
    func notAudited() {
        var summary = SummaryRow.sample
        (summary.counts.lost, summary.counts.leftInRedis) = (nil, nil)
        summary.messages = nil
        let text = RunTable(summary: summary, latencies: [], io: [], accuracy: []).render()
        let audit = """
            Not audited: Redis could not be asked
              lost  duplicated  recovered  unexpected  failed  dead  stale acks  left in Redis  wrong
              ───────────────────────────────────────────────────────────────────────────────────────
                 –           5          1           0       2     4           6              –      0

            """
        #expect(text.hasSuffix("\n\n" + audit))
    }

    @Test("a run on several hosts says how well their clocks agree, and whose journals are missing")
    func clocks() {
        var summary = SummaryRow.sample
        (summary.counts.lost, summary.counts.leftInRedis) = (nil, nil)
        let text = RunTable(summary: summary, latencies: [], io: [], accuracy: [], clocks: ClockRow.samples).render()
        let clocks = """
            Clocks
              process    host   samples  round trip       error      drift  journals
              ───────────────────────────────────────────────────────────────────────
              conductor  hub        140     13.5 µs  same clock      0 ppm  collected
              a          left       139     20.0 µs     22.5 µs   1.25 ppm  collected
              b          right       70     40.0 µs     45.0 µs  -3.50 ppm  MISSING
              c          right        0           –           –          –  collected
            All times are in the conductor's clock, to within 45.0 µs.
            A latency from one process to another is uncertain by up to 67.5 µs.

            """
        #expect(text.contains("\n\n" + clocks), "\(text)")
        #expect(text.contains("Not audited: the journals of b are missing"))
    }

    @Test("a message that is missing or there twice is said aloud")
    func messages() {
        for (twice, missing) in [(1, 0), (0, 1)] {
            var summary = SummaryRow.sample
            summary.messages = MessageCounts(placed: 7, repeated: 0, refused: 0, placedTwice: twice, missing: missing)
            let text = RunTable(summary: summary, latencies: [], io: [], accuracy: []).render()
            #expect(text.contains("MESSAGES ARE MISSING, OR THERE TWICE"))
        }
    }
}
