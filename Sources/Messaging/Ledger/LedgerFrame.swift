import FoundationEssentials

/// The bytes of one message in a ledger's file.
///
/// Little-endian: length of what follows the checksum (u32), its CRC-32C (u32), producer (u64), batch and index (u32
/// each), epoch and sequence (u64 each, both 0 without a token), number (u64), arrival by the monotonic clock and by the
/// calendar (u64 each), length of the body (u32), and the body, which a ledger kept in memory leaves out.
enum LedgerFrame {
    /// Bytes of length and checksum.
    static let prefixBytes = 8
    /// Bytes of the fields between checksum and body.
    static let fieldBytes = 60
    /// A length beyond this is no length: 1 GiB.
    static let longest = 1 << 30

    /// Appends a message's frame.
    static func append(_ entry: LedgerEntry, body: Data, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(little: UInt32(fieldBytes + body.count))
        bytes.append(little: UInt32(0))
        bytes.append(little: entry.task.producer)
        bytes.append(little: entry.task.batch)
        bytes.append(little: entry.task.index)
        bytes.append(little: entry.token?.epoch ?? 0)
        bytes.append(little: entry.token?.sequence ?? 0)
        bytes.append(little: entry.number)
        bytes.append(little: entry.received)
        bytes.append(little: entry.receivedUnix)
        bytes.append(little: UInt32(entry.bodyBytes))
        bytes.append(contentsOf: body)
        let sum = Checksum.of(bytes[(start + prefixBytes)...])
        for byte in 0..<4 { bytes[start + 4 + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * byte)) }
    }

    /// Bytes of the whole frame that begins here; `nil` when its first eight bytes can't begin one.
    static func size(at bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= prefixBytes, case let length = Int(bytes.little(UInt32.self, at: 0)),
            (fieldBytes...longest).contains(length)
        else { return nil }
        return prefixBytes + length
    }

    /// Reads a whole frame; `nil` when its checksum does not fit.
    static func entry(of frame: ArraySlice<UInt8>) -> LedgerEntry? {
        let content = frame.dropFirst(prefixBytes)
        guard Checksum.of(content) == frame.little(UInt32.self, at: 4) else { return nil }
        let token = PlacementToken(
            epoch: content.little(UInt64.self, at: 16), sequence: content.little(UInt64.self, at: 24))
        return LedgerEntry(
            task: TaskIdentity(
                producer: content.little(UInt64.self, at: 0), batch: content.little(UInt32.self, at: 8),
                index: content.little(UInt32.self, at: 12)),
            token: token == PlacementToken(epoch: 0, sequence: 0) ? nil : token,
            number: content.little(UInt64.self, at: 32), received: content.little(UInt64.self, at: 40),
            receivedUnix: content.little(UInt64.self, at: 48), bodyBytes: Int(content.little(UInt32.self, at: 56)))
    }
}

extension [UInt8] {
    fileprivate mutating func append<Value: FixedWidthInteger & UnsignedInteger>(little value: Value) {
        for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func little<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type, at offset: Int) -> Value {
        let first = startIndex + offset
        return self[first..<first + Value.bitWidth / 8].reversed().reduce(0) { $0 << 8 | Value($1) }
    }
}
