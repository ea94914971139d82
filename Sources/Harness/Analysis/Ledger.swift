import Measurement
import ReliableQueue

/// What is known of each task of one producer, by its sequence number.
struct Ledger {
    /// What is known of one task.
    struct Entry {
        var flags: Flags = []
        var executions: UInt16 = 0
    }

    /// What happened to a task at least once.
    struct Flags: OptionSet {
        let rawValue: UInt8

        /// Its enqueue was sent.
        static let sent = Flags(rawValue: 1)
        /// Redis acknowledged its enqueue.
        static let acknowledged = Flags(rawValue: 2)
        /// The queue accepted an ack of it.
        static let acked = Flags(rawValue: 4)
        /// An ack of it was sent, or was about to be, and no answer was seen.
        static let ackInDoubt = Flags(rawValue: 8)
        /// It waits in Redis, or is claimed there.
        static let left = Flags(rawValue: 16)
        /// It is a dead letter.
        static let dead = Flags(rawValue: 32)
        /// Its accepted attempt was counted already.
        static let counted = Flags(rawValue: 64)
        /// That it began was counted already.
        static let begun = Flags(rawValue: 128)
    }

    private(set) var entries: [Entry]
    /// The sequence number of each batch's first task.
    private let batchStarts: [Int]

    /// The ledger of what a generator sent.
    init(_ generator: GeneratorJournals) {
        var entries: [Entry] = []
        var starts: [Int] = []
        entries.reserveCapacity(generator.enqueues.count)
        generator.enqueues.forEach { _, record in
            guard record.outcome != .refused else { return }
            let sequence = Int(record.sequence)
            while entries.count <= sequence { entries.append(Entry()) }
            while starts.count < Int(record.batch) { starts.append(sequence) }
            entries[sequence].flags.insert(.sent)
            if record.outcome == .acknowledged { entries[sequence].flags.insert(.acknowledged) }
        }
        self.entries = entries
        batchStarts = starts
    }

    /// The sequence number of a task, from its id; `nil` for one that this producer did not send.
    func sequence(of id: TaskID) -> Int? {
        guard id.batch >= 1, Int(id.batch) <= batchStarts.count else { return nil }
        let sequence = batchStarts[Int(id.batch) - 1] + Int(id.index)
        return sequence < entries.count ? sequence : nil
    }

    /// The id of a task that this producer sent in batch `batch`, counted from 1.
    func id(of sequence: Int, batch: Int, producer: UInt64) -> TaskID {
        TaskID(producer: producer, batch: UInt32(batch), index: UInt32(sequence - batchStarts[batch - 1]))
    }

    /// True when the sequence number is one that the generator sent.
    func knows(_ sequence: UInt64) -> Bool {
        sequence < UInt64(entries.count) && entries[Int(sequence)].flags.contains(.sent)
    }

    /// Notes what happened to a task.
    mutating func note(_ flag: Flags, _ sequence: Int) {
        entries[sequence].flags.insert(flag)
    }

    /// Takes back what was noted of a task.
    mutating func withdraw(_ flag: Flags, _ sequence: Int) {
        entries[sequence].flags.remove(flag)
    }

    /// Notes that an attempt of a task ran to its end.
    mutating func noteExecution(_ sequence: Int) {
        let count = entries[sequence].executions
        entries[sequence].executions = count == .max ? .max : count + 1
    }

    /// Removes the note that an ack is in doubt: the task is still in Redis, so the ack was not taken.
    mutating func settleDoubts() {
        for index in entries.indices where entries[index].flags.contains(.ackInDoubt) {
            if !entries[index].flags.isDisjoint(with: [.left, .dead, .acked]) {
                entries[index].flags.remove(.ackInDoubt)
            }
        }
    }

    /// True when the task counts as acked.
    func isAcked(_ sequence: Int) -> Bool {
        let flags = entries[sequence].flags
        return flags.contains(.acknowledged) && !flags.isDisjoint(with: [.acked, .ackInDoubt])
    }

    /// True the first time that it is asked for a task.
    mutating func beginsNow(_ sequence: Int) -> Bool {
        guard !entries[sequence].flags.contains(.begun) else { return false }
        entries[sequence].flags.insert(.begun)
        return true
    }

    /// True the first time that it is asked for a task that counts as acked.
    mutating func countsNow(_ sequence: Int) -> Bool {
        guard isAcked(sequence), !entries[sequence].flags.contains(.counted) else { return false }
        entries[sequence].flags.insert(.counted)
        return true
    }
}
