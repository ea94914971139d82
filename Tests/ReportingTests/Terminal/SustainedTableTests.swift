import Reporting
import Testing

/// What an instance sustains, on a terminal and in its file.
@Suite("What is sustained, on the terminal")
struct SustainedTableTests {
    private let rows = [
        SustainedRow(
            key: .sample, parameters: ["lease", "queue"], instance: "t2.small",
            withCredits: SustainedRate(perSecond: 15_000, missedPerSecond: nil, p99Microseconds: 2_340),
            span: CreditSpan(processors: 0.84, isForEver: false, fullSeconds: 27_000, launchSeconds: 2_700.25),
            withoutCredits: SustainedRate(perSecond: 5_000, missedPerSecond: 15_000, p99Microseconds: 41_000)),
        SustainedRow(
            key: .sample, parameters: ["lock", "wait"], instance: "t2.small",
            withCredits: SustainedRate(perSecond: 100, missedPerSecond: 300, p99Microseconds: 900),
            span: CreditSpan(processors: 0.11, isForEver: true, fullSeconds: nil, launchSeconds: nil),
            withoutCredits: SustainedRate(perSecond: 0, missedPerSecond: 100, p99Microseconds: nil)),
    ]

    @Test("a line a set-up")
    func table() {
        #expect(
            SustainedTable(axes: ["protocol", "mix"], rows: rows).render() == """
                What is sustained: the highest rate of the sweep at which no run fell behind
                  instance  protocol  mix    with credits      p99  processors  full last  launch last  without      p99
                  ──────────────────────────────────────────────────────────────────────────────────────────────────────
                  t2.small  lease     queue    ≥ 15,000/s  2.34 ms        0.84    7:30:00        45:00  5,000/s  41.0 ms
                  t2.small  lock      wait          100/s   900 µs        0.11   for ever     for ever  < 100/s        –

                """)
        #expect(SustainedTable(axes: ["protocol"], rows: []).render().isEmpty)
    }

    @Test("a line of its file: what never comes is empty, and so is what is not known")
    func file() {
        #expect(
            CSVText.line(of: rows[0])
                == "1,run-1,cell-a,2,lease,queue,t2.small,15000.000,,2340.000,0.8400,false,27000.000000,2700.250000,"
                + "5000.000,15000.000,41000.000\n")
        #expect(
            CSVText.line(of: rows[1])
                == "1,run-1,cell-a,2,lock,wait,t2.small,100.000,300.000,900.000,0.1100,true,,,0.000,100.000,\n")
    }
}
