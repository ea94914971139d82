import Foundation
import Harness
import InstanceLimits
import Reporting
import Testing

@Suite struct InstanceForecastTests {
    private let fixture: RecordedRunFixture

    init() throws { fixture = try RecordedRunFixture() }

    private func rows(
        _ folder: String, on type: String = "t2.small", _ starts: [CreditAccount.Start] = [.launch, .full, .empty],
        rate: Double? = nil, speed: Double = 1
    ) throws -> [ForecastRow] {
        try InstanceForecast(
            RecordedRun(folder), in: .builtIn, type: type, starts: starts, rate: rate, speed: speed
        ).rows
    }

    /// Half a millisecond of CPU a task: 2,000 tasks a second of a whole processor, 400 of a fifth.
    @Test func aBacklogThatWasHeldBackAsksForAllThereIs() throws {
        let rows = try rows(fixture.run(.init(credits: "empty")))
        #expect(rows.map(\.credits) == ["launch", "full", "empty"])
        for row in rows {
            #expect(abs(row.cpuPerTaskMicroseconds - 500) < 1e-6)
            #expect(row.wantedProcessors == 1)
            #expect(abs(row.withCreditsPerSecond - 2000) < 1e-3)
            #expect(abs(row.afterwardsPerSecond - 400) < 1e-3)
            // $0.023 an hour, in which 7.2 million tasks are done, or 1.44 million.
            #expect(abs(try #require(row.withCreditsUSDPerMillion) - 0.023 / 7.2) < 1e-8)
            #expect(abs(try #require(row.afterwardsUSDPerMillion) - 0.023 / 1.44) < 1e-8)
            #expect(!row.isForEver)
        }
        #expect(rows.map(\.lastsSeconds) == [2250, 21_600, 0])
    }

    @Test func anotherBacklogAsksForWhatItUsed() throws {
        let row = try #require(rows(fixture.run(.init(credits: "full", appetite: 0.6)), on: "t2.medium").first)
        #expect(abs(row.wantedProcessors - 0.6) < 1e-6)
        #expect(abs(row.withCreditsPerSecond - 1200) < 1e-3)
        // Its baseline is 0.4 of two processors.
        #expect(abs(row.afterwardsPerSecond - 800) < 1e-3)
    }

    @Test func whatNeedsLessThanTheBaselineIsSustainedForEver() throws {
        let folder = try fixture.plainRun(arrival: "poisson:100", cpuSeconds: 1.5, acked: 1000, seconds: 10)
        for row in try rows(folder) {
            #expect(row.isForEver && row.endsAfterSeconds == nil && row.slowsAfterSeconds == nil)
            #expect(row.lastsSeconds == nil)
            #expect(abs(row.withCreditsPerSecond - 100) < 1e-6)
            #expect(row.withCreditsPerSecond == row.afterwardsPerSecond)
        }
        // At ten times the rate it is not: 1.5 processors are asked for, and there is one.
        let row = try #require(rows(folder, [.full], rate: 1000).first)
        #expect(row.wantedProcessors == 1)
        #expect(abs(row.withCreditsPerSecond - 1 / 0.0015) < 1e-6)
        #expect(!row.isForEver)
    }

    /// Held back, a run shows what it got, and not what it asked for: that follows from its schedule.
    @Test func tasksOfAScheduleAskForTheirRate() throws {
        let folder = try fixture.run(.init(credits: "empty", arrival: "constant:1000", appetite: 0.5))
        let row = try #require(rows(folder, [.full]).first)
        #expect(abs(row.wantedProcessors - 0.5) < 1e-6)
    }

    /// One that fell behind for another reason used less of the processors than its tasks ask for.
    @Test func aRunThatFellBehindAsksForItsRateToo() throws {
        // 2 ms of CPU a task, 200 times a second; but it took half a minute more than its schedule.
        let folder = try fixture.plainRun(
            arrival: "constant:200", cpuSeconds: 4, acked: 2000, seconds: 10, delay: 30)
        let row = try #require(rows(folder, [.full]).first)
        #expect(abs(row.wantedProcessors - 0.4) < 1e-6)
        #expect(abs(row.withCreditsPerSecond - 200) < 1e-3)
        #expect(!row.isForEver)
    }

    @Test func slowerProcessorsTakeLonger() throws {
        let folder = try fixture.plainRun(arrival: "poisson:100", cpuSeconds: 1.5, acked: 1000, seconds: 10)
        let row = try #require(rows(folder, [.full], speed: 0.5).first)
        #expect(row.cpuPerTaskMicroseconds == 3000)
        #expect(abs(row.wantedProcessors - 0.3) < 1e-9)
        #expect(!row.isForEver)
        #expect(abs(row.afterwardsPerSecond - 0.2 / 0.003) < 1e-6)
    }

    @Test func aTypeWithoutCreditsHasOneRow() throws {
        let rows = try rows(fixture.run(.init(credits: "empty")), on: "a1.medium")
        #expect(rows.count == 1)
        #expect(rows[0].credits == nil && rows[0].isForEver && rows[0].endsAfterSeconds == nil)
    }

    @Test func surplusCreditsArePartOfThePrice() throws {
        let row = try #require(rows(fixture.run(.init(credits: "empty")), on: "t3.small", [.empty]).first)
        #expect(abs(row.surplusUSDPerHour - 0.08) < 1e-9)
        // Two processors do 14.4 million in an hour.
        #expect(abs(try #require(row.afterwardsUSDPerMillion) - (0.0208 + 0.08) / 14.4) < 1e-8)
        #expect(abs(try #require(row.withCreditsUSDPerMillion) - 0.0208 / 14.4) < 1e-8)
    }

    // MARK: What is refused

    @Test func whatIsNoRunIsRefusedInOneLine() throws {
        let header = CSVText.header(of: SummaryRow.self)
        let folders = [
            (try fixture.emptyFolder(), "holds no run: there is no summary.csv in it", Int32(64)),
            (try fixture.folder(with: header, as: "summary.csv"), "has no row", 64),
            (try fixture.summary { $0.cost.redisCPUSeconds = 1 }, "no task was done", 64),
            (
                try fixture.summary { $0.counts.acked = -5 }, "the column acked holds \"-5\", which is no whole number",
                65
            ),
            (try fixture.summary { $0.counts.acked = 5 }, "the column cpu_redis_s is empty", 64),
        ]
        for (folder, words, code) in folders {
            let error = try #require(throws: HarnessError.self) { try RecordedRun(folder) }
            #expect("\(error)".contains(words), "\(error)")
            #expect("\(error)".hasPrefix(folder))
            #expect(!"\(error)".contains("\n"))
            #expect(error.exitCode == code)
        }
    }

    @Test func anUnknownTypeAndSenselessNumbersAreRefused() throws {
        let folder = try fixture.run(.init(credits: "full"))
        #expect(
            throws: HarnessError.catalogue(.unknown(name: "t9", known: InstanceCatalogue.builtIn.types.map(\.name)))
        ) {
            try rows(folder, on: "t9")
        }
        for (rate, speed) in [(0.0, 1.0), (-1, 1), (.infinity, 1), (1, 0), (1, -2), (1, .nan)] {
            let error = try #require(throws: HarnessError.self) { try rows(folder, rate: rate, speed: speed) }
            #expect(error.exitCode == 64)
        }
    }
}
