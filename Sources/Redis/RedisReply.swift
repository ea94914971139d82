import CHiredis

/// One reply of the server, in the buffer into which it was parsed: bytes are read in place and copied only by who keeps them.
///
/// Holding a reply, or an element of it, keeps its buffer.
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

    /// Where it lies, for whoever keeps it without a copy.
    package let buffer: ReplyBuffer
    private let node: Int

    /// The reply that begins at a node of a buffer.
    init(in buffer: ReplyBuffer, at node: Int) {
        self.buffer = buffer
        self.node = node
    }

    /// What this reply is.
    public var kind: Kind {
        switch buffer.kind(of: node) {
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
    public var count: Int { kind == .array ? buffer.value(of: node) : 0 }

    /// The integer.
    public func integer() throws(RedisError) -> Int {
        guard kind == .integer else { throw mismatch("an integer") }
        return buffer.value(of: node)
    }

    /// A copy of the text of a status, an error or bytes.
    public func text() throws(RedisError) -> String {
        guard hasText else { throw mismatch("text") }
        let buffer = buffer
        return unsafe buffer.bytes(of: node).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes of a status, an error or bytes, where they lie.
    public func withBytes<Result>(_ body: (RawSpan) throws(RedisError) -> Result) throws(RedisError) -> Result {
        guard hasText else { throw mismatch("bytes") }
        let buffer = buffer
        return try body(buffer.bytes(of: node))
    }

    /// A copy of the bytes.
    public func bytes() throws(RedisError) -> [UInt8] {
        guard hasText else { throw mismatch("bytes") }
        let buffer = buffer
        return unsafe buffer.bytes(of: node).withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// Lends the element at `index` of an array.
    public func withElement<Result>(
        _ index: Int, _ body: (borrowing RedisReply) throws(RedisError) -> Result
    ) throws(RedisError) -> Result {
        try body(RedisReply(in: buffer, at: node(at: index)))
    }

    /// The element at `index` of an array.
    package func element(_ index: Int) throws(RedisError) -> RedisReply {
        RedisReply(in: buffer, at: try node(at: index))
    }

    /// The integer at `index` of an array.
    public func integer(at index: Int) throws(RedisError) -> Int {
        let element = try node(at: index)
        guard buffer.kind(of: element) == REDIS_REPLY_INTEGER else {
            throw RedisReply(in: buffer, at: element).mismatch("an integer")
        }
        return buffer.value(of: element)
    }

    /// A copy of the text at `index` of an array.
    public func text(at index: Int) throws(RedisError) -> String {
        try withElement(index) { element throws(RedisError) in try element.text() }
    }

    /// Copies of the texts of an array.
    package func texts() throws(RedisError) -> [String] {
        var texts: [String] = []
        for index in 0..<count { texts.append(try text(at: index)) }
        return texts
    }

    /// Throws the first refusal among the elements of an array.
    package func throwRefusal() throws(RedisError) {
        for index in 0..<count { try throwRefusal(at: index) }
    }

    /// Throws the element at `index` of an array if it is a refusal.
    package func throwRefusal(at index: Int) throws(RedisError) {
        if try buffer.kind(of: node(at: index)) == REDIS_REPLY_ERROR {
            throw .server(words: try text(at: index))
        }
    }

    /// True when the element at `index` of an array stands for nothing.
    package func isNull(at index: Int) throws(RedisError) -> Bool {
        try buffer.kind(of: node(at: index)) == REDIS_REPLY_NIL
    }

    /// Where in ``buffer`` the element at `index` of an array lies.
    package func node(at index: Int) throws(RedisError) -> Int {
        guard kind == .array, index >= 0, index < count else {
            throw mismatch("an array with an element \(index)")
        }
        return buffer.node(ofElement: index, of: node)
    }

    /// Where in ``buffer`` bytes of an array lie, from the element at `start` on, every `step`th, for whoever takes over a whole
    /// batch as it is.
    package func nodesOfBytes(from start: Int, by step: Int = 1) throws(RedisError) -> [Int] {
        var nodes: [Int] = []
        nodes.reserveCapacity(max(0, count - start) / step + 1)
        var index = start
        while index < count {
            let node = try node(at: index)
            guard buffer.isBytes(node) else { throw mismatch("an array of bytes") }
            nodes.append(node)
            index += step
        }
        return nodes
    }

    /// Where the entries of a stream lie, each an id and one field: the values, and the ids.
    package func nodesOfEntries() throws(RedisError) -> (values: [Int], ids: [Int]) {
        var (values, ids): ([Int], [Int]) = ([], [])
        values.reserveCapacity(count)
        ids.reserveCapacity(count)
        // An entry: an array of its id and the array of its field and value.
        var node = node + 1
        for _ in 0..<count {
            guard buffer.isArray(node, of: 2), buffer.isBytes(node + 1), buffer.isArray(node + 2, of: 2),
                buffer.isBytes(node + 3), buffer.isBytes(node + 4)
            else { throw mismatch("entries of one field") }
            ids.append(node + 1)
            values.append(node + 4)
            node += 5
        }
        return (values, ids)
    }

    private var hasText: Bool { kind == .bytes || kind == .status || kind == .error }

    private func mismatch(_ wanted: String) -> RedisError {
        .unexpectedReply(wanted: wanted, got: "\(kind)")
    }
}
