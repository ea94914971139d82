import Reporting
import Testing

@Suite struct ForecastTableTests {
    @Test func aLineForEachStart() {
        let text = ForecastTable(rows: [.throttled]).render()
        #expect(text.hasPrefix("run-1 on t2.small: 500 µs of CPU a task, 1.00 processors wanted\n"))
        #expect(text.contains("launch"))
        #expect(text.contains("37:30"))
        #expect(text.contains("30:00"))
        #expect(text.contains("45:00"))
        #expect(text.contains("2,000/s") && text.contains("400/s"))
        #expect(text.contains("$0.0160"))
        #expect(text.contains("as fast as those of the run; say --speed"))
        #expect(!text.contains("Surplus"))
    }

    @Test func whatLastsForEverIsSaidSo() {
        let text = ForecastTable(rows: [.forEver]).render()
        #expect(text.contains("for ever"))
        #expect(text.contains("never"))
        #expect(text.contains("0.50 times as fast"))
        #expect(text.contains("Surplus credits: $0.0400 an hour"))
    }

    @Test func noRowsAreNoText() { #expect(ForecastTable(rows: []).render().isEmpty) }

    // MARK: Throttled runs

    private static let row = ThrottleTable.Row(
        run: "c2-r1", isForecast: true, instance: "t2.small", credits: "empty", timeScale: 120, baselineProcessors: 0.2,
        processors: 1,
        isEmptyThroughout: true, loadSeconds: 30.04, share: 0.2004, cpuPerTaskMicroseconds: 500, isAtFullSpeed: false,
        partOfFull: 0.199,
        endBalance: (forecast: 0, measured: -0.01), endDifference: 0.005, courseDifference: 0.01, range: 12,
        spentAfter: (forecast: 0, measured: nil), perSecond: (forecast: 400, measured: 398.4),
        governorDifference: 0.00002)

    @Test func runsAndBarsAreShown() {
        let held = ThrottleTable.Bar(claim: "a share", values: [(0.2004, true), (0.2006, true)])
        let missed = ThrottleTable.Bar(claim: "a part", values: [(0.199, true), (0.3, false)])
        let table = ThrottleTable(rows: [Self.row], bars: [held, missed, .init(claim: "nothing", values: [])])
        let text = table.render()
        for part in ["c2-r1", "20.04 %", "0.199", "0.000 | -0.010", "0.0 s | –", "400/s | 398/s", "0.002 %"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.contains("\nholds: a share: 0.2004 to 0.2006 (runs: 2)\n"))
        #expect(text.contains("\nmissed by 1 of 2: a part: 0.1990 to 0.3000 (runs: 2)\n"))
        #expect(text.hasSuffix("\nnothing to judge: nothing\n"))
        #expect(table.missed.map(\.claim) == ["a part"])
        #expect(!text.contains("at full speed"))
    }

    /// Where the machine was not quiet, the comparison is called doubtful.
    @Test func aBusyMachineIsSaid() {
        var row = Self.row
        (row.isAtFullSpeed, row.share) = (true, 0.673)
        let text = ThrottleTable(rows: [row], bars: []).render()
        #expect(text.contains("A run at full speed used only 67.3 % of its processors."))
        row.share = 0.99
        #expect(!ThrottleTable(rows: [row], bars: []).render().contains("at full speed"))
    }
}
