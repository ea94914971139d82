import Harness
import Measurement
import TestSupport
import Testing

/// Journals of several hosts are brought to one clock.
@Suite struct JournalAlignmentTests {
    /// That of a clock which is behind the common one by so many milliseconds.
    private static func alignment(behindBy milliseconds: Int64) throws -> ClockAlignment {
        func estimate(_ ahead: Int64) throws -> ClockEstimate {
            let at: UInt64 = 1_000_000_000_000
            let distant = UInt64(Int64(at) + 50_000_000_000 + ahead)
            return try #require(ClockEstimate([ClockSample(before: at, distant: distant, after: at)], resolution: 0))
        }
        return ClockAlignment(try estimate(milliseconds * 1_000_000), to: try estimate(0))
    }

    /// When a task was sent is what its generator's clock said, also where a worker wrote it down.
    @Test func eachInstantIsOfTheClockThatItWasReadFrom() throws {
        let fixture = try JournalFixture()
        try fixture.send(2)
        try fixture.worker().run(0..<2)
        let run = try #require(RunFolder(existing: fixture.folder.path))
        try JournalAlignment(
            of: run,
            by: [
                "load-1": try Self.alignment(behindBy: 2_000), "worker-1": try Self.alignment(behindBy: -500),
                "worker-2": try Self.alignment(behindBy: 9_000),
            ]
        ).apply()

        let enqueues = try JournalReader<EnqueueRecord>(opening: fixture.folder.path(of: "load-1.enqueues.journal"))
        #expect(enqueues[0].intended == JournalFixture.instant(2_000.5))
        #expect(enqueues[0].sent == JournalFixture.instant(2_001))
        #expect(enqueues[0].acked == JournalFixture.instant(2_001.25))
        let attempts = try JournalReader<AttemptRecord>(
            opening: fixture.folder.path(of: "worker-1.slot-0.attempts.journal"))
        #expect(attempts.count == 2)
        #expect(attempts[1].intended == JournalFixture.instant(2_000.5))
        #expect(attempts[1].sent == JournalFixture.instant(2_001))
        #expect(attempts[1].claimed == JournalFixture.instant(10) - 500_000_000)
        #expect(attempts[1].started == JournalFixture.instant(11) - 500_000_000)
        #expect(attempts[1].finished == JournalFixture.instant(12) - 500_000_000)
        #expect(attempts[1].acked == 0)
        let cycles = try JournalReader<CycleRecord>(
            opening: fixture.folder.path(of: "worker-1.slot-0.cycles.journal"))
        #expect(cycles[0].requested == JournalFixture.instant(9.5) - 500_000_000)
        #expect(cycles[0].ackSent == JournalFixture.instant(12) - 500_000_000)
        #expect(cycles[0].acked == JournalFixture.instant(13) - 500_000_000)
    }

    /// A latency that begins on one host and ends on another is right once both are aligned.
    @Test func latenciesComeOutRight() throws {
        let straight = try JournalFixture()
        try straight.send(3)
        try straight.worker().run(0..<3)
        let shifted = try JournalFixture()
        try shifted.send(3)
        try shifted.worker().run(
            0..<3,
            change: { record in
                for path: WritableKeyPath<AttemptRecord, UInt64> in [\.claimed, \.started, \.finished] {
                    record[keyPath: path] += 77_000_000_000
                }
            },
            changeCycle: { cycle in
                for path: WritableKeyPath<CycleRecord, UInt64> in [
                    \.requested, \.claimed, \.executed, \.ackSent, \.acked,
                ] {
                    cycle[keyPath: path] += 77_000_000_000
                }
            })
        let wrong = try shifted.analysis().latency
        try JournalAlignment(
            of: try #require(RunFolder(existing: shifted.folder.path)),
            by: ["load-1": .identity, "worker-1": try Self.alignment(behindBy: -77_000)]
        ).apply()
        #expect(try shifted.analysis().latency == straight.analysis().latency)
        #expect(try shifted.analysis().latency != wrong)
    }
}
