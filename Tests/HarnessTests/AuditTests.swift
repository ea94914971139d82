import Harness
import Measurement
import ReliableQueue
import Testing
import TestSupport

/// The audit against journals that say what happened: it must see everything that goes wrong.
@Suite struct AuditTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    @Test func aRunInWhichAllIsWell() throws {
        try fixture.send(3)
        try fixture.send(2)
        try fixture.worker().run(0..<5)
        #expect(try audit() == counts(sent: 5, acked: 5, executions: 5))
    }

    @Test func aTaskThatIsNowhereIsLost() throws {
        try fixture.send(3)
        try fixture.worker().run([0, 2])
        #expect(try audit() == counts(sent: 3, acked: 2, lost: 1, executions: 2))
    }

    /// The control of a control: whichever single task is taken out, the audit misses it.
    @Test func everySingleTaskIsMissed() throws {
        for missing in 0..<6 {
            let fixture = try JournalFixture()
            try fixture.send(4)
            try fixture.send(2)
            try fixture.worker().run((0..<6).filter { $0 != missing })
            #expect(try fixture.analysis().audit == counts(sent: 6, acked: 5, lost: 1, executions: 5), "\(missing)")
        }
    }

    @Test func aSecondExecutionIsADuplicate() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2)
        try fixture.worker("worker-2").run([1], ack: .stale)
        #expect(try audit() == counts(sent: 2, acked: 2, duplicated: 1, staleAcks: 1, executions: 3))
    }

    @Test func aTaskThatNobodySentIsUnexpected() throws {
        try fixture.send(1)
        try fixture.worker().run([0, 1])
        try fixture.worker("worker-2").run([0]) { $0.producer = 0xBAD }
        let leftover = RunRecord.Leftover(place: .waiting, task: TaskID(producer: 0xBAD, batch: 1, index: 0))
        #expect(
            try audit([leftover, .init(place: .waiting, task: nil)])
                == counts(sent: 1, acked: 1, unexpected: 4, executions: 1))
    }

    @Test func tasksInRedisAreLeftOrDead() throws {
        try fixture.send(2)
        try fixture.send(3)
        try fixture.worker().run([0])
        let leftovers: [RunRecord.Leftover] = [
            .init(place: .waiting, task: JournalFixture.task(1)),
            .init(place: .claimed, task: JournalFixture.task(0, ofBatch: 2)),
            .init(place: .dead, task: JournalFixture.task(1, ofBatch: 2)),
        ]
        #expect(try audit(leftovers) == counts(sent: 5, acked: 1, dead: 1, lost: 1, leftInRedis: 2, executions: 1))
    }

    /// The worker died with its ack on the way: only an ack removes a task, so one that is gone was acked.
    @Test func anAckInDoubtCountsWhenTheTaskIsGone() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2, ack: .none)
        #expect(try audit() == counts(sent: 2, acked: 2, ackedUnconfirmed: 2, executions: 2))
        #expect(
            try audit([.init(place: .waiting, task: JournalFixture.task(1))])
                == counts(sent: 2, acked: 1, ackedUnconfirmed: 1, leftInRedis: 1, executions: 2))
    }

    /// The task was claimed once more after an ack in doubt, so that was not taken; then it vanished.
    @Test func anAckInDoubtDoesNotCountWhenTheTaskWasClaimedLater() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2, ack: .none)
        try fixture.worker("worker-2").run([1], at: 50, ack: .none, isExecuted: false)
        #expect(
            try audit() == counts(sent: 2, acked: 1, ackedUnconfirmed: 1, lost: 1, duplicated: 1, executions: 3))
        // Where a task may be in two places the later claim may have been of the other one.
        #expect(
            try fixture.analysis(claimsAreExclusive: false).audit
                == counts(sent: 2, acked: 2, ackedUnconfirmed: 2, duplicated: 1, executions: 3))
    }

    /// It died before the ack was sent, and the task is gone all the same.
    @Test func aTaskThatRanWithoutAnAckAndIsGoneIsLost() throws {
        try fixture.send(2)
        try fixture.worker().run(0..<2, ack: .none, isExecuted: false)
        #expect(try audit() == counts(sent: 2, lost: 2, executions: 2))
    }

    @Test func aTaskThatWasBegunAndNeverEndedIsNoExecution() throws {
        try fixture.send(1)
        try fixture.worker().run([0], ack: .none, isExecuted: false) { record in
            (record.outcome, record.finished) = (.started, 0)
        }
        #expect(try audit() == counts(sent: 1, lost: 1))
    }

    @Test func aRepeatedAckWhoseClaimIsGoneIsInDoubt() throws {
        try fixture.send(1)
        try fixture.worker().run([0], ack: .unknown)
        #expect(try audit() == counts(sent: 1, acked: 1, ackedUnconfirmed: 1, unknownAcks: 1, executions: 1))
    }

    /// A generator that died before the answer: its tasks may be there or not.
    @Test func tasksWithoutAnAcknowledgementAreNeitherLostNorUnexpected() throws {
        try fixture.send(1)
        try fixture.send(2, acknowledged: false)
        try fixture.worker().run([0, 1])
        #expect(try audit() == counts(sent: 1, unacknowledged: 2, acked: 1, recovered: 1, executions: 2))
    }

    @Test func failuresAreCounted() throws {
        try fixture.send(1)
        let worker = try fixture.worker()
        try worker.run([0]) { $0.outcome = .failed }
        try worker.run([0], at: 20) { $0.attempt = 2 }
        #expect(try audit() == counts(sent: 1, acked: 1, failed: 1, duplicated: 1, executions: 2, retries: 1))
    }

    @Test func attemptsThatWereGivenBackAreNoExecutions() throws {
        try fixture.send(1)
        let worker = try fixture.worker()
        try worker.run([0]) { $0.outcome = .released }
        try worker.run([0], at: 20)
        #expect(try audit() == counts(sent: 1, acked: 1, executions: 1))
    }

    /// Random histories of one attempt a task, whose counts are known by how they were made.
    @Test func randomHistoriesAddUp() throws {
        var random = SeededRandom()
        for _ in 0..<20 {
            let fixture = try JournalFixture()
            let count = Int.random(in: 1...40, using: &random)
            try fixture.send(count)
            var expected = Audit.Counts()
            expected.sent = count
            var leftovers: [RunRecord.Leftover] = []
            let worker = try fixture.worker()
            for sequence in 0..<count {
                let id = JournalFixture.task(sequence)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: expected.lost += 1
                case 1:
                    leftovers.append(.init(place: .waiting, task: id))
                    expected.leftInRedis += 1
                case 2:
                    leftovers.append(.init(place: .dead, task: id))
                    expected.dead += 1
                default:
                    try worker.run([sequence], at: 10 + Double(sequence) * 3)
                    expected.acked += 1
                    expected.executions += 1
                }
            }
            #expect(try fixture.analysis(leftovers: leftovers).audit == expected)
        }
    }

    private func audit(_ leftovers: [RunRecord.Leftover] = []) throws -> Audit.Counts {
        try fixture.analysis(leftovers: leftovers).audit
    }

    private func counts(
        sent: Int, unacknowledged: Int = 0, acked: Int = 0, ackedUnconfirmed: Int = 0, failed: Int = 0, dead: Int = 0,
        lost: Int = 0, duplicated: Int = 0, recovered: Int = 0, unexpected: Int = 0, staleAcks: Int = 0,
        unknownAcks: Int = 0, leftInRedis: Int = 0, executions: Int = 0, retries: Int = 0
    ) -> Audit.Counts {
        var counts = Audit.Counts()
        (counts.sent, counts.unacknowledged, counts.recovered) = (sent, unacknowledged, recovered)
        (counts.acked, counts.ackedUnconfirmed, counts.failed) = (acked, ackedUnconfirmed, failed)
        (counts.dead, counts.lost, counts.leftInRedis) = (dead, lost, leftInRedis)
        (counts.duplicated, counts.unexpected, counts.executions) = (duplicated, unexpected, executions)
        (counts.staleAcks, counts.unknownAcks, counts.retries) = (staleAcks, unknownAcks, retries)
        return counts
    }
}
