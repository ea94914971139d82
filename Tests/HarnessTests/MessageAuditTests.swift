import Harness
import Measurement
import Messaging
import Reporting
import Testing
import Workload

/// The sink's ledger held against the queue's: what one has and the other has not must be seen.
@Suite struct MessageAuditTests {
    private let fixture: JournalFixture

    /// Two batches of messages, all of them acked.
    init() throws {
        fixture = try JournalFixture()
        try fixture.send(3, kind: .message)
        try fixture.send(2, kind: .message)
        try fixture.worker().run(0..<5) { $0.kind = 7 }
    }

    private static let all = (0..<5).map { $0 < 3 ? entry($0, ofBatch: 1) : entry($0 - 3, ofBatch: 2) }

    private static func entry(_ index: Int, ofBatch batch: Int) -> LedgerEntry {
        LedgerEntry(
            task: TaskIdentity(producer: JournalFixture.producer, batch: UInt32(batch), index: UInt32(index)),
            token: nil, number: UInt64(batch * 10 + index), received: 0, receivedUnix: 0, bodyBytes: 256)
    }

    private func analysis(_ entries: [LedgerEntry], seconds: [SinkSecondRecord] = []) throws -> RunAnalysis {
        try fixture.analysis(sink: SinkRecord(ledger: MessageAudit(entries), seconds: seconds))
    }

    @Test func bothAgree() throws {
        let analysis = try analysis(Self.all)
        #expect(analysis.audit.acked == 5)
        #expect(analysis.audit.lost == 0)
        #expect(
            analysis.messages == MessageCounts(placed: 5, repeated: 0, refused: 0, placedTwice: 0, missing: 0))
    }

    /// Whichever message is taken out, its task is lost, although it was acked.
    @Test(arguments: 0..<5) func everySingleMessageIsMissed(missing: Int) throws {
        let analysis = try analysis(Self.all.enumerated().filter { $0.offset != missing }.map(\.element))
        #expect(analysis.audit.acked == 4)
        #expect(analysis.audit.lost == 1)
        #expect(analysis.messages?.missing == 1)
        #expect(analysis.messages?.placed == 4)
    }

    @Test(arguments: 0..<5) func everySecondPlacingIsSeen(twice: Int) throws {
        let analysis = try analysis(Self.all + [Self.all[twice]])
        #expect(analysis.messages?.placedTwice == 1)
        #expect(analysis.messages?.placed == 6)
        #expect(analysis.audit.lost == 0)
    }

    /// A message without an ack is no fault: the task will be tried again, and its message be known.
    @Test func aMessageMayBeThereBeforeItsAck() throws {
        try fixture.send(1, kind: .message)
        let analysis = try analysis(Self.all + [Self.entry(0, ofBatch: 3)])
        #expect(analysis.audit.lost == 1, "the task itself is nowhere")
        #expect(analysis.messages?.missing == 0)
    }

    /// Tasks of other kinds have no message to miss.
    @Test func onlyMessagesAreMissed() throws {
        let fixture = try JournalFixture()
        try fixture.send(2)
        try fixture.worker().run(0..<2)
        let analysis = try fixture.analysis(sink: SinkRecord(ledger: MessageAudit([]), seconds: []))
        #expect(analysis.audit.acked == 2)
        #expect(analysis.messages?.missing == 0)
    }

    @Test func secondsAddUpAndCountFromTheFirstSending() throws {
        var first = SinkSecondRecord()
        (first.began, first.ended) = (JournalFixture.instant(1), JournalFixture.instant(1_001))
        (first.received, first.placed, first.repeated) = (7, 4, 2)
        var second = SinkSecondRecord()
        (second.began, second.ended) = (JournalFixture.instant(1_001), JournalFixture.instant(1_500))
        (second.received, second.placed, second.refused) = (2, 1, 1)
        let analysis = try analysis(Self.all, seconds: [first, second])
        #expect(analysis.messages?.repeated == 2)
        #expect(analysis.messages?.refused == 1)
        #expect(analysis.sink.map(\.fromSeconds) == [0, 1])
        #expect(analysis.sink.map(\.toSeconds) == [1, 1.499])
        #expect(analysis.sink.map(\.activity.placed) == [4, 1])
    }

    @Test func aRunWithoutASinkKnowsNothingOfMessages() throws {
        #expect(try fixture.analysis().messages == nil)
    }
}
