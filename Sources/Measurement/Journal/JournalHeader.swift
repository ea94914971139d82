/// The first 4,096 bytes of a journal: what it holds, who wrote it, since when.
///
/// Layout, little-endian: magic (u64), version (u32), record size (u32), count (u64, updated in place), process id
/// (u64), start (u64), start by the calendar (u64), number of labels (u64), then role, name and labels, each as its
/// length (u64) and its UTF-8 bytes.
package struct JournalHeader: Sendable, Equatable {
    /// Bytes of the header; the first record follows.
    package static let bytes = 4096
    /// Version of the format: of this header and of every kind of record.
    package static let schemaVersion: UInt32 = 1
    /// Where the count is.
    static let countOffset = 16
    /// Where the instant of its creation by the monotonic clock is.
    static let startOffset = 32

    /// Marks the kind of record.
    package let magic: UInt64
    /// Version of the format it was written in.
    package let schemaVersion: UInt32
    /// Bytes from one record to the next.
    package let recordSize: UInt32
    /// The process that wrote it.
    package let process: Int32
    /// When it was created, by the monotonic clock, in nanoseconds.
    package let start: UInt64
    /// The same instant in nanoseconds since 1970-01-01T00:00:00Z.
    package let startUnix: UInt64
    /// Who wrote it, and what its numbers stand for.
    package let identity: JournalIdentity

    /// A header of the present version.
    init(
        magic: UInt64, recordSize: UInt32, process: Int32, start: UInt64, startUnix: UInt64, identity: JournalIdentity
    ) {
        self.magic = magic
        self.schemaVersion = Self.schemaVersion
        self.recordSize = recordSize
        self.process = process
        self.start = start
        self.startUnix = startUnix
        self.identity = identity
    }

    /// The header as bytes, with a count of 0, as many as its texts need.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(integer: magic)
        bytes.append(integer: schemaVersion)
        bytes.append(integer: recordSize)
        bytes.append(integer: UInt64(0))
        bytes.append(integer: UInt64(process))
        bytes.append(integer: start)
        bytes.append(integer: startUnix)
        bytes.append(integer: UInt64(identity.labels.count))
        for text in [identity.role, identity.name] + identity.labels {
            bytes.append(integer: UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }

    /// Reads a header back; `nil` when the bytes are none.
    init?(decoding bytes: [UInt8]) {
        var cursor = ByteCursor(bytes)
        guard let magic: UInt64 = cursor.integer(), let version: UInt32 = cursor.integer(),
            let size: UInt32 = cursor.integer(), let _: UInt64 = cursor.integer(),
            let process: UInt64 = cursor.integer(), let start: UInt64 = cursor.integer(),
            let startUnix: UInt64 = cursor.integer(), let identity = cursor.identity()
        else { return nil }
        self.magic = magic
        self.schemaVersion = version
        self.recordSize = size
        self.process = Int32(truncatingIfNeeded: process)
        self.start = start
        self.startUnix = startUnix
        self.identity = identity
    }
}

/// Reads integers and strings one after another; each answers `nil` past the end.
private struct ByteCursor {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func integer<Value: FixedWidthInteger & UnsignedInteger>() -> Value? {
        let width = Value.bitWidth / 8
        guard rest.count >= width else { return nil }
        defer { rest = rest.dropFirst(width) }
        return rest.prefix(width).reversed().reduce(0) { $0 << 8 | Value($1) }
    }

    mutating func text() -> String? {
        guard let length: UInt64 = integer(), rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(Int(length)) }
        return String(validating: rest.prefix(Int(length)), as: UTF8.self)
    }

    mutating func identity() -> JournalIdentity? {
        guard let count: UInt64 = integer(), let role = text(), let name = text() else { return nil }
        var labels: [String] = []
        for _ in 0..<count {
            guard let label = text() else { return nil }
            labels.append(label)
        }
        return JournalIdentity(role: role, name: name, labels: labels)
    }
}

extension [UInt8] {
    fileprivate mutating func append<Value: FixedWidthInteger & UnsignedInteger>(integer value: Value) {
        for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }
}
