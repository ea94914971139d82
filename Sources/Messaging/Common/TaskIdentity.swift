/// Which task a message belongs to: who made the task, in which of its batches, and where in that.
///
/// A producer numbers itself from 1; 0 is no producer.
package struct TaskIdentity: Hashable, Sendable {
    /// Who made the task.
    package let producer: UInt64
    /// The batch that it was sent in.
    package let batch: UInt32
    /// Its place in the batch, counted from 0.
    package let index: UInt32

    /// Names a task.
    package init(producer: UInt64, batch: UInt32, index: UInt32) {
        self.producer = producer
        self.batch = batch
        self.index = index
    }
}

/// A fencing token: which claim of a task came later. Both numbers count from 1.
///
/// After Kleppmann, *How to do distributed locking* (2016): whoever keeps something refuses what carries a lower token
/// than it has seen.
package struct PlacementToken: Hashable, Comparable, Sendable {
    /// The queue's epoch.
    package let epoch: UInt64
    /// The claim's number within the epoch.
    package let sequence: UInt64

    /// A token of these numbers.
    package init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    package static func < (one: PlacementToken, other: PlacementToken) -> Bool {
        (one.epoch, one.sequence) < (other.epoch, other.sequence)
    }
}

extension PlacementToken: CustomStringConvertible {
    /// Epoch and sequence with a point between: "3.17".
    package var description: String { "\(epoch).\(sequence)" }
}
