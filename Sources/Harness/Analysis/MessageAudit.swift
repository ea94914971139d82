package import Measurement
package import Messaging
import ReliableQueue
import Reporting

/// Holds the sink's ledger against the queue's: which task's message is there, and how often.
///
/// It is one side of the audit; what the queue knows of the tasks is the other.
package struct MessageAudit {
    private let placed: Set<TaskID>
    /// Messages that were placed, each time counted.
    let placements: Int
    /// Tasks whose message is there more than once.
    let placedTwice: Int

    /// Takes a ledger's messages in.
    package init(_ entries: [LedgerEntry]) {
        var placed: Set<TaskID> = []
        var twice: Set<TaskID> = []
        for entry in entries {
            let id = TaskID(producer: entry.task.producer, batch: entry.task.batch, index: entry.task.index)
            if !placed.insert(id).inserted { twice.insert(id) }
        }
        self.placed = placed
        placements = entries.count
        placedTwice = twice.count
    }

    /// True when the task's message is there.
    func contains(_ task: TaskID) -> Bool { placed.contains(task) }
}

/// What a run's sink left, read back.
package struct SinkRecord {
    /// What its ledger says.
    let ledger: MessageAudit
    /// What it did, second by second.
    let seconds: [SinkSecondRecord]

    /// What a sink left.
    package init(ledger: MessageAudit, seconds: [SinkSecondRecord]) {
        self.ledger = ledger
        self.seconds = seconds
    }

    /// What is known of the run's messages, once the audit has said how many are missing.
    func counts(missing: Int) -> MessageCounts {
        MessageCounts(
            placed: ledger.placements, repeated: sum(\.repeated), refused: sum(\.refused),
            placedTwice: ledger.placedTwice, missing: missing)
    }

    /// The rows of `sink.csv`.
    func rows(_ key: RunKey, _ timeline: RunTimeline) -> [SinkRow] {
        seconds.map { second in
            SinkRow(
                key: key, fromSeconds: timeline.seconds(at: second.began),
                toSeconds: timeline.seconds(at: second.ended),
                activity: second)
        }
    }

    private func sum(_ count: KeyPath<SinkSecondRecord, UInt64>) -> Int {
        seconds.reduce(0) { $0 + Int($1[keyPath: count]) }
    }
}
