/// The identity of a task, given by its producer and never by a counter in Redis, which could be rolled back.
public struct TaskID: Hashable, Sendable {
    /// Random, new for each producer.
    public var producer: UInt64
    /// The producer's batch, from 1.
    public var batch: UInt32
    /// The place in the batch, from 0.
    public var index: UInt32

    /// An identity by its parts.
    public init(producer: UInt64, batch: UInt32, index: UInt32) {
        self.producer = producer
        self.batch = batch
        self.index = index
    }
}

extension TaskID: CustomStringConvertible {
    /// Reads `description` back.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 16, let producer = UInt64(parts[0], radix: 16),
            let batch = UInt32(parts[1]), let index = UInt32(parts[2])
        else { return nil }
        self.init(producer: producer, batch: batch, index: index)
    }

    /// Producer in hexadecimal, batch and index in decimal: `00c0ffee00c0ffee.12.3`.
    public var description: String {
        let hex = String(producer, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex + ".\(batch).\(index)"
    }
}
