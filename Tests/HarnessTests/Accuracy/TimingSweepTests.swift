import Fibonacci
import Harness
import ReliableQueue
import Reporting
import Testing

/// No time gates these tests: they hold whatever the clock says.
@Suite struct TimingSweepTests {
    private func timings(_ names: [String], to: Int) throws -> [TimingRow] {
        var rows: [TimingRow] = []
        try TimingSweep(names, to: to).run("test") { row throws(HarnessError) in rows.append(row) }
        return rows
    }

    @Test func timesEachAlgorithmWithinItsRange() throws {
        let rows = try timings(["iterative", "binet-mpfr"], to: 100)
        #expect(rows.filter { $0.algorithm == "iterative" }.map(\.n) == [1, 2, 5, 10, 20, 50, 93])
        let mpfr = rows.filter { $0.algorithm == "binet-mpfr" }
        #expect(mpfr.map(\.n) == [1, 2, 5, 10, 20, 50, 100])
        #expect(mpfr.map(\.precisionBits) == mpfr.map { requiredPrecision(for: $0.n) })
        #expect(rows.allSatisfy { $0.minNanoseconds > 0 && $0.minNanoseconds <= $0.medianNanoseconds })
        #expect(rows.allSatisfy { $0.samples >= 1 && $0.samples <= 101 })
    }

    @Test func refusesWhatItCannotTime() {
        for (names, to) in [(["gmp"], 0), (["nosuch"], 10)] {
            let error = #expect(throws: HarnessError.self) { try TimingSweep(names, to: to) }
            #expect(error?.exitCode == 64)
        }
    }

    @Test func endsWhenAsked() throws {
        let stop = StopSignal()
        var lines = 0
        let sweep = try TimingSweep(["iterative", "gmp"], to: 50)
        #expect(throws: HarnessError.interrupted("interrupted")) {
            try sweep.run("test", LongWork(stop: stop) { _ in }) { _ throws(HarnessError) in
                lines += 1
                stop.set()
            }
        }
        #expect(lines == 1)
    }

    /// Timings as they could be, between which the search measures: wherever it ends, it is between the two.
    @Test func aCrossoverLiesBetweenTheTimesThatShowIt() throws {
        let rows =
            row("recursive", [2: 3, 5: 20, 25: 300_000]) + row("gmp", [2: 30, 5: 30, 25: 40])
            + row("memoized", [2: 31, 5: 31, 25: 41])
        let found = try TimingSweep(["recursive", "gmp", "memoized"], to: 25).crossovers("test", rows)
        let first = try #require(found.first { $0.overtakenBy == "gmp" })
        #expect(first.algorithm == "recursive" && (6...25).contains(first.n))
        // Two that are within a tenth of each other change no places.
        #expect(found.count == 2 && found.allSatisfy { $0.algorithm == "recursive" })
    }

    private func row(_ name: String, _ times: [Int: Double]) -> [TimingRow] {
        times.sorted { $0.key < $1.key }.map { n, time in
            TimingRow(
                key: RunKey(runID: "test", cellID: "test", repetition: 1), algorithm: name, precisionBits: nil, n: n,
                samples: 3, medianNanoseconds: time, minNanoseconds: time)
        }
    }
}

@Suite struct TimeForecastTests {
    @Test func twoPointsAreNeeded() {
        var forecast = TimeForecast()
        #expect(forecast.lastIndex(upTo: 100, within: 1) == 100)
        forecast.add(10, 1e12)
        #expect(forecast.lastIndex(upTo: 100, within: 1) == 100)
    }

    @Test func aPowerIsFollowed() {
        var forecast = TimeForecast()
        forecast.add(10, 100)
        forecast.add(1_000, 1e6)
        // t = n²: 10⁸ at 10⁴.
        #expect(forecast.lastIndex(upTo: 5_000, within: 1e8) == 5_000)
        #expect((9_990...10_000).contains(forecast.lastIndex(upTo: 20_000, within: 1e8)))
    }

    @Test func steepGrowthIsTakenForExponential() {
        var forecast = TimeForecast()
        forecast.add(10, 1_024)
        forecast.add(20, 1_048_576)
        // t = 2ⁿ: 2³⁰ at 30, where the power of n through both would say 32 at least.
        #expect((29...30).contains(forecast.lastIndex(upTo: 50, within: 0x1p30)))
    }

    @Test func noGrowthHasNoEnd() {
        var forecast = TimeForecast()
        forecast.add(10, 17)
        forecast.add(20, 16)
        #expect(forecast.lastIndex(upTo: 1_000_000, within: 20) == 1_000_000)
    }
}
