import Reporting
import Testing

/// What a sweep shows of itself on a terminal.
@Suite("Sweeps on the terminal")
struct SweepTableTests {
    @Test("the end: a line a run")
    func table() {
        let rows = [
            CellRow.sample(.done, reason: "", latency: CellLatency(LatencyRow.samples), summary: .sample),
            CellRow.sample(.failed, reason: "no server", latency: nil, summary: nil),
        ]
        #expect(
            SweepTable(axes: ["monitor-interval", "mix"], rows: rows).render() == """
                2 runs, 1 FAILED
                  cell    rep  monitor-interval  mix   acked/s      p50     p99  lost  status
                  ───────────────────────────────────────────────────────────────────────────
                  cell-a    2  50ms              half   24,987  88.9 ms  395 ms     0  done
                  cell-a    2  50ms              half        –        –       –     –  failed

                """)
    }

    @Test("the end of a sweep with repetitions: a line a cell, with medians and their intervals")
    func cells() {
        let rows = (1...6).map { repetition in
            var summary = SummaryRow.sample
            summary.pace.ackedPerSecond = 1_000 + Double(repetition)
            var row = CellRow.sample(
                .done, reason: "", latency: CellLatency(LatencyRow.samples), summary: summary)
            row.key = RunKey(runID: "run-1", cellID: "c001", repetition: repetition)
            return row
        }
        var failed = CellRow.sample(.failed, reason: "no server", latency: nil, summary: nil)
        failed.key = RunKey(runID: "run-1", cellID: "c002", repetition: 1)
        let table = SweepTable(
            axes: ["monitor-interval", "mix"], rows: rows + [failed], estimates: EstimateRow.rows(of: [rows, [failed]]))
        #expect(
            table.render() == """
                7 runs, 1 FAILED; medians over the repetitions with their 95 % intervals
                  cell  runs  monitor-interval  mix                 acked/s                          p50                       p99  lost  failed  unusable
                  ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                  c001     6  50ms              half  1,004 (1,001 … 1,006)  88.9 ms (88.9 ms … 88.9 ms)  395 ms (395 ms … 395 ms)     0       0         0
                  c002     1  50ms              half                      –                            –                         –     –       1         0

                """)
    }

    @Test("what a generator that fell behind did is said, and counts for nothing")
    func unusable() {
        let row = CellRow.sample(
            .unusable, reason: "the generator fell behind", latency: CellLatency(LatencyRow.samples), summary: .sample)
        #expect(
            SweepTable(axes: ["a", "b"], rows: [row]).render().hasPrefix(
                "1 run, 1 UNUSABLE: the generator fell behind\n"))
        #expect(EstimateRow.rows(of: [[row]]).allSatisfy { $0.repetitions == 0 && $0.median == nil })
    }

    @Test("a sweep of which nothing has ended")
    func nothing() {
        #expect(SweepTable(axes: ["mix"], rows: []).render() == "0 runs\n")
    }

    @Test("what is to come, and how long it takes")
    func outline() {
        let steps = [
            SweepOutline.Step(name: "c002-r1", parameters: ["2"], seconds: 90),
            SweepOutline.Step(name: "c001-r1", parameters: ["1"], seconds: nil),
        ]
        #expect(
            SweepOutline(axes: ["workers"], steps: steps).render() == """
                2 runs; 1:30 as planned for the 1 with a planned time, and what it takes to start, drain and stop
                  rank  run      workers  planned
                  ───────────────────────────────
                     1  c002-r1  2         90.0 s
                     2  c001-r1  1              –

                """)
        let known = SweepOutline(axes: ["workers"], steps: [steps[0]]).render()
        #expect(known.hasPrefix("1 run; 1:30 as planned, and what it takes to start, drain and stop\n"))
        let unknown = SweepOutline(axes: ["workers"], steps: [steps[1]]).render()
        #expect(unknown.hasPrefix("1 run; how long they take is up to the machine\n"))
    }

    @Test("the credits that runs may need, against what their instances have")
    func credits() {
        let steps = [
            SweepOutline.Step(
                name: "c001-r1", parameters: ["launch"], seconds: 600,
                credits: .init(needed: 10, start: 30, earned: 2)),
            SweepOutline.Step(
                name: "c002-r1", parameters: ["empty"], seconds: 600, credits: .init(needed: 10, start: 0, earned: 2)),
            SweepOutline.Step(
                name: "c003-r1", parameters: ["full"], seconds: nil,
                credits: .init(needed: nil, start: 288, earned: nil)),
        ]
        #expect(
            SweepOutline(axes: ["credits"], steps: steps).render() == """
                3 runs; 20:00 as planned for the 2 with a planned time, and what it takes to start, drain and stop
                CPU credits: 20.0 at most in 2 runs, each of which begins anew; 1 run may run out and be slowed down, \
                or pay for more; not known for 1 run without a planned time
                  rank  run      credits  planned  credits at most  at first  earned  lacking
                  ───────────────────────────────────────────────────────────────────────────
                     1  c001-r1  launch     10:00             10.0      30.0    2.00        0
                     2  c002-r1  empty      10:00             10.0         0    2.00     8.00
                     3  c003-r1  full           –                –       288       –        –

                """)
        let unknown = SweepOutline(axes: ["credits"], steps: [steps[2]]).render()
        #expect(unknown.contains("\nCPU credits: not known, since no run with an instance has a planned time\n"))
        let enough = SweepOutline(axes: ["credits"], steps: [steps[0]]).render()
        #expect(
            enough.contains("\nCPU credits: 10.0 at most in 1 run, each of which begins anew; none of them runs out\n"))
    }

    @Test("runs that may follow are counted apart")
    func further() {
        let steps = [SweepOutline.Step(name: "c001-r1", parameters: ["1"], seconds: 90)]
        let text = SweepOutline(axes: ["workers"], steps: steps, mostFurther: 1_200).render()
        #expect(
            text.hasPrefix(
                "1 run and up to 1,200 more; 1:30 as planned for the first 1, and what it takes to start, drain and stop\n"
            ))
    }

    @Test("a bar goes as far as the time has, and fits the terminal")
    func bar() {
        var line = SweepLine(
            name: "c007-r2", rank: 3, total: 4, isOpen: true, share: 0.25, secondsLeft: 200, parameters: ["workers 2"])
        #expect(line.bar(width: 60) == "███░░░░░░░░░ 3/4+ · c007-r2 · 3:20 left · workers 2")
        #expect(line.bar(width: 40) == "██░░░░░░ 3/4+ · c007-r2 · 3:20 left")
        #expect(line.bar(width: 39) == "3/4+ · c007-r2 · 3:20 left · workers 2")
        line.share = nil
        #expect(
            line.bar(width: 500).hasPrefix(
                String(repeating: "█", count: 15) + String(repeating: "░", count: 15) + " 3/4+"))
        line.share = 7
        #expect(line.bar(width: 40).hasPrefix("████████ "))
        for width in 40...200 { #expect(line.bar(width: width).count <= width) }
    }

    @Test("the line of progress keeps to the terminal's width")
    func line() {
        var line = SweepLine(name: "c007-r2", rank: 3, total: 1200, secondsLeft: nil, parameters: ["workers 2"])
        #expect(line.text == "3/1,200 · c007-r2 · workers 2")
        line.secondsLeft = 200
        #expect(line.text == "3/1,200 · c007-r2 · 3:20 left · workers 2")
        line.parameters = [String(repeating: "x", count: 80), "slots 8"]
        #expect(line.text == "3/1,200 · c007-r2 · 3:20 left · slots 8")
    }
}
