/// What became of a task's way into the queue.
package enum EnqueueOutcome: UInt8, Sendable, CaseIterable {
    /// Planned only.
    case none = 0
    /// Sent; no answer so far.
    case sent
    /// The queue has it, at the durability asked for.
    case acknowledged
    /// The queue refused it.
    case refused
}

/// One task that a producer sent: 48 bytes. Times are nanoseconds of the monotonic clock, 0 = not reached.
package struct EnqueueRecord: JournalRecord {
    package static let magic: UInt64 = 0x31514E45_51424946  // "FIBQENQ1"

    /// The task's number with its producer.
    package var sequence: UInt64 = 0
    /// When the schedule wanted it sent.
    package var intended: UInt64 = 0
    /// When it was sent.
    package var sent: UInt64 = 0
    /// When the queue's acknowledgement arrived.
    package var acked: UInt64 = 0
    /// The task's parameter, such as n.
    package var parameter: Int64 = 0
    /// The batch it was sent in.
    package var batch: UInt32 = 0
    /// The task's kind: an index into the journal's labels.
    package var kind: UInt8 = 0
    private var outcomeCode: UInt8 = 0

    /// A record of zeros, to be filled in.
    package init() {}

    /// What became of it. A code that this program does not know reads as `none`.
    package var outcome: EnqueueOutcome {
        get { EnqueueOutcome(rawValue: outcomeCode) ?? .none }
        set { outcomeCode = newValue.rawValue }
    }
}
