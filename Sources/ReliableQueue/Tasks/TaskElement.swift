/// How a task lies in a Redis list: one element, the same bytes wherever the task goes, so that it can be named by
/// them.
///
/// | bytes (from 0) | what |
/// |---|---|
/// | 0 | version: 1, or 2 for a task whose result is kept |
/// | 1–16 | task id: producer (8), batch (4), index (4), big-endian |
/// | 17–20 | how long the task says it will take, in µs, big-endian; 0 when it says nothing |
/// | 21 | length of the kind |
/// | 22… | kind (UTF-8), then the payload to the end |
///
/// In version 2, four bytes stand between kind and payload: for how long the result is kept, in ms, big-endian.
///
/// The Lua scripts read the version, the id, the length, the kind and that time at these places.
enum TaskElement {
    static let version: UInt8 = 1
    static let versionWithResult: UInt8 = 2
    static let headerLength = 22

    /// Appends an element to `buffer`.
    ///
    /// - Precondition: the kind has 1 to 255 bytes.
    static func append(
        to buffer: inout [UInt8], id: TaskID, kind: String, expected: Duration?, keepsResultFor time: Duration? = nil,
        payload: some Collection<UInt8>
    ) {
        buffer.append(time == nil ? version : versionWithResult)
        buffer.append(bigEndian: id.producer)
        buffer.append(bigEndian: id.batch)
        buffer.append(bigEndian: id.index)
        buffer.append(bigEndian: UInt32(clamping: expected.map { max(1, $0.microsecondsRounded) } ?? 0))
        let count = kind.utf8.count
        precondition((1...255).contains(count), "a task kind has 1 to 255 bytes")
        buffer.append(UInt8(count))
        buffer.append(contentsOf: kind.utf8)
        if let time { buffer.append(bigEndian: UInt32(clamping: max(1, time.microsecondsRounded / 1_000))) }
        buffer.append(contentsOf: payload)
    }
}

/// The parts of one element, decoded where it lies.
struct DecodedElement {
    let id: TaskID
    let expected: Duration?
    let keepsResultFor: Duration?
    let kind: Range<Int>
    let payload: Range<Int>

    /// Decodes `buffer[range]`; `nil` when it is no element of ours.
    init?(_ buffer: [UInt8], _ range: Range<Int>) {
        let start = range.lowerBound
        guard range.count > TaskElement.headerLength else { return nil }
        let hasResult = buffer[start] == TaskElement.versionWithResult
        guard hasResult || buffer[start] == TaskElement.version else { return nil }
        let kindStart = start + TaskElement.headerLength
        let kindEnd = kindStart + Int(buffer[start + 21])
        let payloadStart = hasResult ? kindEnd + 4 : kindEnd
        guard kindEnd > kindStart, payloadStart <= range.upperBound else { return nil }
        id = TaskID(
            producer: Self.load(buffer, start + 1), batch: Self.load(buffer, start + 9),
            index: Self.load(buffer, start + 13))
        let declared: UInt32 = Self.load(buffer, start + 17)
        expected = declared == 0 ? nil : .microseconds(Int64(declared))
        keepsResultFor = hasResult ? .milliseconds(Int64(Self.load(buffer, kindEnd) as UInt32)) : nil
        kind = kindStart..<kindEnd
        payload = payloadStart..<range.upperBound
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
