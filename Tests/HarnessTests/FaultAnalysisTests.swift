import Harness
import Reporting
import TestSupport
import Testing
import Workload

/// Which fault a loss is laid at the door of.
@Suite struct FaultAnalysisTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    /// Two faults; a task that was acknowledged at 1.25 ms, a moment after the first began, is lost.
    private func lost(by kind: FaultKind, firstEnded: UInt64?, isKnown: Bool = true) throws -> [Int?] {
        try fixture.send(1, at: 1)
        let events = [
            FaultEvent(kind, target: "it", began: JournalFixture.instant(1), ended: firstEnded),
            FaultEvent(kind, target: "it", began: JournalFixture.instant(500)),
        ]
        let folder = try #require(RunFolder(existing: fixture.folder.path))
        let analysis = try FaultAnalysis(
            events, RunJournals(folder: folder),
            lost: isKnown ? [TaskKey(producer: JournalFixture.producer, sequence: 0)] : nil)
        let rows = try analysis.rows(
            RunKey(runID: "fixture", cellID: "fixture", repetition: 1), Self.setup, fixture.analysis().timeline)
        return rows.map(\.lost)
    }

    /// Tasks are acked at 12, 22 and 92 ms; the fault begins at 15 and is over at 40.
    @Test func theTimeWithoutProgressLastsUntilTheFirstAckAfterwards() throws {
        try fixture.send(4, at: 1)
        let worker = try fixture.worker()
        for (task, time) in [(0, 10.0), (1, 20), (2, 90)] { try worker.run([task], at: time) }
        func stall(from began: Double, to ended: Double?) throws -> Double? {
            let event = FaultEvent(
                .killRedis, target: "redis", began: JournalFixture.instant(began),
                ended: ended.map(JournalFixture.instant))
            let folder = try #require(RunFolder(existing: fixture.folder.path))
            return try FaultAnalysis([event], RunJournals(folder: folder), lost: []).rows(
                RunKey(runID: "fixture", cellID: "fixture", repetition: 1), Self.setup, fixture.analysis().timeline
            ).first?.stallSeconds
        }
        #expect(try stall(from: 15, to: 40) == 0.07)
        #expect(try stall(from: 15, to: 16) == 0.007)
        #expect(try stall(from: 15, to: nil) == 0.007)
        // A task that was in flight is one of those that have to recover.
        #expect(try stall(from: 91, to: nil) == 0.001)
        #expect(try stall(from: 95, to: nil) == nil)
    }

    private static let setup = RunSetup(
        protocolName: "lease", durability: "none", transport: "unix", arrival: "backlog", workers: 1, slots: 1,
        claim: 1, leaseSeconds: 1, seed: 1, tasksPlanned: 1)

    /// Redis acknowledges until the kill itself, and its fault began before.
    @Test func whatRedisAcknowledgedBeforeTheKillIsLostWithIt() throws {
        #expect(try lost(by: .killRedis, firstEnded: JournalFixture.instant(40)) == [1, 0])
    }

    @Test func whatRedisAcknowledgedAfterwardsIsLostByTheNext() throws {
        #expect(try lost(by: .killRedis, firstEnded: JournalFixture.instant(1.1)) == [0, 1])
    }

    /// Redis is gone, and nobody can say what it had: that is not a loss of none.
    @Test func whatNobodyCouldAskForIsNotKnown() throws {
        #expect(try lost(by: .killRedis, firstEnded: nil, isKnown: false) == [nil, nil])
    }

    /// A worker that is paused is hit at once, however long that lasts.
    @Test func aProcessIsHitAtOneInstant() throws {
        #expect(try lost(by: .pauseWorker, firstEnded: JournalFixture.instant(40)) == [0, 1])
    }
}
