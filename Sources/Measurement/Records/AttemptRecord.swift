/// What became of an attempt, as far as its worker knows.
package enum AttemptOutcome: UInt8, Sendable, CaseIterable {
    /// Claimed only.
    case none = 0
    /// It runs, or its worker died while it ran.
    case started
    /// It ended and is not acked yet.
    case finished
    /// It threw.
    case failed
    /// Its ack was sent; no answer so far.
    case acking
    /// The queue accepted its ack.
    case acked
    /// The queue refused its ack: the lease was gone.
    case stale
    /// The queue did not know its claim any more.
    case unknown
    /// It was given back unrun, or given up before its end.
    case released
    /// The receiver of its effect refused it: another attempt holds a later token.
    case refused
}

/// What is special about an attempt's numbers.
package struct AttemptFlags: OptionSet, BitwiseCopyable, Sendable {
    /// The bits, as in the file.
    package let rawValue: UInt8

    /// Flags of the given bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// CPU, I/O wait and run delay were measured around this attempt alone, not apportioned from its claim's.
    package static let measuredIndividually = AttemptFlags(rawValue: 1)
    /// It was acked by itself, some time after it had finished, and not with its claim.
    package static let ackedIndividually = AttemptFlags(rawValue: 2)
}

/// One attempt to run a task: 128 bytes. Times are nanoseconds of the monotonic clock, 0 = not reached.
package struct AttemptRecord: JournalRecord {
    package static let magic: UInt64 = 0x31545441_51424946  // "FIBQATT1"

    /// The task's number with its producer.
    package var sequence: UInt64 = 0
    /// Who made the task.
    package var producer: UInt64 = 0
    /// The task's parameter, such as n.
    package var parameter: Int64 = 0
    /// The result modulo the checking prime; the receipt's number of a message.
    package var residue: UInt64 = 0
    /// When the schedule wanted the task sent.
    package var intended: UInt64 = 0
    /// When it was sent.
    package var sent: UInt64 = 0
    /// When the reply of its claim arrived.
    package var claimed: UInt64 = 0
    /// When it began to run.
    package var started: UInt64 = 0
    /// When it ended.
    package var finished: UInt64 = 0
    /// When the answer to its ack arrived.
    package var acked: UInt64 = 0
    /// CPU time of the attempt, in nanoseconds; 0 when apportioned by claim.
    package var cpu: UInt64 = 0
    /// Time it waited for I/O, in nanoseconds; 0 when apportioned by claim.
    package var ioWait: UInt64 = 0
    /// Time it waited for a core, in nanoseconds; 0 when apportioned by claim.
    package var runDelay: UInt64 = 0
    /// The turn of the worker's loop that ran it: an index into the worker's cycle journal.
    package var cycle: UInt32 = 0
    /// Which attempt at the task, counted from 1.
    package var attempt: UInt16 = 0
    /// The task's kind: an index into the journal's labels.
    package var kind: UInt8 = 0
    private var outcomeCode: UInt8 = 0
    /// What is special about its numbers.
    package var flags: AttemptFlags = []
    /// GRPC calls made, repetitions included; 255 stands for any number from there on.
    package var grpcCalls: UInt8 = 0
    /// Bytes of the messages received by gRPC; 65,535 stands for any number from there on.
    package var grpcBytesIn: UInt16 = 0
    /// Bytes of the messages sent by gRPC.
    package var grpcBytesOut: UInt32 = 0
    /// The time over which `cpu`, `ioWait` and `runDelay` were measured, in nanoseconds; 0 when apportioned by claim.
    package var wall: UInt64 = 0

    /// A record of zeros, to be filled in.
    package init() {}

    /// What became of it. A code that this program does not know reads as `none`.
    package var outcome: AttemptOutcome {
        get { AttemptOutcome(rawValue: outcomeCode) ?? .none }
        set { outcomeCode = newValue.rawValue }
    }
}
