/// One turn of a worker's or a generator's loop: one exchange with Redis and the tasks it ran. 136 bytes.
///
/// Times are nanoseconds of the monotonic clock, 0 = not reached; the others lengths in nanoseconds, or counts.
package struct CycleRecord: JournalRecord {
    package static let magic: UInt64 = 0x31435943_51424946  // "FIBQCYC1"

    /// When the claim was asked for.
    package var requested: UInt64 = 0
    /// When its reply arrived.
    package var claimed: UInt64 = 0
    /// When the last of its tasks had run.
    package var executed: UInt64 = 0
    /// When the answer to its ack arrived.
    package var acked: UInt64 = 0
    /// Wall time of talking to Redis.
    package var exchangeWall: UInt64 = 0
    /// CPU time of talking to Redis.
    package var exchangeCPU: UInt64 = 0
    /// Time waited for a core while talking to Redis.
    package var exchangeRunDelay: UInt64 = 0
    /// Wall time of running the tasks.
    package var executeWall: UInt64 = 0
    /// CPU time of running the tasks.
    package var executeCPU: UInt64 = 0
    /// Time waited for a core while running the tasks.
    package var executeRunDelay: UInt64 = 0
    /// Time the tasks waited for I/O of their own.
    package var ioWait: UInt64 = 0
    /// Bytes sent to Redis.
    package var bytesOut: UInt64 = 0
    /// Bytes received from Redis.
    package var bytesIn: UInt64 = 0
    /// Tasks run (or sent, for a generator).
    package var tasks: UInt32 = 0
    /// Waits for Redis; a pipeline is one.
    package var roundTrips: UInt32 = 0
    /// Commands sent.
    package var commands: UInt32 = 0
    /// Context switches by waiting.
    package var voluntary: UInt32 = 0
    /// Context switches by being taken off the core.
    package var involuntary: UInt32 = 0

    private var ackCode: UInt32 = 0
    /// When the ack was sent, together with the request for the next claim.
    package var ackSent: UInt64 = 0

    /// A record of zeros, to be filled in.
    package init() {}

    /// How the queue took the ack of what was left of the claim.
    package var ack: CycleAck {
        get { CycleAck(rawValue: ackCode) ?? .none }
        set { ackCode = newValue.rawValue }
    }
}

/// How the queue took a claim's ack.
package enum CycleAck: UInt32, Sendable, CaseIterable {
    /// No answer so far, or the tasks were acked one by one.
    case none = 0
    /// Accepted.
    case acked
    /// Refused: the lease was gone.
    case stale
    /// Repeated, and the claim was gone: the first one was probably accepted.
    case unknown

    /// What that makes of an attempt that had finished.
    package var outcome: AttemptOutcome {
        switch self {
        case .none: .finished
        case .acked: .acked
        case .stale: .stale
        case .unknown: .unknown
        }
    }
}
