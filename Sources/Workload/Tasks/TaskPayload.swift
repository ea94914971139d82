/// What travels in the queue with a task: which one it is, its parameter, and when it was to be sent and was.
///
/// The layout is fixed and little-endian: the version byte 1, then `sequence`, `parameter`, `intended` and `sent`
/// with 8 bytes each.
package struct TaskPayload: Sendable, BitwiseCopyable, Hashable {
    /// The length of an encoded payload: 33.
    package static let byteCount = 1 + 4 * wordSize

    private static let wordSize = MemoryLayout<UInt64>.size
    private static let version: UInt8 = 1

    /// The task's place in its producer's plan.
    package var sequence: UInt64
    /// n, microseconds for `sleep`, or bytes for `message`; not negative.
    package var parameter: Int64
    /// When it was to be sent, in nanoseconds of the producer's monotonic clock.
    package var intended: UInt64
    /// When it was sent, in nanoseconds of the producer's monotonic clock.
    package var sent: UInt64

    /// A payload from its parts; `parameter` must not be negative, as `init(decoding:)` refuses that.
    package init(sequence: UInt64, parameter: Int64, intended: UInt64, sent: UInt64) {
        self.sequence = sequence
        self.parameter = parameter
        self.intended = intended
        self.sent = sent
    }

    /// Appends the encoded payload, `byteCount` bytes; allocates only when the buffer has to grow.
    package func encode(into buffer: inout [UInt8]) {
        let words = (
            sequence.littleEndian, UInt64(bitPattern: parameter).littleEndian, intended.littleEndian, sent.littleEndian
        )
        buffer.append(Self.version)
        // A tuple of one type is laid out like an array: four words without padding.
        unsafe withUnsafeBytes(of: words) { unsafe buffer.append(contentsOf: $0) }
    }

    /// Decodes a payload without allocating; refuses a wrong length, an unknown version and a negative parameter.
    package init(decoding bytes: RawSpan) throws(PayloadError) {
        guard bytes.byteCount == Self.byteCount else { throw .wrongLength(bytes.byteCount) }
        let version = unsafe bytes.unsafeLoad(as: UInt8.self)
        guard version == Self.version else { throw .unknownVersion(version) }
        func word(_ index: Int) -> UInt64 {
            // Within the length that was just checked; any bit pattern is an integer.
            let offset = 1 + index * Self.wordSize
            return UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        let parameter = Int64(bitPattern: word(1))
        guard parameter >= 0 else { throw .negativeParameter(parameter) }
        self.init(sequence: word(0), parameter: parameter, intended: word(2), sent: word(3))
    }
}

/// Why bytes are not a task payload.
package enum PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not `TaskPayload.byteCount` bytes.
    case wrongLength(Int)
    /// Written by a newer or another program.
    case unknownVersion(UInt8)
    /// No kind takes a parameter below 0.
    case negativeParameter(Int64)

    /// The reason in a few words, fit for a dead letter.
    package var description: String {
        switch self {
        case .wrongLength(let length): "payload of \(length) bytes instead of \(TaskPayload.byteCount)"
        case .unknownVersion(let version): "unknown payload version \(version)"
        case .negativeParameter(let parameter): "negative parameter \(parameter)"
        }
    }
}
