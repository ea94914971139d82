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
                2 runs; 1:30 as planned for the 1 with a planned time, and a second or so each to start and stop
                  rank  run      workers  planned
                  ───────────────────────────────
                     1  c002-r1  2         90.0 s
                     2  c001-r1  1              –

                """)
        let known = SweepOutline(axes: ["workers"], steps: [steps[0]]).render()
        #expect(known.hasPrefix("1 run; 1:30 as planned, and a second or so each to start and stop\n"))
        let unknown = SweepOutline(axes: ["workers"], steps: [steps[1]]).render()
        #expect(unknown.hasPrefix("1 run; how long they take is up to the machine\n"))
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
