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

    /// Appends what comes before the payload, without an id.
    ///
    /// - Precondition: the kind has 1 to 255 bytes.
    static func append(
        to buffer: inout [UInt8], kind: String, expected: Duration?, keepsResultFor time: Duration?
    ) {
        buffer.append(time == nil ? version : versionWithResult)
        buffer.append(contentsOf: repeatElement(0, count: 16))
        buffer.append(bigEndian: UInt32(clamping: expected.map { max(1, $0.microsecondsRounded) } ?? 0))
        let count = kind.utf8.count
        precondition((1...255).contains(count), "a task kind has 1 to 255 bytes")
        buffer.append(UInt8(count))
        buffer.append(contentsOf: kind.utf8)
        if let time { buffer.append(bigEndian: UInt32(clamping: max(1, time.microsecondsRounded / 1_000))) }
    }

    /// Sets the place in its batch of the element that begins at `start`.
    static func setIndex(_ index: UInt32, ofElementAt start: Int, in bytes: UnsafeMutableRawBufferPointer) {
        unsafe bytes.storeBytes(of: index.bigEndian, toByteOffset: start + 13, as: UInt32.self)
    }

    /// Sets the rest of the ids of a batch's elements.
    static func setProducer(
        _ producer: UInt64, batch: UInt32, ofElementsAt starts: [Int], in buffer: inout [UInt8]
    ) {
        unsafe buffer.withUnsafeMutableBytes { bytes in
            for start in starts {
                unsafe bytes.storeBytes(of: producer.bigEndian, toByteOffset: start + 1, as: UInt64.self)
                unsafe bytes.storeBytes(of: batch.bigEndian, toByteOffset: start + 9, as: UInt32.self)
            }
        }
    }

    /// True when an element says that its result is kept. Cost: a byte is looked at.
    static func asksForResult(_ element: RawSpan) -> Bool {
        guard element.byteCount > 0 else { return false }
        return unsafe element.unsafeLoad(as: UInt8.self) == versionWithResult
    }
}

/// The parts of one element, decoded where it lies.
struct DecodedElement {
    let id: TaskID
    /// How long the task says it will take; 0 when it says nothing.
    let expectedMicroseconds: UInt32
    /// For how long its result is kept; `nil` when nobody asks for it.
    let resultMilliseconds: UInt32?
    /// Where its kind is in the element.
    let kind: Range<Int>
    /// Where its payload is in the element.
    let payload: Range<Int>

    /// How long the task says it will take.
    var expected: Duration? { expectedMicroseconds == 0 ? nil : .microseconds(Int64(expectedMicroseconds)) }

    /// Decodes an element; `nil` when it is none of ours.
    init?(_ bytes: RawSpan) {
        let count = bytes.byteCount
        guard count > TaskElement.headerLength else { return nil }
        let version: UInt8 = Self.load(bytes, 0)
        let hasResult = version == TaskElement.versionWithResult
        guard hasResult || version == TaskElement.version else { return nil }
        let kindStart = TaskElement.headerLength
        let kindEnd = kindStart + Int(Self.load(bytes, 21) as UInt8)
        let payloadStart = hasResult ? kindEnd + 4 : kindEnd
        guard kindEnd > kindStart, payloadStart <= count else { return nil }
        id = TaskID(producer: Self.load(bytes, 1), batch: Self.load(bytes, 9), index: Self.load(bytes, 13))
        expectedMicroseconds = Self.load(bytes, 17)
        resultMilliseconds = hasResult ? Self.load(bytes, kindEnd) : nil
        kind = kindStart..<kindEnd
        payload = payloadStart..<count
    }

    /// Decodes a copy of an element.
    init?(_ element: [UInt8]) {
        unsafe self.init(element.span.bytes)
    }

    private static func load<Value: FixedWidthInteger & BitwiseCopyable>(_ bytes: RawSpan, _ offset: Int) -> Value {
        // Any bit pattern is an integer, and the offset is checked.
        Value(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

extension Duration {
    /// Microseconds, rounded to the nearest.
    var microsecondsRounded: Int64 {
        components.seconds * 1_000_000 + (components.attoseconds + 500_000_000_000) / 1_000_000_000_000
    }
}
