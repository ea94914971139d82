/// What travels in the queue with a task: which one it is, its parameter, and when it was to be sent and was.
///
/// Short, since a queue may hold ten million of them: the version byte 2, then two bytes with the lengths of four numbers, a
/// nibble each (the first one's lowest), then the numbers `sequence`, `parameter`, `intended` and `sent − intended`, each
/// little-endian in as few bytes as it takes, none for 0. A Fibonacci task of a backlog takes some 14 bytes. One that is to be
/// longer has the version byte 3, and zeros at its end.
package struct TaskPayload: Sendable, BitwiseCopyable, Hashable {
    /// The length of the longest payload that is not padded: 35.
    package static let mostBytes = headerLength + 4 * MemoryLayout<UInt64>.size

    private static let headerLength = 3
    private static let version: UInt8 = 2
    private static let paddedVersion: UInt8 = 3

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

    /// Appends the encoded payload, padded to `length` bytes where it is shorter, at most `mostBytes` without; allocates only
    /// when the buffer has to grow.
    package func encode(into buffer: inout [UInt8], paddedTo length: Int = 0) {
        let start = buffer.count
        encode(into: &buffer)
        let missing = length - (buffer.count - start)
        guard missing > 0 else { return }
        buffer[start] = Self.paddedVersion
        buffer.append(contentsOf: repeatElement(0, count: missing))
    }

    private func encode(into buffer: inout [UInt8]) {
        // Each number is stored as a whole word, of which the next one overwrites what it does not need.
        let room = Self.mostBytes + MemoryLayout<UInt64>.size
        buffer.append(addingCapacity: room) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                var (offset, lengths, shift) = (Self.headerLength, UInt16(0), UInt16(0))
                func store(_ number: UInt64) {
                    let length = Self.length(number)
                    unsafe bytes.storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt64.self)
                    lengths |= UInt16(length) << shift
                    (offset, shift) = (offset + length, shift + 4)
                }
                store(sequence)
                store(UInt64(bitPattern: parameter))
                store(intended)
                store(sent &- intended)
                unsafe bytes.storeBytes(of: Self.version, as: UInt8.self)
                unsafe bytes.storeBytes(of: lengths.littleEndian, toByteOffset: 1, as: UInt16.self)
                count = offset
            }
        }
    }

    /// Decodes a payload without allocating; refuses a wrong length, an unknown version, a number that is longer than it has
    /// to be, and a negative parameter.
    package init(decoding bytes: RawSpan) throws(PayloadError) {
        let count = bytes.byteCount
        guard count >= Self.headerLength else { throw .wrongLength(count) }
        let version = unsafe bytes.unsafeLoad(as: UInt8.self)
        guard version == Self.version || version == Self.paddedVersion else { throw .unknownVersion(version) }
        var numbers = Numbers(bytes, lengths: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 1, as: UInt16.self))
        sequence = try numbers.next()
        let parameter = Int64(bitPattern: try numbers.next())
        intended = try numbers.next()
        sent = intended &+ (try numbers.next())
        guard numbers.offset == count || version == Self.paddedVersion else { throw .wrongLength(count) }
        guard parameter >= 0 else { throw .negativeParameter(parameter) }
        self.parameter = parameter
    }

    /// The same as a value.
    package static func decoding(_ bytes: RawSpan) -> Result<TaskPayload, PayloadError> {
        do throws(PayloadError) {
            return .success(try TaskPayload(decoding: bytes))
        } catch {
            return .failure(error)
        }
    }

    /// How many bytes a number takes.
    private static func length(_ number: UInt64) -> Int { (71 - number.leadingZeroBitCount) / 8 }

    /// The numbers of a payload, one after the other.
    private struct Numbers: ~Escapable {
        private let bytes: RawSpan
        private var lengths: UInt16
        private(set) var offset = headerLength

        @_lifetime(copy bytes)
        init(_ bytes: RawSpan, lengths: UInt16) {
            self.bytes = bytes
            self.lengths = UInt16(littleEndian: lengths)
        }

        @inline(__always)
        @_lifetime(self: copy self)
        mutating func next() throws(PayloadError) -> UInt64 {
            let length = Int(lengths & 0xf)
            guard length <= 8, offset + length <= bytes.byteCount else { throw .wrongLength(bytes.byteCount) }
            lengths >>= 4
            defer { offset += length }
            if length == 0 { return 0 }
            let number = load(length)
            guard TaskPayload.length(number) == length else { throw .needlesslyLong(number) }
            return number
        }

        /// Any bit pattern is an integer, and the length was checked.
        private func load(_ length: Int) -> UInt64 {
            if offset + 8 <= bytes.byteCount {
                let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
                return UInt64(littleEndian: word) & UInt64.max >> UInt64(64 - 8 * length)
            }
            // A word would reach beyond the end: one that ends where the number does holds it in its highest bytes, since the
            // header lies before.
            if offset + length >= 8 {
                let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset + length - 8, as: UInt64.self)
                return UInt64(littleEndian: word) >> UInt64(64 - 8 * length)
            }
            return (0..<length).reversed().reduce(0) { number, index in
                number << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: offset + index, as: UInt8.self))
            }
        }
    }
}

/// Why bytes are not a task payload.
package enum PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not as many bytes as they say that they are.
    case wrongLength(Int)
    /// Written by a newer or another program.
    case unknownVersion(UInt8)
    /// A number that takes fewer bytes.
    case needlesslyLong(UInt64)
    /// No kind takes a parameter below 0.
    case negativeParameter(Int64)

    /// The reason in a few words, fit for a dead letter.
    package var description: String {
        switch self {
        case .wrongLength(let length): "a payload of \(length) bytes, which says that it has another length"
        case .unknownVersion(let version): "unknown payload version \(version)"
        case .needlesslyLong(let number): "\(number) in more bytes than it takes"
        case .negativeParameter(let parameter): "negative parameter \(parameter)"
        }
    }
}
