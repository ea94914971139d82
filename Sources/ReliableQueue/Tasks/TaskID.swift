import Redis

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

extension TaskID {
    /// The 16 bytes by which scripts know it: producer (8), batch (4), index (4), big-endian.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: producer)
        bytes.append(bigEndian: batch)
        bytes.append(bigEndian: index)
        return bytes
    }

    /// Reads an array of such bytes.
    static func all(in reply: borrowing RedisReply) throws(RedisError) -> [TaskID] {
        try (0..<reply.count).map { index throws(RedisError) in
            let bytes = try reply.withElement(index) { id throws(RedisError) in try id.bytes() }
            guard bytes.count == 16 else { throw .unexpectedReply(wanted: "a task's id", got: "\(bytes.count) bytes") }
            func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
            return TaskID(producer: number(0..<8), batch: UInt32(number(8..<12)), index: UInt32(number(12..<16)))
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a number, the highest first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
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
