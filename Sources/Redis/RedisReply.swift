import CHiredis

/// One reply of the server, still where hiredis parsed it: bytes are read in place and copied only by who keeps them.
///
/// A reply is owned by one holder and freed with it; the elements of an array are lent to a closure.
@safe
public struct RedisReply: ~Copyable {
    /// What a reply can be.
    public enum Kind: Sendable {
        /// Nothing: the key is missing, or a blocking command's time ran out.
        case null
        /// A short word of the server, such as OK.
        case status
        /// A 64-bit integer.
        case integer
        /// Bytes.
        case bytes
        /// Replies in a row.
        case array
        /// A refusal, inside an array; at the top level it is thrown instead.
        case error
    }

    private let reply: UnsafeMutablePointer<redisReply>
    private let isOwner: Bool

    /// Takes over a reply that hiredis allocated.
    init(owning reply: UnsafeMutablePointer<redisReply>) {
        unsafe self.reply = unsafe reply
        isOwner = true
    }

    private init(lending reply: UnsafeMutablePointer<redisReply>) {
        unsafe self.reply = unsafe reply
        isOwner = false
    }

    deinit {
        if isOwner { unsafe freeReplyObject(reply) }
    }

    /// What this reply is.
    public var kind: Kind {
        switch unsafe reply.pointee.type {
        case REDIS_REPLY_STATUS: .status
        case REDIS_REPLY_INTEGER: .integer
        case REDIS_REPLY_STRING: .bytes
        case REDIS_REPLY_ARRAY: .array
        case REDIS_REPLY_ERROR: .error
        default: .null
        }
    }

    /// True for the reply that stands for nothing.
    public var isNull: Bool { kind == .null }

    /// How many elements an array has; 0 for everything else.
    public var count: Int { kind == .array ? unsafe reply.pointee.elements : 0 }

    /// The integer.
    public func integer() throws(RedisError) -> Int {
        guard kind == .integer else { throw mismatch("an integer") }
        return unsafe Int(reply.pointee.integer)
    }

    /// A copy of the text of a status, an error or bytes.
    public func text() throws(RedisError) -> String {
        guard hasText else { throw mismatch("text") }
        return unsafe String(
            decoding: UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len), as: UTF8.self)
    }

    /// Lends the bytes of a status, an error or bytes, where they lie.
    public func withBytes<Result>(_ body: (RawSpan) throws(RedisError) -> Result) throws(RedisError) -> Result {
        guard hasText else { throw mismatch("bytes") }
        let buffer = unsafe UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len)
        return try body(unsafe buffer.bytes)
    }

    /// A copy of the bytes.
    public func bytes() throws(RedisError) -> [UInt8] {
        guard hasText else { throw mismatch("bytes") }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: reply.pointee.str, count: reply.pointee.len))
    }

    /// Lends the element at `index` of an array.
    public func withElement<Result>(
        _ index: Int, _ body: (borrowing RedisReply) throws(RedisError) -> Result
    ) throws(RedisError) -> Result {
        guard kind == .array, index >= 0, index < count, let element = unsafe reply.pointee.element[index] else {
            throw mismatch("an array with an element \(index)")
        }
        return try body(unsafe RedisReply(lending: element))
    }

    /// The integer at `index` of an array.
    public func integer(at index: Int) throws(RedisError) -> Int {
        try withElement(index) { element throws(RedisError) in try element.integer() }
    }

    /// A copy of the text at `index` of an array.
    public func text(at index: Int) throws(RedisError) -> String {
        try withElement(index) { element throws(RedisError) in try element.text() }
    }

    /// Appends the bytes of each element of `range` to `storage`, and the end of each to `ends`.
    ///
    /// This is how a batch is taken over: one copy, no allocation an element.
    public func appendElements(_ range: Range<Int>, to storage: inout [UInt8], ends: inout [Int]) throws(RedisError) {
        guard kind == .array, range.upperBound <= count else { throw mismatch("an array of \(range.upperBound)") }
        for index in range {
            guard let element = unsafe reply.pointee.element[index], unsafe element.pointee.type == REDIS_REPLY_STRING
            else { throw mismatch("an array of bytes") }
            unsafe storage.append(
                contentsOf: UnsafeRawBufferPointer(start: element.pointee.str, count: element.pointee.len))
            ends.append(storage.count)
        }
    }

    /// The size of this reply on the wire, in bytes of RESP2.
    var wireSize: Int {
        switch kind {
        case .null: 5
        case .status, .error: unsafe reply.pointee.len + 3
        case .integer: unsafe Self.digits(Int(reply.pointee.integer)) + 3
        case .bytes: unsafe Self.digits(reply.pointee.len) + reply.pointee.len + 5
        case .array:
            (0..<count).reduce(Self.digits(count) + 3) { sum, index in
                guard let element = unsafe reply.pointee.element[index] else { return sum }
                let size = unsafe RedisReply(lending: element).wireSize
                return sum + size
            }
        }
    }

    private static func digits(_ number: Int) -> Int {
        var (left, digits) = (number.magnitude, number < 0 ? 2 : 1)
        while left >= 10 {
            left /= 10
            digits += 1
        }
        return digits
    }

    private var hasText: Bool { kind == .bytes || kind == .status || kind == .error }

    private func mismatch(_ wanted: String) -> RedisError {
        .unexpectedReply(wanted: wanted, got: "\(kind)")
    }
}
