import CHiredis
import Glibc

/// Where a reply lies that was parsed: all of its text in a row, and a node for each element, in two buffers that serve for
/// one reply after another.
///
/// hiredis' reader writes into it, so an element costs a copy of its bytes and no allocation. Whoever holds it keeps its reply
/// as it is: a connection parses the next reply into a buffer that nobody else holds. It belongs to one thread at a time.
@safe
package final class ReplyBuffer {
    /// What a reply or an element can be, as hiredis numbers it.
    typealias Kind = Int32

    /// A buffer that has grown beyond this many bytes is not used again, so that one great reply does not hold its memory for
    /// ever.
    private static let largestKept = 1 << 20

    private static let firstNodes = 16

    private let replies: UnsafeMutablePointer<fibq_replies>
    // Where they lie by now. A node is two words: see `fibq_reply_node`. Unchecked, since every task of a claim is looked up here,
    // and no access lasts: a check would take longer than what it checks.
    @exclusivity(unchecked) private var bytes: UnsafeRawPointer?
    @exclusivity(unchecked) private var nodes: UnsafePointer<Int>

    /// An empty buffer.
    package init() {
        unsafe replies = .allocate(capacity: 1)
        unsafe replies.initialize(to: fibq_replies())
        guard let first = unsafe calloc(Self.firstNodes, MemoryLayout<fibq_reply_node>.stride) else {
            preconditionFailure("out of memory")
        }
        unsafe replies.pointee.nodes = first.assumingMemoryBound(to: fibq_reply_node.self)
        unsafe replies.pointee.capacity = Self.firstNodes
        unsafe nodes = UnsafePointer(first.assumingMemoryBound(to: Int.self))
    }

    deinit {
        unsafe free(replies.pointee.bytes)
        unsafe free(replies.pointee.nodes)
        unsafe replies.deallocate()
    }

    /// True while it is small enough to be used again.
    var isWorthKeeping: Bool {
        unsafe replies.pointee.byte_capacity + replies.pointee.capacity * MemoryLayout<fibq_reply_node>.stride
            <= Self.largestKept
    }

    /// How many bytes its replies took on the wire.
    var wireBytes: Int { unsafe replies.pointee.wire_bytes }

    /// Forgets everything, keeping the memory.
    func removeAll() {
        unsafe replies.pointee.count = 0
        unsafe replies.pointee.byte_count = 0
        unsafe replies.pointee.wire_bytes = 0
    }

    /// Makes a connection's reader write into this buffer from now on.
    func attach(to context: UnsafeMutablePointer<redisContext>) { unsafe fibq_replies_attach(context, replies) }

    /// Adds an array that the server did not send, to an empty buffer: of the `count` replies that are parsed next. The first of
    /// them that is an array itself makes it one of arrays.
    func beginArray(of count: Int) {
        precondition(
            unsafe fibq_replies_add(replies, Int64(count), Int64(REDIS_REPLY_ARRAY)) != nil, "out of memory")
        didParse()
    }

    /// A reply is complete: what is read from now on lies where the last byte of it was put.
    func didParse() {
        unsafe bytes = UnsafeRawPointer(replies.pointee.bytes)
        unsafe nodes = UnsafeRawPointer(replies.pointee.nodes).assumingMemoryBound(to: Int.self)
    }

    // MARK: Nodes

    private static let nested: Int64 = 1

    /// What the node is.
    func kind(of node: Int) -> Kind { Kind(truncatingIfNeeded: unsafe nodes[2 * node + 1] & 0xff) }

    /// The integer of an integer, the number of elements of an array.
    func value(of node: Int) -> Int { unsafe nodes[2 * node] }

    /// Where the element at `index` of an array lies. Cost: O(1), but O(nodes before it) where elements are arrays themselves.
    func node(ofElement index: Int, of array: Int) -> Int {
        let isFlat = unsafe nodes[2 * array + 1] >> 8 != Self.nested
        return isFlat ? array + 1 + index : (0..<index).reduce(array + 1) { node, _ in end(of: node) }
    }

    /// The node after the last one of an element.
    private func end(of node: Int) -> Int {
        guard kind(of: node) == REDIS_REPLY_ARRAY else { return node + 1 }
        return self.node(ofElement: value(of: node), of: node)
    }

    /// True for bytes, as opposed to a status, a number, an array, or nothing.
    package func isBytes(_ node: Int) -> Bool { kind(of: node) == REDIS_REPLY_STRING }

    /// True for an array of so many elements.
    func isArray(_ node: Int, of count: Int) -> Bool { kind(of: node) == REDIS_REPLY_ARRAY && value(of: node) == count }

    /// The text of a node that has some, where it lies, for as long as this buffer holds the reply.
    @_lifetime(borrow self)
    package func bytes(of node: Int) -> RawSpan {
        let text = unsafe UnsafeRawBufferPointer(
            start: bytes.map { unsafe $0 + nodes[2 * node] }, count: nodes[2 * node + 1] >> 8)
        return unsafe _overrideLifetime(text.bytes, borrowing: self)
    }
}

/// The buffers of a connection: as many as were ever held at the same time, up to a few.
struct ReplyBuffers {
    private static let most = 4

    private var buffers: [ReplyBuffer] = []

    /// An empty buffer, which nobody else holds.
    mutating func next() -> ReplyBuffer {
        for index in buffers.indices where isKnownUniquelyReferenced(&buffers[index]) {
            guard buffers[index].isWorthKeeping else {
                buffers[index] = ReplyBuffer()
                return buffers[index]
            }
            buffers[index].removeAll()
            return buffers[index]
        }
        let buffer = ReplyBuffer()
        if buffers.count < Self.most { buffers.append(buffer) }
        return buffer
    }
}
