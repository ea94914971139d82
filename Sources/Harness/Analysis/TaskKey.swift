/// A task as the journals name it: its producer, and its number with it.
package struct TaskKey: Hashable, Sendable {
    let producer: UInt64
    let sequence: UInt64

    /// The task of that number.
    package init(producer: UInt64, sequence: UInt64) {
        self.producer = producer
        self.sequence = sequence
    }
}
