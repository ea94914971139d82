/// How a task lies in a Redis list: one element, the same bytes wherever the task goes, so that it can be named by
/// them.
///
/// | bytes (from 0) | what |
/// |---|---|
/// | 0 | version, 1 |
/// | 1–16 | task id: producer (8), batch (4), index (4), big-endian |
/// | 17–20 | how long the task says it will take, in µs, big-endian; 0 when it says nothing |
/// | 21 | length of the kind |
/// | 22… | kind (UTF-8), then the payload to the end |
///
/// The Lua scripts read the id, the length and the kind at these places.
enum TaskElement {
    static let version: UInt8 = 1
    static let headerLength = 22

    /// Appends an element to `buffer`.
    ///
    /// - Precondition: the kind has 1 to 255 bytes.
    static func append(
        to buffer: inout [UInt8], id: TaskID, kind: String, expected: Duration?, payload: some Collection<UInt8>
    ) {
        buffer.append(version)
        append(id.producer, to: &buffer)
        append(id.batch, to: &buffer)
        append(id.index, to: &buffer)
        append(UInt32(clamping: expected.map { max(1, $0.microsecondsRounded) } ?? 0), to: &buffer)
        let count = kind.utf8.count
        precondition((1...255).contains(count), "a task kind has 1 to 255 bytes")
        buffer.append(UInt8(count))
        buffer.append(contentsOf: kind.utf8)
        buffer.append(contentsOf: payload)
    }

    private static func append(_ value: some FixedWidthInteger, to buffer: inout [UInt8]) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe buffer.append(contentsOf: $0) }
    }
}

/// The parts of one element, decoded where it lies.
struct DecodedElement {
    let id: TaskID
    let expected: Duration?
    let kind: Range<Int>
    let payload: Range<Int>

    /// Decodes `buffer[range]`; `nil` when it is no element of ours.
    init?(_ buffer: [UInt8], _ range: Range<Int>) {
        let start = range.lowerBound
        guard range.count > TaskElement.headerLength, buffer[start] == TaskElement.version else { return nil }
        let kindStart = start + TaskElement.headerLength
        let kindEnd = kindStart + Int(buffer[start + 21])
        guard kindEnd > kindStart, kindEnd <= range.upperBound else { return nil }
        id = TaskID(
            producer: Self.load(buffer, start + 1), batch: Self.load(buffer, start + 9),
            index: Self.load(buffer, start + 13))
        let declared: UInt32 = Self.load(buffer, start + 17)
        expected = declared == 0 ? nil : .microseconds(Int64(declared))
        kind = kindStart..<kindEnd
        payload = kindEnd..<range.upperBound
    }

    private static func load<Value: FixedWidthInteger>(_ buffer: [UInt8], _ offset: Int) -> Value {
        let raw = unsafe buffer.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
        return Value(bigEndian: raw)
    }
}

extension Duration {
    /// Microseconds, rounded to the nearest.
    var microsecondsRounded: Int64 {
        components.seconds * 1_000_000 + (components.attoseconds + 500_000_000_000) / 1_000_000_000_000
    }
}
